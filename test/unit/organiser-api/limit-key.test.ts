import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallestEvent } from '#functions/organiser-api/examples.ts';
import { secondsLeft, withinRate } from '#shared/domain/api-rates.ts';
import { type Route, rateOf } from '#shared/http/route.ts';
import { addressOf } from '#test/support/every-route.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

const { routes, call } = await organiserApi();
const { body: document } = await call({ path: '/openapi.json' });
const guarded = routes.filter(({ spec }) => spec.scope !== undefined);
const limited = guarded.filter((route) => rateOf(route));
const stops = guarded.filter((route) => !rateOf(route));
const ONE = { limit: 1, seconds: 60 };

const pathOf = (api: OrganiserApi, { method, path }: Route) =>
  path.includes('{') ? addressOf(api, { method, path }) : path.replace('/api/v1', '');
const ask = (api: OrganiserApi, { method, spec }: Route, path: string, key: string) => {
  const body = Object.values(spec.docs?.requests ?? {})[0];
  const unnamed = spec.idempotent && { 'idempotency-key': crypto.randomUUID() };
  return api.call({ method, path, key, body, headers: { 'if-match': '*', ...unnamed } });
};
const forget = (api: OrganiserApi) => {
  for (const what of [api.committed, api.fannedOut, api.nudged, api.counted]) what.splice(0);
};

test('the stops are the three that pause, and no key is held back from them', () => {
  expect(stops.map(({ method, path }) => `${method} ${path.split('/').slice(-1)}`)).toEqual(
    expect.arrayContaining(['POST pause', 'POST pause', 'POST pause']),
  );
  expect(stops).toHaveLength(3);
});

describe.each(limited)('$method $path', (route) => {
  test('is refused beyond its rate with the seconds to wait, does nothing, and costs nothing; later it is let in', async () => {
    const api = await organiserApi('rates');
    const path = await pathOf(api, route);
    Object.assign(api.apiRates, { [rateOf(route) ?? 'act']: ONE });
    const key = await api.makeKey();
    expect((await ask(api, route, path, key)).status).not.toBe(429);
    forget(api);
    const { status, headers, body } = await ask(api, route, path, key);
    expect([status, body.type, headers['content-type']]).toEqual([
      429,
      '/problems/too-many-requests',
      'application/problem+json',
    ]);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect([api.committed, api.fannedOut, api.nudged]).toEqual([[], [], []]);
    // Known to this process by now: not even counted.
    forget(api);
    expect((await ask(api, route, path, key)).status).toBe(429);
    expect(api.counted).toEqual([]);
    expect((await ask(api, route, path, await api.makeKey())).status).not.toBe(429);
    api.clock.now += Number(headers['retry-after']) * 1000;
    expect((await ask(api, route, path, key)).status).not.toBe(429);
  });

  test('says so in the document', () => {
    const answer = document.paths[route.path][route.method.toLowerCase()].responses['429'];
    expect(Object.keys(answer.headers)).toEqual(['retry-after']);
    expect(Object.keys(answer.content['application/problem+json'].examples)).toEqual(['too-many-requests']);
  });
});

