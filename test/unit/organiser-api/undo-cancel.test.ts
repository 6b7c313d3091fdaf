import { beforeEach, expect, test } from 'vitest';
import { scheduleOccasion } from '#shared/domain/mail-key.ts';
import { startRun } from '#shared/domain/run.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published({ capacity: 20 }));
  for (const name of ['Ada', 'Bea']) await api.welcomed(eventId, name);
});

const move = (what: string, body?: unknown) => api.post(`/events/${eventId}/${what}`, body);
const undo = () => move('cancel/undo');
const kept = async () => {
  const event = await api.deps.events.get(eventId, { consistent: true });
  if (!event) throw new Error('The event is gone');
  return event;
};
const campaigns = async () => (await api.call({ path: `/events/${eventId}/campaigns` })).body.campaigns;
const look = async () => (await api.call({ path: `/events/${eventId}` })).body;
/** Whom the notice of a change would reach. */
const toTell = async () => (await api.call({ path: `/events/${eventId}/campaigns/change/plan` })).body;
const tell = async () => {
  const event = await kept();
  const now = Math.floor(api.clock.now / 1000);
  const occasion = scheduleOccasion(event);
  const run = startRun(event, { campaignId: 'cancelled', kind: 'cancelled' }, { occasion, firedAt: now, now });
  return api.deps.runs.startNotice(run, event.scheduleRevision);
};

test('everything is as before, and nobody is mailed', async () => {
  const [before, armed, listed] = [await look(), await campaigns(), await kept()];
  await move('cancel');
  expect((await campaigns()).every(({ firing }: { firing: { armed: boolean } }) => !firing.armed)).toBe(true);
  const { status, body } = await undo();
  expect([status, body.state, body.registrationOpen]).toEqual([200, 'published', true]);
  const { revision, scheduleRevision } = before;
  const { noticeAt: _, ...after } = await look();
  expect(after).toEqual({ ...before, revision: revision + 2, scheduleRevision: scheduleRevision + 2 });
  expect(await campaigns()).toEqual(armed);
  const now = await kept();
  expect([now.startRevision, now.endRevision, now.timesChangedAt, now.schedules[now.scheduleRevision]]).toEqual([
    listed.startRevision,
    listed.endRevision,
    listed.timesChangedAt,
    listed.schedules[listed.scheduleRevision],
  ]);
  expect((await toTell()).counts).toMatchObject({ willBeSent: 0 });
});

test('a change that was still to be told is told', async () => {
  await move('reschedule', { place: 'Town hall' });
  await move('cancel');
  await undo();
  expect(await look()).toMatchObject({ state: 'published', place: 'Town hall' });
  expect((await toTell()).counts).toMatchObject({ willBeSent: 2 });
});

test('a postponed event is postponed again, and those who know are not told twice', async () => {
  await move('postpone');
  await move('cancel');
  expect(await undo()).toMatchObject({ status: 200, body: { state: 'postponed' } });
});

test('once people are being told it is a 409', async () => {
  await move('cancel');
  expect(await tell()).toBe('started');
  expect(await undo()).toMatchObject({ status: 409, body: { type: '/problems/invalid-transition' } });
  api.clock.now += 300_000;
  expect(await undo()).toMatchObject({ status: 409 });
  expect((await kept()).state).toBe('cancelled');
});

test('near the start, where people are told at once, it is a 409', async () => {
  api.clock.now = Date.parse('2027-02-18T09:00:00Z');
  await move('cancel');
  expect(await undo()).toMatchObject({ status: 409 });
});

test('a run that begins at that very moment wins, or the undoing does, never both', async () => {
  await move('cancel');
  const real = api.table.transact;
  let began: string | undefined;
  Object.assign(api.table, {
    async transact(...args: Parameters<typeof real>) {
      Object.assign(api.table, { transact: real });
      began = await tell();
      return real(...args);
    },
  });
  expect([(await undo()).status, began, (await kept()).state]).toEqual([409, 'started', 'cancelled']);

  const other = await organiserApi('another');
  const event = (await other.published()).eventId;
  await other.post(`/events/${event}/cancel`);
  const cancelled = await other.deps.events.get(event, { consistent: true });
  if (!cancelled) throw new Error('The event is gone');
  expect((await other.post(`/events/${event}/cancel/undo`)).status).toBe(200);
  const run = startRun(
    cancelled,
    { campaignId: 'cancelled', kind: 'cancelled' },
    { occasion: scheduleOccasion(cancelled), firedAt: 0, now: 0 },
  );
  expect(await other.deps.runs.startNotice(run, cancelled.scheduleRevision)).toBe('moved-on');
});

test('what is not cancelled cannot be taken back', async () => {
  expect(await undo()).toMatchObject({ status: 409 });
  await move('cancel');
  await undo();
  expect(await undo()).toMatchObject({ status: 409 });
  expect(await move('cancel')).toMatchObject({ status: 200, body: { state: 'cancelled' } });
});

test.each(['cancel', 'postpone', 'reschedule'])('%s keeps the organiser’s words for the mail', async (what) => {
  const { status } = await move(what, {
    ...(what === 'reschedule' && { place: 'Town hall' }),
    message: ' We are sorry ',
  });
  expect([status, (await kept()).notice?.words]).toEqual([200, 'We are sorry']);
});

test.each([
  ['too long', 'x'.repeat(2001)],
  ['no text', 7],
  ['with hidden characters', 'We are\u202e sorry'],
])('a message that is %s is a 400 that names it, and nothing is moved', async (_, message) => {
  for (const what of ['cancel', 'postpone']) {
    expect(await move(what, { message })).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/message' }] } });
  }
  expect(await move('reschedule', { message: 'Nothing else' })).toMatchObject({ status: 400 });
  expect((await kept()).state).toBe('published');
});

test('somebody’s own link in a message is refused, and nothing is moved', async () => {
  const token = `${'0'.repeat(32)}.k1.${'A'.repeat(27)}`;
  const answer = await move('cancel', { message: `See https://events.example.org/r/${token}` });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/message' }] } });
  expect((await kept()).state).toBe('published');
});
