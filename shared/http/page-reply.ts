import { contentPolicy } from './page-headers.ts';
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

/** What is behind a personal link is kept nowhere and found nowhere, and its address is told to nobody. */
const PERSONAL = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
};

/** A page behind a personal link. */
export const personalPage = (body: string, statusCode = 200): HttpResponse => ({
  statusCode,
  headers: { 'content-type': HTML, ...PERSONAL },
  body,
});

const withHeaders = (page: HttpResponse, headers: Readonly<Record<string, string>>): HttpResponse => ({
  ...page,
  headers: { ...page.headers, ...headers },
});

/** The same page, which browsers ask for anew after so many seconds, whether they run scripts or not. */
export const lookingAgain = (page: HttpResponse, seconds: number): HttpResponse =>
  withHeaders(page, { refresh: String(seconds) });

/** The same page, whose form may be answered with the way to another site: where to is in neither page nor header. */
export const leadingOut = (page: HttpResponse): HttpResponse =>
  withHeaders(page, { 'content-security-policy': contentPolicy("'self' https:") });

/** A file behind a personal link, to keep; `name` is of letters, digits, hyphens and points. */
export const personalFile = (bytes: Uint8Array, type: string, name: string): HttpResponse => ({
  statusCode: 200,
  headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, ...PERSONAL },
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
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

/** After a press: to another site, which learns nothing of where its visitor comes from. */
export const sendTo = (address: string): HttpResponse => ({
  statusCode: 303,
  headers: { location: address, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
});
