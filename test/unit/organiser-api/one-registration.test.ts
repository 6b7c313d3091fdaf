import { beforeEach, expect, test } from 'vitest';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
const QUESTIONS = [{ id: 'diet', label: 'Diet', type: 'choice', options: ['None', 'Vegan'], segment: true }];
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published({ questions: QUESTIONS }));
});

const at = (registrationId: string, rest = '') => `/events/${eventId}/registrations/${registrationId}${rest}`;
const get = (id: string) => api.call({ path: at(id) });
const patch = (id: string, body: unknown, ifMatch = '*') =>
  api.call({ method: 'PATCH', path: at(id), body, headers: ifMatch === '' ? {} : { 'if-match': ifMatch } });
const erase = (id: string) => api.call({ method: 'DELETE', path: at(id) });

test('one person is shown as lists show them', async () => {
  const { registrationId } = await api.register(eventId, 'Ada', { organisation: 'Example Force' });
  const { status, body } = await get(registrationId);
  expect(status).toBe(200);
  expect(body).toEqual((await api.call({ path: `/events/${eventId}/registrations` })).body.registrations[0]);
});

test('what somebody said is corrected; what is left out stays, and null removes', async () => {
  const { registrationId } = await api.register(eventId, 'Ada', { organisation: 'Example Force', jobTitle: 'Analyst' });
  const { status, body } = await patch(registrationId, {
    name: 'Ada Lovelace',
    jobTitle: null,
    timeZone: 'Europe/Paris',
    answers: { diet: 'Vegan' },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ name: 'Ada Lovelace', organisation: 'Example Force', answers: { diet: 'Vegan' } });
  expect(body).not.toHaveProperty('jobTitle');
  expect(await api.deps.registrations.get(eventId, registrationId)).toMatchObject({ chose: { diet: '687' } });
  expect((await patch(registrationId, { answers: { diet: null } })).body.answers).toEqual({});
  expect(await api.deps.registrations.get(eventId, registrationId)).not.toHaveProperty('chose');
});

test('another address moves the registration at once: links die, and the confirmation goes anew', async () => {
  const row = await api.welcomed(eventId, 'Ada', { bounced: true });
  const { body } = await patch(row.registrationId, { email: ' ADA@Example.com' });
  expect(body).toMatchObject({
    email: 'ada@example.com',
    bounced: false,
    owed: { mails: ['confirmation', 'address-moved'] },
  });
  const moved = await api.deps.registrations.get(eventId, row.registrationId);
  expect(moved).toMatchObject({ addressRevision: 2, admissions: 2 });
  expect(moved?.linkSeed).not.toBe(row.linkSeed);
});

test('an address that another registration has is refused, and nothing changes', async () => {
  const ada = await api.register(eventId, 'Ada');
  const bob = await api.register(eventId, 'Bob');
  await patch(bob.registrationId, { email: 'bob@example.com' });
  expect(await patch(ada.registrationId, { email: 'bob@example.com', name: 'Eve' })).toMatchObject({
    status: 409,
    body: { type: '/problems/address-taken', errors: [{ pointer: '#/email' }] },
  });
  expect((await get(ada.registrationId)).body).toMatchObject({ name: 'Ada', email: ada.email });
});

test.each([
  [{ email: 'x' }, '#/email'],
  [{ name: '' }, '#/name'],
  [{ timeZone: 'Mars/Base' }, '#/timeZone'],
  [{ answers: { diet: 'Stones' } }, '#/answers/diet'],
  [{ answers: { shoes: '42' } }, '#/answers/shoes'],
  [{ status: 'confirmed' }, '#/status'],
])('%j is a 400 that names it', async (body, pointer) => {
  const { registrationId } = await api.register(eventId, 'Ada');
  expect(await patch(registrationId, body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
});

test('a place is given up for somebody, who is told; twice is once', async () => {
  const { registrationId } = await api.register(eventId, 'Ada');
  const first = await api.post(at(registrationId, '/cancel'));
  expect(first).toMatchObject({
    status: 200,
    body: { status: 'cancelled', owed: { mails: expect.arrayContaining(['own-cancellation']) } },
  });
  expect(await api.post(at(registrationId, '/cancel'))).toEqual(first);
});

test('erased, a person is nobody: to every route, and again', async () => {
  const { registrationId, email } = await api.register(eventId, 'Canary Bird', { organisation: 'Canary Force' });
  expect(await erase(registrationId)).toMatchObject({ status: 204 });
  for (const answer of [
    await get(registrationId),
    await patch(registrationId, { name: 'Ada' }),
    await erase(registrationId),
    await api.post(at(registrationId, '/cancel')),
    await api.post(at(registrationId, '/resend')),
    await api.call({ path: at(registrationId, '/timeline') }),
  ])
    expect(answer.status).toBe(404);
  expect((await api.call({ path: `/events/${eventId}/registrations` })).body.registrations).toEqual([]);
  const last = new Map(
    api.committed.map(({ before, after }) => [`${(after ?? before)?.pk} ${(after ?? before)?.sk}`, after]),
  );
  const left = JSON.stringify([...last.values()].filter(Boolean));
  for (const trace of ['Canary', email, registrationId]) expect(left).not.toContain(trace);
});

test('an edit names the revision it was read at; of two at once, one wins and the other is told', async () => {
  const { registrationId } = await api.register(eventId, 'Ada');
  expect((await patch(registrationId, { name: 'Ada Moreau' }, '')).status).toBe(428);
  const { headers } = await get(registrationId);
  const etag = String(headers['etag']);
  const both = await Promise.all([
    patch(registrationId, { organisation: 'Ville de Blois' }, etag),
    patch(registrationId, { organisation: 'Ville de Tours' }, etag),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  const won = both.find(({ status }) => status === 200);
  const { body, headers: after } = await get(registrationId);
  expect([body.organisation, after['etag']]).toEqual([won?.body.organisation, won?.headers['etag']]);
  expect(await patch(registrationId, { organisation: null }, etag)).toMatchObject({
    status: 412,
    body: { type: '/problems/stale-revision' },
  });
  expect((await patch(registrationId, { organisation: null }, String(after['etag']))).status).toBe(200);
});

test('another address is another revision; mail and cancelling are none', async () => {
  const { registrationId } = await api.register(eventId, 'Ada');
  const tag = async () => (await get(registrationId)).headers['etag'];
  expect(await tag()).toBe('"1"');
  await api.post(at(registrationId, '/resend'));
  await api.post(at(registrationId, '/cancel'));
  expect(await tag()).toBe('"1"');
  const moved = await patch(registrationId, { email: 'other@example.org' }, '"1"');
  expect([moved.status, await tag()]).toEqual([200, moved.headers['etag']]);
  expect(moved.headers['etag']).not.toBe('"1"');
});
