import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { MiddlewareObj } from '@middy/core';
import type { HttpEvent, HttpResponse } from './reply.ts';

/** Below this, compressing costs more than it saves. */
const WORTH_COMPRESSING = 1024;

/**
 * Sends no more than the browser needs: nothing where it has the page already (RFC 9110 §13.1.2), no body for HEAD, and
 * gzip where it takes that, for API Gateway's HTTP APIs do not compress.
 */
export function conditional(): MiddlewareObj<HttpEvent, HttpResponse> {
  const trim = (request: { event: HttpEvent; response: HttpResponse | null | undefined }) => {
    if (request.response) request.response = trimmed(request.event, request.response);
  };
  return { after: trim, onError: trim };
}

function trimmed(event: HttpEvent, response: HttpResponse): HttpResponse {
  const { method } = event.requestContext.http;
  const body = response.body ?? '';
  // What comes in base64 is a file of bytes, which is as small as it gets.
  const mayZip = !response.isBase64Encoded && body.length >= WORTH_COMPRESSING;
  const zips = mayZip && takesGzip(event.headers['accept-encoding']);
  const headers: Record<string, string> = { ...response.headers, ...(mayZip && { vary: vary(response) }) };
  const sent: HttpResponse = { ...response, headers };
  const isKept = response.headers['cache-control']?.startsWith('public') && response.statusCode === 200;
  if (isKept) {
    headers.etag = etagOf(body, zips);
    if (hasAlready(event.headers['if-none-match'], headers.etag)) return notModified(headers);
  }
  if (method === 'HEAD') return withoutBody(sent);
  if (!zips) return sent;
  const zipped = gzipSync(body, { level: 6 }).toString('base64');
  return { ...sent, headers: { ...headers, 'content-encoding': 'gzip' }, body: zipped, isBase64Encoded: true };
}

const vary = ({ headers }: HttpResponse): string =>
  headers.vary === undefined ? 'Accept-Encoding' : `${headers.vary}, Accept-Encoding`;

/** A strong tag is for one form of the page, byte for byte: the zipped one has its own. */
const etagOf = (body: string, zips: boolean): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}${zips ? '-gz' : ''}"`;

/** GET compares weakly (RFC 9110 §13.1.2): a proxy may have weakened the tag. */
const hasAlready = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));

function notModified(headers: Record<string, string>): HttpResponse {
  const { 'content-type': _, 'content-disposition': __, ...kept } = headers;
  return { statusCode: 304, headers: kept };
}

function withoutBody({ body: _, ...rest }: HttpResponse): HttpResponse {
  return rest;
}

const takesGzip = (header = ''): boolean =>
  header.split(',').some((part) => {
    const [coding, ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return (coding === 'gzip' || coding === '*') && !parameters.some((each) => /^q=0(\.0*)?$/.test(each));
  });
