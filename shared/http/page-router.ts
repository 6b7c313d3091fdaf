import type { PageRoute } from './page-route.ts';
import { HttpRefusal } from './problem.ts';
import type { HttpEvent, HttpResponse } from './reply.ts';
import { nameRoute } from './request-log.ts';

/**
 * Finds the route of a request. HEAD is answered as GET. Throws `no-such-route` and `method-not-allowed`.
 * Our own, because middy's router imports node:http, which alone costs a cold start 10 ms, and knows neither.
 */
export function pageRouter(routes: readonly PageRoute[]): (event: HttpEvent) => Promise<HttpResponse> {
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return async (event) => {
    const { method } = event.requestContext.http;
    const wanted = method === 'HEAD' ? 'GET' : method;
    const here = compiled.flatMap(({ route, pattern }) => {
      const found = pattern.exec(event.rawPath);
      return found ? [{ route, path: { ...found.groups } }] : [];
    });
    const match = here.find(({ route }) => route.method === wanted);
    if (!match) throw refusal(here.map(({ route }) => route.method));
    nameRoute(event, `${match.route.method} ${match.route.path}`);
    return match.route.run({ path: match.path, query: new URLSearchParams(event.rawQueryString), event });
  };
}

/** A segment in braces takes anything but a slash; a slash at the end is nobody's mistake. */
const patternOf = (path: string): RegExp => {
  const source = path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(path === '/' ? '^/$' : `^${source}/?$`);
};

function refusal(methods: readonly string[]): HttpRefusal {
  if (methods.length === 0) return new HttpRefusal('no-such-route', 'There is nothing at this address');
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return new HttpRefusal('method-not-allowed', `This address takes only ${allow}`, { headers: { allow } });
}
