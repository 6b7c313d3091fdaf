import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newEvent } from '#functions/organiser-api/examples.ts';
import { anEvent } from '#test/support/builders.ts';
import { guestSite, posted } from '#test/support/guest-site.ts';
import { moodyTable } from '#test/support/moody-table.ts';
import { organiserApi } from '#test/support/organiser-api.ts';

/** HTTP functions may run for 29 s, as `infra/functions` says; an answer must come before. */
const STOPPED_AT = 29_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** What comes of it, and after how many seconds; undefined if nothing has before Lambda stops the function. */
async function inSeconds<T>(asked: Promise<T>): Promise<{ seconds: number; answer: T }> {
  let answer: { is: T } | undefined;
  void asked.then((is) => {
    answer = { is };
  });
  for (let ms = 0; ms < STOPPED_AT; ms += 500) {
    await vi.advanceTimersByTimeAsync(0);
    if (answer) return { seconds: ms / 1000, answer: answer.is };
    await vi.advanceTimersByTimeAsync(500);
  }
  throw new Error('The gateway answers in words of its own');
}

async function site() {
  const table = moodyTable();
  const open = guestSite({ reach: table.reach });
  const event = anEvent({ slug: 'a-morning' });
  await open.publish(event);
  const register = (email: string) => open.request(posted('/events/a-morning/register', { name: 'Ada', email }));
  await register('ada@example.org');
  const [ada] = await open.people(event);
  if (!ada) throw new Error('Nobody is registered');
  return { ...open, table, event, register, token: open.tokenOf(ada, 'manage') };
}

describe('a table that hangs', () => {
  test.each([
    ['a page', (_: string) => ({ path: '/events/a-morning' }), 'This page takes too long just now'],
    ['a personal page', (token: string) => ({ path: `/r/${token}` }), 'This page takes too long just now'],
    ['a certificate', (token: string) => ({ path: `/c/${token}` }), 'This page takes too long just now'],
  ])('%s says so before the gateway gives up', async (_, request, title) => {
    const { request: ask, table, token } = await site();
    table.become({ is: 'hanging' });
    const { seconds, answer } = await inSeconds(ask(request(token)));
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '5', 'cache-control': 'no-store' } });
    expect(answer.body).toContain(title);
    expect(seconds).toBeLessThanOrEqual(27);
  });

  test('a registration is answered alike for who is registered and who is not: we do not know yet', async () => {
    const { register, table } = await site();
    table.become({ is: 'hanging' });
    const [known, stranger] = [
      await inSeconds(register('ada@example.org')),
      await inSeconds(register('grace@example.org')),
    ];
    expect(known).toEqual(stranger);
    expect(known.answer).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(known.answer.body).toContain('We do not know yet');
    expect(known.answer.body).toContain('Sending it again does no harm');
  });

  test('as JSON it is a problem', async () => {
    const { request, table } = await site();
    table.become({ is: 'hanging' });
    const path = '/api/v1/events/a-morning/register';
    const { answer } = await inSeconds(
      request({ method: 'POST', path, body: { name: 'Ada', email: 'ada@example.org' } }),
    );
    expect(answer).toMatchObject({ status: 503, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(answer.body)).toMatchObject({
      type: '/problems/not-known',
      detail: expect.stringContaining('Sending it again does no harm.'),
    });
  });

  test.each([
    ['GET', {}, 'Sending it again does no harm.'],
    ['POST', {}, 'Read what is there before you send it again'],
    ['POST', { 'idempotency-key': 'a-name-of-its-own' }, 'Sending it again does no harm.'],
  ])('the organiser’s API answers %s %j with a problem: %s', async (method, headers, words) => {
    const table = moodyTable();
    const api = await organiserApi('hangs', table.reach);
    table.become({ is: 'hanging' });
    const body = method === 'POST' ? { body: newEvent } : {};
    const { seconds, answer } = await inSeconds(api.call({ method, path: '/events', headers, ...body }));
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      body: { type: '/problems/not-known' },
    });
    expect(answer.body.detail).toContain(words);
    expect(seconds).toBeLessThanOrEqual(27);
  });
});

test('with a table that takes two and a half seconds a call, a registration is taken and acknowledged', async () => {
  const { register, people, event, table } = await site();
  table.become({ is: 'slow', ms: 2500 });
  const { seconds, answer } = await inSeconds(register('grace@example.org'));
  expect(answer.status).toBe(200);
  expect(seconds).toBeLessThanOrEqual(27);
  table.become({ is: 'well' });
  expect((await people(event)).map(({ email }) => email).sort()).toEqual(['ada@example.org', 'grace@example.org']);
});

test('what passes by itself is a 503, and what does not is our fault', async () => {
  const { request, table } = await site();
  const failing = async (name: string) => {
    table.become({ is: 'failing', by: Object.assign(new Error('secret'), { name }) });
    const { status, body } = await request({ path: '/' });
    expect(body).not.toContain('secret');
    return status;
  };
  expect(await failing('ThrottlingException')).toBe(503);
  expect(await failing('ValidationException')).toBe(500);
});
