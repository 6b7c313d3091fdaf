import middy, { type MiddlewareObj } from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpRouter from '@middy/http-router';
import type { Logger } from '#shared/logger.ts';
import { inTime } from './in-time.ts';
import { pathParametersOf } from './path-template.ts';
import { HttpRefusal, toProblem } from './problem.ts';
import type { HttpEvent, HttpResponse } from './reply.ts';
import { nameRoute, requestLog } from './request-log.ts';
import type { Around, Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';

type Edge = MiddlewareObj<HttpEvent, HttpResponse>;

export interface ApiOptions {
  readonly logger: Logger;
  readonly routes: readonly Route[];
  /** Checks who calls before a route reads anything. Required as soon as one route has a scope. */
  readonly guard?: (route: Route) => Edge;
  /** Stands between a parsed request and its route: see `actOnce`. */
  readonly once?: (route: Route, routes: readonly Route[]) => Around;
  /** Milliseconds, for measuring. */
  readonly clock?: () => number;
}

/** A JSON API: its routes behind one edge. Everything thrown becomes a problem, in time, and each request one line of log. */
export function api({ logger, routes, guard, once, clock = () => performance.now() }: ApiOptions) {
  return middy<HttpEvent, HttpResponse>()
    .use(requestLog(logger, clock))
    .use(securityHeaders())
    .use(withoutBodyForHead())
    .use(problems())
    .use(httpHeaderNormalizer())
    .handler(
      inTime(
        httpRouter<HttpEvent, HttpResponse>({
          routes: routes.flatMap((route) => {
            const around = once?.(route, routes);
            const handler = guarded(route, guard, around);
            const methods = route.method === 'GET' ? (['GET', 'HEAD'] as const) : [route.method];
            return methods.map((method) => ({ method, path: route.path, handler }));
          }),
          notFoundResponse: ({ method, path }) => refuse(method, path, routes),
        }),
      ),
    );
}

const problems = (): Edge => ({
  onError: (request) => {
    request.response = toProblem(request.error, againOf(request.event));
  },
});

/** What is asked for twice is read twice, or is the same twice; what is made twice is two, unless it has a name. */
const againOf = ({ requestContext, headers }: HttpEvent): string =>
  requestContext.http.method !== 'POST' || headers?.['idempotency-key'] !== undefined
    ? 'Sending it again does no harm.'
    : 'Read what is there before you send it again; with an Idempotency-Key, sending it again does no harm.';

function guarded(route: Route, guard: ApiOptions['guard'], around: Around | undefined) {
  const edge = middy<HttpEvent, HttpResponse>().before(({ event }) =>
    nameRoute(event, `${route.method} ${route.path}`),
  );
  if (route.spec.scope) {
    if (!guard) throw new Error(`${route.method} ${route.path} has a scope, and nobody checks it`);
    edge.use(guard(route));
  }
  return edge.handler((event) => route.handler(event, around));
}

const withoutBodyForHead = (): Edge => {
  const strip = ({ event, response }: { event: HttpEvent; response: HttpResponse | null | undefined }) => {
    if (response && event.requestContext.http.method === 'HEAD') delete response.body;
  };
  return { after: strip, onError: strip };
};

function refuse(method: string, path: string, routes: readonly Route[]): never {
  const allowed = routes.filter((route) => pathParametersOf(route.path, path)).map((route) => route.method);
  if (allowed.length === 0) throw new HttpRefusal('no-such-route', 'There is nothing at this address');
  const allow = [...new Set(allowed.flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each])))].join(', ');
  throw new HttpRefusal('method-not-allowed', `${method.slice(0, 20)} is not possible here, only ${allow}`, {
    headers: { allow },
  });
}
