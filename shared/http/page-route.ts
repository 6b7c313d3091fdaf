import type { HttpEvent, HttpResponse } from './reply.ts';

/** What a page is asked for: names out of the path as the router found them, the query as it was typed. */
export interface PageRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly event: HttpEvent;
}

/** One page: where it lives and what it does. */
export interface PageRoute {
  readonly method: 'GET' | 'POST' | 'OPTIONS';
  /** Like "/events/{slug}". */
  readonly path: string;
  readonly run: (request: PageRequest) => Promise<HttpResponse>;
}

export const pageRoute = (method: PageRoute['method'], path: string, run: PageRoute['run']): PageRoute => ({
  method,
  path,
  run,
});
