import { describe, expect, test } from 'vitest';
import { SCOPES, type Scope } from '#shared/domain/api-key.ts';
import type { Route } from '#shared/http/route.ts';
import { addressOf } from '#test/support/every-route.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

/*
 * Whoever may act on people need not see them. Made of the route table, so that a route of tomorrow is tried, too: everybody
 * at these events is called Moreau, works for one, or has an address made of sixteen characters.
 */

const { routes } = await organiserApi();
const guarded = routes.filter(({ spec }) => spec.scope !== undefined);
const MARKED = /moreau|[0-9a-f]{16}@example|nobody@example/i;
const BLIND = {
  'that only writes and triggers': SCOPES.filter((scope) => !scope.endsWith(':read')),
  'that may do everything but see people': SCOPES.filter((scope) => scope !== 'registrations:read'),
} satisfies Record<string, Scope[]>;
const NAMED = { 'if-match': '*', 'idempotency-key': 'a-key' };

const pathOf = (api: OrganiserApi, route: Route) =>
  route.path.includes('{') ? addressOf(api, route) : route.path.replace('/api/v1', '');

/** Requests of every kind: as documented, twice by one name, empty, and such as are refused. */
const bodiesOf = ({ spec }: Route): unknown[] => {
  const known = Object.values(spec.docs?.requests ?? {});
  const refused = [{ name: 7, answers: { gauge: 'maybe', other: 'x' }, email: '@' }, '[]'];
  return [...(known.length > 0 ? [known[0], ...known] : [undefined, undefined]), {}, ...refused];
};

/** All that a key is told by a route, whatever it sends. */
async function toldBy(api: OrganiserApi, route: Route, key: string): Promise<string[]> {
  const path = await pathOf(api, route);
  const told: string[] = [];
  for (const body of bodiesOf(route)) {
    const { status, headers, body: said } = await api.call({ method: route.method, path, key, body, headers: NAMED });
    expect(status).toBeLessThan(500);
    told.push(JSON.stringify([status, headers, said]));
  }
  return told;
}

describe.each(Object.entries(BLIND))('a key %s', (_, scopes) => {
  test.each(guarded)('is told of nobody by $method $path', async (route) => {
    const api = await organiserApi();
    const key = await api.makeKey({ scopes });
    for (const said of await toldBy(api, route, key)) expect(said).not.toMatch(MARKED);
  });
});

test('a key that may see people is told of them by many of the same requests', async () => {
  const telling: string[] = [];
  for (const route of guarded) {
    const api = await organiserApi();
    const told = await toldBy(api, route, await api.makeKey());
    if (told.some((said) => MARKED.test(said))) telling.push(`${route.method} ${route.path}`);
  }
  expect(telling.length).toBeGreaterThanOrEqual(8);
  expect(telling.filter((each) => !each.startsWith('GET')).length).toBeGreaterThanOrEqual(3);
});

test.each(['PATCH', 'resend', 'cancel'])('%s says that it was done: ids, status and revision', async (what) => {
  const api = await organiserApi();
  const { eventId } = await api.published();
  const { registrationId } = await api.register(eventId, 'Ada Moreau');
  const at = `/events/${eventId}/registrations/${registrationId}`;
  const key = await api.makeKey({ scopes: ['registrations:write'] });
  const [method, path] = what === 'PATCH' ? [what, at] : ['POST', `${at}/${what}`];
  const { headers, body } = await api.call({ method, path, key, body: {}, headers: { 'if-match': '*' } });
  const revision = Number(JSON.parse(String(headers['etag'])));
  expect(body).toEqual({ registrationId, eventId, status: what === 'cancel' ? 'cancelled' : 'confirmed', revision });
});
