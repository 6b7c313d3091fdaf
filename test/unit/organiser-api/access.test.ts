import { beforeEach, describe, expect, test } from 'vitest';
import { SCOPES } from '#shared/domain/api-key.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
beforeEach(async () => {
  api = await organiserApi();
});

const { routes } = await organiserApi();
const OPEN = ['GET /api/v1/openapi.json'];
const guarded = routes.filter(({ method, path }) => !OPEN.includes(`${method} ${path}`));

/** The address of a route, with an event and a registration that are not there. */
const at = (path: string, eventId = '7f3kq9x2m4t8c1vz') =>
  path
    .replace('/api/v1', '')
    .replace('{eventId}', eventId)
    .replace('{jobId}', `${eventId}-4m8t1c6v0z3k7q9x`)
    .replace('{registrationId}', '2m8r5w0yq6hd3n7b')
    .replace('{campaignId}', '1')
    .replace('{runId}', 's1');
const refused = (status: number, code: string) => ({
  status,
  headers: {
    'content-type': 'application/problem+json',
    'www-authenticate': expect.stringContaining('Bearer realm="Rollcall"'),
  },
  body: { type: `/problems/${code}`, status, detail: expect.any(String) },
});

describe.each(guarded)('$method $path', ({ method, path, spec }) => {
  const call = (key: string, eventId?: string) => api.call({ method, path: at(path, eventId), key });

  test('has a scope', () => {
    expect(SCOPES).toContain(spec.scope);
  });

  test('is refused without a key', async () => {
    expect(await call('')).toMatchObject(refused(401, 'key-required'));
  });

  test('is refused with every scope but its own', async () => {
    const key = await api.makeKey({ scopes: SCOPES.filter((scope) => scope !== spec.scope) });
    expect(await call(key)).toMatchObject(refused(403, 'insufficient-scope'));
  });

  test('is let in with its scope alone', async () => {
    if (!spec.scope) throw new Error('No scope');
    const key = await api.makeKey({ scopes: [spec.scope] });
    expect([401, 403]).not.toContain((await call(key)).status);
  });

  test('does nothing a key limited to some events may not do', async () => {
    const [mine, foreign] = [await api.published(), await api.published()];
    const key = await api.makeKey({ events: [mine.eventId] });
    if (path.includes('{eventId}') || path.includes('{jobId}')) {
      const nothing = path.includes('{jobId}') ? 'job' : 'event';
      expect(await call(key, foreign.eventId)).toMatchObject({
        status: 404,
        body: { detail: `There is no such ${nothing}` },
      });
    } else if (spec.everyEvent) {
      expect(await call(key)).toMatchObject(refused(403, 'key-limited'));
    } else {
      expect(path, 'a route beyond single events either says so or shows less').toBe('/api/v1/events');
    }
  });
});

test('the document needs no key', async () => {
  expect((await api.call({ path: '/openapi.json', key: '' })).status).toBe(200);
});

test('a foreign event and one that is not there look the same', async () => {
  const foreign = await api.published();
  const key = await api.makeKey({ events: ['0000000000000000'] });
  const [hidden, missing] = [
    await api.call({ path: at('/events/{eventId}', foreign.eventId), key }),
    await api.call({ path: at('/events/{eventId}') }),
  ];
  expect(hidden.body).toEqual(missing.body);
});

describe('a key', () => {
  const get = (key: string) => api.call({ path: '/events', key });
  let keyId: string;
  let token: string;
  beforeEach(async () => {
    token = await api.makeKey();
    keyId = token.split('_')[1] ?? '';
  });

  test('that was revoked is good for at most a minute, wherever it was just used', async () => {
    expect((await get(token)).status).toBe(200);
    await api.keys.revoke(keyId, '2026-11-23T12:00:00Z');
    api.clock.now += 60_000;
    expect(await get(token)).toMatchObject(refused(401, 'key-not-valid'));
  });

  test('is not asked for again at every request', async () => {
    const before = api.reads.length;
    for (let n = 0; n < 10; n++) await get(token);
    expect(api.reads.length - before).toBe(1);
  });

  test('that has expired is refused, to the millisecond', async () => {
    const brief = await api.makeKey({ expiresOn: '2026-11-23T12:00:10Z' });
    api.clock.now += 9_999;
    expect((await get(brief)).status).toBe(200);
    api.clock.now += 1;
    expect(await get(brief)).toMatchObject(refused(401, 'key-not-valid'));
  });

  test('with another secret is refused, and the answer does not say what is wrong', async () => {
    const wrong = `${token.slice(0, -4)}AAAA`;
    const unknown = `rk_0000000000000000_${'A'.repeat(43)}`;
    const answers = [await get(wrong), await get(unknown), await get('rk_short'), await get('sk_live_x')];
    for (const answer of answers) {
      expect(answer).toMatchObject(refused(401, 'key-not-valid'));
      expect(answer.body).toEqual(answers[0]?.body);
    }
  });

  test('that is none of ours is refused without a question to the table', async () => {
    const before = api.reads.length;
    await get(`rk_${'x'.repeat(5000)}`);
    expect(api.reads.length).toBe(before);
  });

  test('made after somebody tried it works within seconds', async () => {
    const later = await organiserApi('another');
    const guess = await later.makeKey();
    expect((await get(guess)).status).toBe(401);
    const key = await later.keys.get(guess.split('_')[1] ?? '');
    if (!key) throw new Error('gone');
    await api.keys.add(key);
    api.clock.now += 5_000;
    expect((await get(guess)).status).toBe(200);
  });

  test('is forgotten when thousands of others are guessed, and then asked for anew', async () => {
    await get(token);
    for (let n = 0; n < 3000; n++) await get(`rk_${String(n).padStart(16, '0')}_${'A'.repeat(43)}`);
    expect((await get(token)).status).toBe(200);
    expect(api.reads.filter((each) => each === keyId)).toHaveLength(2);
  });

  test('is named in the log by its id, never by its secret', async () => {
    await get(token);
    expect(api.log.lines.at(-1)).toMatchObject({ route: 'GET /api/v1/events', status: 200, keyId });
    expect(JSON.stringify(api.log.lines)).not.toContain(token.split('_')[2]);
  });

  test.each(['bearer', 'BEARER'])('may be sent as %s', async (scheme) => {
    expect(
      (await api.call({ path: '/events', key: '', headers: { Authorization: `${scheme} ${token}` } })).status,
    ).toBe(200);
  });

  test.each(['Basic cms6', 'Bearer', '', `Token ${'x'.repeat(43)}`])(
    'sent as “%s” is no key',
    async (authorization) => {
      expect(await api.call({ path: '/events', key: '', headers: { Authorization: authorization } })).toMatchObject(
        refused(401, 'key-required'),
      );
    },
  );
});
