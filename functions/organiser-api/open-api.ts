import { ok } from '#shared/http/reply.ts';
import { type Route, route } from '#shared/http/route.ts';

/** The OpenAPI document of these routes, made on the first request for it. Needs no key. */
export function openApi(routes: readonly Route[], siteUrl: string): Route {
  let made: Promise<unknown> | undefined;
  return route('GET', '/api/v1/openapi.json', {}, async () => {
    made ??= import('./describe.ts').then(({ describe }) => describe(routes, siteUrl));
    return ok(await made, { 'cache-control': 'public, max-age=300' });
  });
}
