import type { MiddlewareObj } from '@middy/core';
import type { HttpEvent, HttpResponse } from './reply.ts';

const HOURS_2 = '7200';

/** Lets pages of these origins, spelt exactly, read what the API answers. Errors too: they say which field to mend. */
export function cors(origins: readonly string[]): MiddlewareObj<HttpEvent, HttpResponse> {
  const add = ({ event, response }: { event: HttpEvent; response: HttpResponse | null | undefined }) => {
    if (!response || !isApi(event)) return;
    const origin = event.headers.origin;
    const allowed = origin !== undefined && origins.includes(origin) && { 'access-control-allow-origin': origin };
    response.headers = { ...response.headers, vary: 'Origin', ...allowed };
  };
  return { after: add, onError: add };
}

/** The paths that programs call. */
export const isApi = ({ rawPath }: Pick<HttpEvent, 'rawPath'>): boolean => rawPath.startsWith('/api/');

/** The answer to a browser that asks before it sends JSON from elsewhere (Fetch §3.3.2). */
export const preflightReply = (): HttpResponse => ({
  statusCode: 204,
  headers: {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': HOURS_2,
  },
});