describe('a key', () => {
  const see = (api: OrganiserApi, key: string) => api.call({ path: '/events', key });
  const make = (api: OrganiserApi, key: string, body: unknown = smallestEvent) =>
    api.call({ method: 'POST', path: '/events', key, body });

  test('that asks for much at once gets exactly what its rate allows, however many processes answer', async () => {
    const api = await organiserApi();
    api.apiRates.act = { limit: 5, seconds: 60 };
    const key = await api.makeKey();
    const answers = await Promise.all(Array.from({ length: 20 }, () => make(api, key)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
    expect((await api.call({ path: '/events' })).body.events).toHaveLength(5);
  });

  test('that looks costs a write in twenty requests, and one that acts one each', async () => {
    const api = await organiserApi();
    const key = await api.makeKey();
    api.counted.splice(0);
    for (let n = 0; n < 60; n++) expect((await see(api, key)).status).toBe(200);
    expect(api.counted.map(({ units }) => units)).toEqual([1, 1, 1]);
    for (let n = 0; n < 3; n++) await make(api, key);
    expect(api.counted).toHaveLength(6);
  });

  test('that sends what is refused is not counted, and costs no write', async () => {
    const api = await organiserApi();
    const key = await api.makeKey();
    api.counted.splice(0);
    expect((await make(api, key, { unknown: 1 })).status).toBe(400);
    expect((await api.call({ path: '/events', search: 'unknown=1', key })).status).toBe(400);
    expect(api.counted).toEqual([]);
  });

  test('beyond every rate still stops mail', async () => {
    const api = await organiserApi();
    Object.assign(api.apiRates, { read: ONE, act: ONE, mail: ONE, send: ONE });
    const key = await api.makeKey();
    for (let n = 0; n < 3; n++) await see(api, key);
    for (let n = 0; n < 3; n++) await api.call({ method: 'POST', path: '/sending/resume', key });
    expect((await api.call({ method: 'POST', path: '/sending/resume', key })).status).toBe(429);
    for (let n = 0; n < 3; n++) {
      expect((await api.call({ method: 'POST', path: '/sending/pause', key })).status).toBe(200);
    }
  });

  test('whose requests cannot be counted does nothing, and stops mail all the same', async () => {
    const api = await organiserApi();
    api.deps.rates.count = () => Promise.reject(new Error('Throttled'));
    api.committed.splice(0);
    expect((await make(api, await api.makeKey())).status).toBeGreaterThanOrEqual(500);
    expect(api.committed.filter(({ after }) => !after?.pk.startsWith('KEY#'))).toEqual([]);
    expect((await api.post('/sending/pause')).status).toBe(200);
  });
});

describe('one person', () => {
  const HOUR = 3_600_000;
  const registered = async (api: OrganiserApi) => {
    const { eventId } = await api.published();
    const { registrationId } = await api.welcomed(eventId, 'Ada Moreau');
    return { eventId, registrationId, path: `/events/${eventId}/registrations/${registrationId}` };
  };
  /** As if the mail that is owed had gone out. */
  const sent = async ({ deps }: OrganiserApi, eventId: string, registrationId: string) => {
    const row = await deps.registrations.get(eventId, registrationId);
    if (row) {
      await deps.registrations.revise(row, ({ greetDue: _, greetDueAt: __, ...rest }) => ({
        row: { ...rest, deliveries: {} },
      }));
    }
  };

  test('is sent their registration three times an hour at most, whichever keys ask for it', async () => {
    const api = await organiserApi();
    const { eventId, registrationId, path } = await registered(api);
    const statuses: number[] = [];
    for (let n = 0; n < 16; n++) {
      const key = await api.makeKey();
      const { status, headers } = await api.call({ method: 'POST', path: `${path}/resend`, key });
      statuses.push(status);
      if (status === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      await sent(api, eventId, registrationId);
    }
    expect(statuses.filter((status) => status === 202)).toHaveLength(3);
    expect(statuses.slice(3)).toEqual(Array.from({ length: 13 }, () => 429));
    api.clock.now += HOUR;
    expect((await api.post(`${path}/resend`)).status).toBe(202);
  });

  test('is asked to be moved to another address five times an hour at most; what else they said is still corrected', async () => {
    const api = await organiserApi();
    const { eventId, registrationId, path } = await registered(api);
    const patch = (body: unknown) => api.call({ method: 'PATCH', path, body, headers: { 'if-match': '*' } });
    const statuses: number[] = [];
    for (let n = 0; n < 8; n++) {
      statuses.push((await patch({ email: `ada${n}@example.com` })).status);
      await sent(api, eventId, registrationId);
    }
    // Three moves a week are all a registration keeps account of.
    expect(statuses).toEqual([200, 200, 200, 409, 409, 429, 429, 429]);
    expect((await patch({ jobTitle: 'Deputy' })).status).toBe(200);
  });
});

test('of what is counted together, each request is within the rate once, and the wait ends with the window', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 20 }),
      fc.integer({ min: 0, max: 1e9 }),
      (limit, wishes, now) => {
        let [spent, admitted] = [0, 0];
        for (const wanted of wishes) {
          spent += wanted;
          admitted += withinRate({ limit, seconds: 60 }, { spent, wanted });
        }
        expect(admitted).toBe(Math.min(limit, spent));
        const left = secondsLeft({ limit, seconds: 60 }, now);
        expect([left > 0, (now + left) % 60]).toEqual([true, 0]);
      },
    ),
  );
});
