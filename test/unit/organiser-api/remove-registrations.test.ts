import { beforeEach, describe, expect, test } from 'vitest';
import { importing, PAST } from '#test/support/importing.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const CASINOS = { action: 'cancel', filter: { name: '*casino*' } };
const remove = (body: unknown, of = eventId) => api.post(`/events/${of}/registrations/remove`, body);

/** Two of junk and one who is not, and the job that found the two. */
async function previewed(body: unknown = CASINOS) {
  const junk = [await api.register(eventId, 'Win at CASINO'), await api.register(eventId, 'casino, win')];
  const ada = await api.register(eventId, 'Ada Moreau');
  const { status, headers, body: job } = await remove(body);
  expect([status, headers['location']]).toEqual([202, `/api/v1/jobs/${job.jobId}`]);
  await importing(api).work();
  return { jobId: job.jobId as string, junk, ada };
}

test('a job first only says whom it means: by name for keys that see people, by id for others', async () => {
  const { jobId, junk } = await previewed();
  const ids = junk.map(({ registrationId }) => registrationId).sort();
  const shown = (await api.call({ path: `/jobs/${jobId}` })).body;
  expect(shown).toMatchObject({ state: 'previewed', people: 2, filter: { name: '*casino*' } });
  expect(shown.registrations.map(({ name }: { name: string }) => name).sort()).toEqual([
    'Win at CASINO',
    'casino, win',
  ]);
  const key = await api.makeKey({ scopes: ['registrations:write'] });
  const blind = (await api.call({ path: `/jobs/${jobId}`, key })).body;
  expect(blind.registrations.map((each: object) => Object.keys(each))).toEqual([
    ['registrationId'],
    ['registrationId'],
  ]);
  expect(blind.registrations.map((each: { registrationId: string }) => each.registrationId).sort()).toEqual(ids);
  expect(JSON.stringify(blind)).not.toMatch(/casino/i);
});

test('applied with their number it cancels them, and nobody else; the timeline says how, and no mail is to come', async () => {
  const { jobId, junk, ada } = await previewed();
  for (const body of [undefined, {}, { expect: 3 }]) {
    const { status, body: problem } = await api.post(`/jobs/${jobId}/apply`, body);
    expect(status).toBe(409);
    expect(problem).toMatchObject({ type: '/problems/expectation-needed', errors: [{ pointer: '#/expect' }] });
    expect(problem.detail).toContain('send "expect": 2');
  }
  api.committed.splice(0);
  expect((await api.post(`/jobs/${jobId}/apply`, { expect: 2 })).status).toBe(202);
  await importing(api).work();
  const done = (await api.call({ path: `/jobs/${jobId}` })).body;
  expect(done).toMatchObject({ state: 'done', removed: { registrations: 2, left: 0 } });
  const facts = api.committed.flatMap(({ after }) => (after?.sk.startsWith('REG#') ? [after['fact']] : []));
  expect(facts).toEqual(['registration.cancelled', 'registration.cancelled']);
  for (const { registrationId } of junk) {
    const at = `/events/${eventId}/registrations/${registrationId}`;
    const person = (await api.call({ path: at })).body;
    expect(person).toMatchObject({ status: 'cancelled', deliveries: [] });
    expect(person.owed).toBeUndefined();
    const { entries } = (await api.call({ path: `${at}/timeline` })).body;
    expect(entries.map(({ note }: { note: string }) => note)).toContain(
      'Cancelled by the organiser among others, without mail.',
    );
    expect(entries.map(({ what }: { what: string }) => what)).not.toContain('will-be-sent');
  }
  const kept = (await api.call({ path: `/events/${eventId}/registrations/${ada.registrationId}` })).body;
  expect(kept.status).toBe('confirmed');
});

test('erased, they are not there any more', async () => {
  const { jobId, junk } = await previewed({ ...CASINOS, action: 'erase' });
  await api.post(`/jobs/${jobId}/apply`, { expect: 2 });
  await importing(api).work();
  for (const { registrationId } of junk) {
    expect((await api.call({ path: `/events/${eventId}/registrations/${registrationId}` })).status).toBe(404);
  }
});

describe('refused is', () => {
  test.each([
    [{ action: 'cancel', filter: {} }, '#/filter', 'everybody'],
    [{ action: 'cancel' }, '#/filter', ''],
    [{ action: 'delete', filter: { bounced: true } }, '#/action', 'cancel, erase'],
    [{ action: 'cancel', filter: { bounced: false } }, '#/filter/bounced', 'leave it out'],
    [{ action: 'cancel', filter: { name: '*' } }, '#/filter/name', 'everybody'],
    [{ action: 'cancel', filter: { name: 'x'.repeat(101) } }, '#/filter/name', '100 characters'],
    [{ action: 'cancel', filter: { registeredAfter: 'yesterday' } }, '#/filter/registeredAfter', 'instant'],
    [{ action: 'cancel', filter: { email: '*@example.org' } }, '#/filter/email', 'no such field'],
  ])('%j, at %s', async (body, pointer, why) => {
    const answer = await remove(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toContainEqual({ pointer, detail: expect.stringContaining(why) });
    expect(api.nudged).toEqual([]);
  });

  test('cancelling at an event that has ended, while erasing is not', async () => {
    const past = (await api.published(PAST)).eventId;
    expect((await remove(CASINOS, past)).body).toMatchObject({ status: 409, type: '/problems/event-over' });
    expect((await remove({ ...CASINOS, action: 'erase' }, past)).status).toBe(202);
  });

  test('a key that may not write registrations', async () => {
    const key = await api.makeKey({ scopes: ['registrations:read', 'events:write'] });
    const path = `/events/${eventId}/registrations/remove`;
    expect((await api.call({ method: 'POST', path, key, body: CASINOS })).status).toBe(403);
  });
});
