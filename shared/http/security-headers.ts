import type { MiddlewareObj } from '@middy/core';
import type { HttpEvent, HttpResponse } from './reply.ts';

/** On every JSON answer: never stored, never guessed at, never framed, never run. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** Adds the headers a route has not set itself. */
export function securityHeaders(): MiddlewareObj<HttpEvent, HttpResponse> {
  const add = ({ response }: { response: HttpResponse | null | undefined }) => {
    if (response) response.headers = { ...HEADERS, ...response.headers };
  };
  return { after: add, onError: add };
}
