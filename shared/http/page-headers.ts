import type { MiddlewareObj } from '@middy/core';
import type { HttpEvent, HttpResponse } from './reply.ts';

/** What a page may load, and where its forms may lead: browsers hold that against what a form is redirected to, too. */
export const contentPolicy = (formAction = "'self'"): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** On every page: nothing from elsewhere, nothing inline, never framed, never guessed at, not kept unless it says so. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': contentPolicy(),
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** Adds the headers a page has not set itself. */
export function pageHeaders(): MiddlewareObj<HttpEvent, HttpResponse> {
  const add = ({ response }: { response: HttpResponse | null | undefined }) => {
    if (response) response.headers = { ...HEADERS, ...response.headers };
  };
  return { after: add, onError: add };
}
