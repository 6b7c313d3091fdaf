import type { HttpResponse } from './reply.ts';

const HTML = 'text/html; charset=utf-8';

/** For a minute a copy may be shown without asking; for ten more while asking. */
const PUBLIC = 'public, max-age=60, stale-while-revalidate=600';

/** A page that is the same for everybody. */
export const publicPage = (body: string): HttpResponse => ({
  statusCode: 200,
  headers: { 'content-type': HTML, 'cache-control': PUBLIC },
  body,
});

/** A page that is somebody's own, or of this moment: kept nowhere. */
export const freshPage = (body: string, statusCode = 200): HttpResponse => ({
  statusCode,
  headers: { 'content-type': HTML, 'cache-control': 'no-store' },
  body,
});

/** A page behind a personal link: kept nowhere, found nowhere, and its address told to nobody. */
export const personalPage = (body: string, statusCode = 200): HttpResponse => ({
  statusCode,
  headers: {
    'content-type': HTML,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  },
  body,
});

/** A file that is the same for everybody; `forGood` where its name changes with its content. */
export const publicFile = (
  body: string,
  type: string,
  { forGood = false, name }: { forGood?: boolean; name?: string } = {},
): HttpResponse => ({
  statusCode: 200,
  headers: {
    'content-type': type,
    'cache-control': forGood ? 'public, max-age=31536000, immutable' : PUBLIC,
    ...(name !== undefined && { 'content-disposition': `attachment; filename="${name}"` }),
  },
  body,
});

/** After a form: look at this page next (RFC 9110 §15.4.4). */
export const seeOther = (location: string): HttpResponse => ({
  statusCode: 303,
  headers: { location, 'cache-control': 'no-store' },
});
