import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anEvent } from '#test/support/builders.ts';
import { guestSite } from '#test/support/guest-site.ts';

const PATH = '/api/v1/events/a-morning/register';
const GOOD = { name: 'Ada Lovelace', email: 'ada@example.org' };
const ORIGIN = 'https://www.example.org';
const site = guestSite();
const event = await site.publish(
  anEvent({
    slug: 'a-morning',
    questions: [
      {
        id: 'force',
        label: 'Which force?',
        type: 'choice',
        required: false,
        options: ['North', 'South'],
        segment: false,
      },
      { id: 'days', label: 'Which days?', type: 'choices', required: false, options: ['Mon', 'Tue'], segment: false },
    ],
  }),
);
const post = (body: unknown, headers: Record<string, string> = {}, base64 = false) =>
  site.request({ method: 'POST', path: PATH, body, headers, base64 });
const problemOf = (body: string) => JSON.parse(body);

test('the same registration as JSON, answered to everybody alike', async () => {
  const first = await post({
    ...GOOD,
    organisation: 'Example',
    answers: { force: 'North', days: ['Mon'] },
    timeZone: 'UTC',
  });
  expect(first).toMatchObject({ status: 202, body: '{"status":"received"}', headers: { 'cache-control': 'no-store' } });
  expect(await post(GOOD)).toEqual(first);
  expect(await post(GOOD, {}, true)).toEqual(first);
  expect(await site.people(event)).toEqual([expect.objectContaining({ ...GOOD, privacyVersion: 'site-2' })]);
});

test.each<[string, unknown, string]>([
  ['no name', { email: 'a@example.org' }, '#/name'],
  ['no address', { name: 'Ada' }, '#/email'],
  ['a name too long', { ...GOOD, name: 'x'.repeat(101) }, '#/name'],
  ['a name of another type', { ...GOOD, name: 7 }, '#/name'],
  ['a list for a name', { ...GOOD, name: ['Ada'] }, '#/name'],
  ['null for a name', { ...GOOD, name: null }, '#/name'],
  ['a line break in a name', { ...GOOD, name: 'Ada\nBcc: x' }, '#/name'],
  ['markup in a name', { ...GOOD, name: '<b>Ada</b>' }, '#/name'],
  ['an address in a name', { ...GOOD, name: 'www.spam.example' }, '#/name'],
  ['a hidden character', { ...GOOD, organisation: 'a\u202Eb' }, '#/organisation'],
  ['a control character', { ...GOOD, jobTitle: 'a\u0000b' }, '#/jobTitle'],
  ['an odd address', { ...GOOD, email: 'ada@localhost' }, '#/email'],
  ['an object for an address', { ...GOOD, email: { to: 'ada@example.org' } }, '#/email'],
  ['a list of answers', { ...GOOD, answers: [] }, '#/answers'],
  ['an answer that was not offered', { ...GOOD, answers: { force: 'East' } }, '#/answers/force'],
  ['an answer of another type', { ...GOOD, answers: { days: { Mon: true } } }, '#/answers/days'],
  ['one of many that was not offered', { ...GOOD, answers: { days: ['Mon', 'Wed'] } }, '#/answers/days/1'],
  ['an answer to no question', { ...GOOD, answers: { colour: 'red' } }, '#/answers/colour'],
  ['an unknown field', { ...GOOD, role: 'admin' }, '#/role'],
  ['a zone of another type', { ...GOOD, timeZone: 7 }, '#/timeZone'],
  ['a list', [GOOD], '#'],
  ['null', 'null', '#'],
  ['a number', '7', '#'],
  ['nothing', undefined, '#'],
  ['half of it', '{"name":', '#'],
  ['a field twice', '{"name":"Ada","name":"Bob","email":"a@example.org"}', '#/name'],
  ['__proto__', '{"name":"Ada","email":"a@example.org","__proto__":{"admin":true}}', '#/__proto__'],
])('%s is a problem that points to it', async (_, body, pointer) => {
  const { status, headers, body: text } = await post(body);
  expect({ status, type: headers['content-type'] }).toEqual({ status: 400, type: 'application/problem+json' });
  expect(problemOf(text).errors).toContainEqual({ pointer, detail: expect.any(String) });
});

test.each([
  ['1 MB', `{"name":"${'x'.repeat(1024 * 1024)}"}`, {}, 413],
  ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, {}, 400],
  ['a form', 'name=Ada', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
  ['text', 'hello', { 'Content-Type': 'text/plain' }, 415],
  ['gzip', '{}', { 'Content-Encoding': 'gzip' }, 415],
])('%s is refused before it is read', async (_, body, headers, status) => {
  const answer = await post(body, headers as Record<string, string>);
  expect(answer.status).toBe(status);
  expect(problemOf(answer.body)).toMatchObject({ status, title: expect.any(String) });
});

test('an unknown event is a problem, too; so is one that has closed', async () => {
  const unknown = await site.request({ method: 'POST', path: '/api/v1/events/nowhere/register', body: GOOD });
  expect(unknown).toMatchObject({ status: 404, headers: { 'content-type': 'application/problem+json' } });
  await site.publish(anEvent({ slug: 'called-off', state: 'cancelled' }));
  const closed = await site.request({ method: 'POST', path: '/api/v1/events/called-off/register', body: GOOD });
  expect(closed.status).toBe(409);
  expect(problemOf(closed.body)).toMatchObject({
    type: '/problems/registration-closed',
    detail: 'This event has been cancelled.',
  });
});

test('another method is a problem that says which are possible', async () => {
  const answer = await site.request({ path: PATH });
  expect(answer).toMatchObject({
    status: 405,
    headers: { 'content-type': 'application/problem+json', allow: 'POST, OPTIONS' },
  });
});

describe('pages of other origins', () => {
  test('on the list may ask, send, and read what is wrong', async () => {
    const asked = await site.request({
      method: 'OPTIONS',
      path: PATH,
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(asked).toMatchObject({
      status: 204,
      body: '',
      headers: {
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        vary: 'Origin',
      },
    });
    for (const body of [GOOD, {}]) {
      const { headers } = await post(body, { origin: ORIGIN });
      expect(headers).toMatchObject({ 'access-control-allow-origin': ORIGIN, vary: 'Origin' });
    }
  });

  test.each(['https://evil.example', 'http://www.example.org', 'https://www.example.org.evil.example', 'null', ''])(
    'such as %j may not read anything',
    async (origin) => {
      for (const method of ['OPTIONS', 'POST']) {
        const { headers } = await site.request({ method, path: PATH, headers: { origin }, body: GOOD });
        expect(headers).not.toHaveProperty('access-control-allow-origin');
        expect(headers.vary).toBe('Origin');
      }
    },
  );

  test('may read no page', async () => {
    expect((await site.request({ path: '/', headers: { origin: ORIGIN } })).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
  });
});

test('no JSON, whatever it holds, is a fault of ours', async () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.record({ name: fc.jsonValue(), email: fc.jsonValue(), answers: fc.jsonValue() }),
  );
  await fc.assert(
    fc.asyncProperty(value, async (body) => {
      const answer = await post(JSON.stringify(body));
      expect(answer.status).toBeLessThan(500);
      expect(JSON.parse(answer.body)).toHaveProperty('status');
    }),
    { numRuns: 200 },
  );
});
