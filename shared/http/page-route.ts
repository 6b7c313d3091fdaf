import type { HttpEvent, HttpResponse } from './reply.ts';
import type { Route } from './route.ts';

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

/** A JSON route that a site of pages answers beside them: what it does not know it refuses, as everywhere under /api. */
export const asPageRoute = ({ method, path, handler }: Route): PageRoute => {
  if (method !== 'GET' && method !== 'POST') throw new Error(`A site of pages does not take ${method}`);
  return { method, path, run: ({ path: pathParameters, event }) => handler({ ...event, pathParameters }) };
};
