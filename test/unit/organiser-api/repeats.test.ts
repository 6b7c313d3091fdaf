import { describe, expect, test } from 'vitest';
import { smallestEvent } from '#functions/organiser-api/examples.ts';
import { keepsKey } from '#shared/http/route.ts';
import type { Table } from '#shared/store/table.ts';
import { addressOf } from '#test/support/every-route.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

const { routes } = await organiserApi();
const named = routes.filter(keepsKey);
const KEY = '7c1c9a5e-ada@example.org';

/** What somebody else's request with the same name would be, in a body that the route takes. */
const pathOf = (api: OrganiserApi, route: (typeof routes)[number]) =>
  route.path.includes('{') ? addressOf(api, route) : route.path.replace('/api/v1', '');
const forget = (api: OrganiserApi) => {
  for (const what of [api.committed, api.fannedOut, api.nudged]) what.splice(0);
};

test('every route that makes or does something knows a repeat', () => {
  const acting = routes.filter(({ method }) => method === 'POST' || method === 'DELETE');
  expect(acting.filter((route) => !keepsKey(route) && !route.spec.idempotent)).toEqual([]);
  expect(named.length).toBeGreaterThan(15);
});

describe.each(named)('$method $path', (route) => {
  const { method, spec } = route;
  const body = Object.values(spec.docs?.requests ?? {})[0];
  const headers = { 'idempotency-key': KEY, 'if-match': '*' };

  test('is done once, and answered the same', async () => {
    const api = await organiserApi();
    const path = await pathOf(api, route);
    const first = await api.call({ method, path, body, headers });
    expect(first.status, JSON.stringify(first.body)).toBe(spec.docs?.answer.status);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    forget(api);
    const second = await api.call({ method, path, body, headers });
    expect([second.status, second.headers['location']]).toEqual([first.status, first.headers['location']]);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(spec.docs?.answer.schema?.parse(second.body)).toEqual(second.body);
    // A repeat of a release decides about nobody.
    const now = 'dropped' in (first.body ?? {}) ? { owed: 0, dropped: 0, skipped: 0 } : {};
    if (first.body !== undefined) expect(second.body).toMatchObject({ ...first.body, ...now });
    expect([api.committed, api.fannedOut, api.nudged]).toEqual([[], [], []]);
  });

  test('notes ids and hashes, and nothing that was said', async () => {
    const api = await organiserApi();
    const path = await pathOf(api, route);
    forget(api);
    await api.call({ method, path, body, headers });
    const notes = api.committed.flatMap(({ after }) => (after?.pk.startsWith('ONCE#') ? [after] : []));
    expect(notes).toHaveLength(2);
    for (const { pk, location, ...note } of notes) {
      expect(pk).toMatch(/^ONCE#[0-9a-z]{16}#[\w-]{43}$/);
      expect(JSON.stringify(note)).not.toMatch(/ada|example|7c1c/i);
      expect(location ?? '/api/v1/').toMatch(/^\/api\/v1\/[\w/-]*$/);
      expect(Object.keys(note).sort()).toEqual(
        expect.arrayContaining(['bodyHash', 'expiresAt', 'heldUntil', 'owner', 'state']),
      );
    }
  });
});

const create = (api: OrganiserApi, body: unknown = smallestEvent, headers: Record<string, string> = {}) =>
  api.call({ method: 'POST', path: '/events', body, headers: { 'idempotency-key': KEY, ...headers } });
const events = async (api: OrganiserApi): Promise<number> => (await api.call({ path: '/events' })).body.events.length;

test('the same key with another body is a 422, and nothing is made', async () => {
  const api = await organiserApi();
  await create(api);
  expect(await create(api, { ...smallestEvent, title: 'Another' })).toMatchObject({
    status: 422,
    body: { type: '/problems/key-reused' },
  });
  expect(await events(api)).toBe(1);
});

test('the same fields in another order are the same body', async () => {
  const api = await organiserApi();
  const { body } = await create(api);
  const turned = Object.fromEntries(Object.entries(smallestEvent).reverse());
  expect(await create(api, turned)).toMatchObject({ status: 201, body: { eventId: body.eventId } });
});

test('of many at once one acts; the others are answered the same, or told to wait', async () => {
  const api = await organiserApi();
  const answers = await Promise.all(Array.from({ length: 8 }, () => create(api)));
  for (const { status, headers, body } of answers) {
    if (status === 409) expect([body.type, headers['retry-after']]).toEqual(['/problems/in-progress', '2']);
    else expect(status).toBe(201);
  }
  expect(await events(api)).toBe(1);
});

test('another API key, another address and another name are other requests', async () => {
  const api = await organiserApi();
  await create(api);
  await api.call({
    method: 'POST',
    path: '/events',
    body: smallestEvent,
    key: await api.makeKey(),
    headers: { 'idempotency-key': KEY },
  });
  await create(api, smallestEvent, { 'idempotency-key': 'another' });
  await api.post('/events', smallestEvent);
  expect(await events(api)).toBe(4);
});

test('a name is remembered for a day', async () => {
  const api = await organiserApi();
  await create(api);
  api.clock.now += 24 * 3_600_000;
  await create(api);
  expect(await events(api)).toBe(1);
  api.clock.now += 1000;
  await create(api);
  expect(await events(api)).toBe(2);
});

test('what was refused was not done, and is heard again under the same name', async () => {
  const api = await organiserApi();
  const { eventId } = await api.draft();
  const cancel = () =>
    api.call({ method: 'POST', path: `/events/${eventId}/cancel`, headers: { 'idempotency-key': KEY } });
  expect((await cancel()).status).toBe(409);
  await api.post(`/events/${eventId}/publish`);
  expect(await cancel()).toMatchObject({ status: 200, body: { state: 'cancelled' } });
  expect(await cancel()).toMatchObject({ status: 200, headers: { 'idempotent-replayed': 'true' } });
});

test('a dry run is no first request', async () => {
  const api = await organiserApi();
  const { eventId } = await api.published();
  const cancel = (body?: unknown) =>
    api.call({ method: 'POST', path: `/events/${eventId}/cancel`, body, headers: { 'idempotency-key': KEY } });
  expect(await cancel({ dryRun: true })).toMatchObject({ status: 200, body: { dryRun: true } });
  expect(await cancel()).toMatchObject({ status: 200, body: { state: 'cancelled' } });
});

test.each(['', 'é', 'with space', 'x'.repeat(256)])('the key %j is a 400 that names the header', async (key) => {
  const api = await organiserApi();
  api.committed.splice(0);
  expect(await create(api, smallestEvent, { 'idempotency-key': key })).toMatchObject({
    status: 400,
    body: { errors: [{ header: 'idempotency-key' }] },
  });
  expect(api.committed).toEqual([]);
});

test('a name costs two units besides what it is of, and three where both are one write', async () => {
  const api = await organiserApi();
  const { eventId } = await api.published();
  const unitsOf = async (path: string, body?: unknown) => {
    api.committed.splice(0);
    await api.call({ method: 'POST', path, body, headers: { 'idempotency-key': KEY } });
    return api.committed.reduce((sum, { after, units }) => sum + (after?.pk.startsWith('ONCE#') ? units : 0), 0);
  };
  expect(await unitsOf('/events', smallestEvent)).toBe(3);
  expect(await unitsOf(`/events/${eventId}/pause`)).toBe(2);
});

describe('a first attempt that died', () => {
  const WRITES = ['put', 'update', 'remove', 'transact'] as const satisfies (keyof Table)[];

  /** Has the n-th write fail as if the function had died there: before it, or after it and before its reply. */
  function dyingAt(table: Table, n: number, when: 'before' | 'after'): void {
    let calls = 0;
    for (const name of WRITES) {
      const real = table[name] as (...args: unknown[]) => Promise<unknown>;
      Object.assign(table, {
        async [name](...args: unknown[]) {
          const dies = ++calls === n;
          if (dies && when === 'before') throw new Error('Died');
          const result = await real(...args);
          if (dies) throw new Error('Died');
          return result;
        },
      });
    }
  }

  test.each(
    [1, 2, 3].flatMap(
      (n) =>
        [
          [n, 'before'],
          [n, 'after'],
        ] as const,
    ),
  )('at write %d, %s it, blocks nobody for long, and makes no second event', async (n, when) => {
    const api = await organiserApi();
    dyingAt(api.table, n, when);
    const first = await create(api);
    const second = await create(api);
    expect([201, 409, 500]).toContain(second.status);
    api.clock.now += 31_000;
    const third = await create(api);
    expect(third.status).toBe(201);
    if (first.status === 201) expect(third.body.eventId).toBe(first.body.eventId);
    expect(await events(api)).toBe(1);
  });

  test.each(
    [1, 2].flatMap(
      (n) =>
        [
          [n, 'before'],
          [n, 'after'],
        ] as const,
    ),
  )('at write %d, %s it, makes no second campaign', async (n, when) => {
    const api = await organiserApi();
    const { eventId } = await api.published();
    const add = () =>
      api.call({
        method: 'POST',
        path: `/events/${eventId}/campaigns`,
        body: { name: 'News', kind: 'announcement', trigger: { manual: true } },
        headers: { 'idempotency-key': KEY },
      });
    dyingAt(api.table, n, when);
    await add();
    api.clock.now += 31_000;
    expect((await add()).status).toBe(201);
    const { campaigns } = (await api.call({ path: `/events/${eventId}/campaigns` })).body;
    expect(campaigns.filter(({ name }: { name: string }) => name === 'News')).toHaveLength(1);
  });

  test('is waited for while it may be alive, and no longer', async () => {
    const api = await organiserApi();
    dyingAt(api.table, 2, 'before');
    expect((await create(api)).status).toBe(500);
    expect(await create(api)).toMatchObject({ status: 409, headers: { 'retry-after': '2' } });
    api.clock.now += 31_000;
    expect((await create(api)).status).toBe(201);
  });
});
