import type { MiddlewareObj } from '@middy/core';
import type { Logger } from '#shared/logger.ts';
import type { HttpEvent, HttpResponse } from './reply.ts';

/** What a request was matched to; unset where nothing matched. */
const matched = new WeakMap<object, string>();
export const nameRoute = (event: HttpEvent, route: string): void => void matched.set(event, route);

/** One line per request: the route's key instead of its path, and nothing that was said. */
export function requestLog(logger: Logger, now: () => number): MiddlewareObj<HttpEvent, HttpResponse> {
  const startedAt = new WeakMap<object, number>();
  const line = ({ event, response, error }: LoggedRequest) => {
    const status = Number(response?.statusCode ?? 500);
    const fields = {
      route: matched.get(event) ?? 'none',
      status,
      ms: Math.round(now() - (startedAt.get(event) ?? now())),
      requestId: event.requestContext.requestId,
      ...(event.caller && { keyId: event.caller.keyId }),
      ...(status >= 500 && { error }),
    };
    if (status >= 500) logger.error('request failed', fields);
    else logger.info('request', fields);
  };
  return {
    before: ({ event }) => void startedAt.set(event, now()),
    after: line,
    onError: line,
  };
}

interface LoggedRequest {
  readonly event: HttpEvent;
  readonly response: HttpResponse | null | undefined;
  readonly error: Error | null | undefined;
}
