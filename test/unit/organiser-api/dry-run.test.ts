import { beforeEach, describe, expect, test } from 'vitest';
import type { MovedCampaign } from '#functions/organiser-api/forecast-view.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const NEXT_WEEK = { startsAt: '2027-02-25T09:30', endsAt: '2027-02-25T13:00' };
const dry = async (what: string, body?: unknown) =>
  (await api.call({ method: 'POST', path: `/events/${eventId}/${what}`, body, query: { dryRun: 'true' } })).body;
const crowd = async (size: number) => {
  for (let n = 0; n < size; n++) await api.welcomed(eventId, `Person ${n}`);
};
const runsAgain = ({ campaigns }: { campaigns: MovedCampaign[] }) =>
  campaigns.filter((each) => each.runsAgain).map(({ campaignId, people }) => [campaignId, people]);
/** A mail that somebody has had. */
const had = async (name: string, mailKey: string) => {
  const { registrationId, ...row } = await api.welcomed(eventId, name);
  const deliveries = { ...row.deliveries, [mailKey]: `sent|${api.clock.now / 1000}|1|k2m4t8|1` };
  await api.deps.registrations.revise({ ...row, registrationId }, (current) => ({ row: { ...current, deliveries } }));
};

test('a new date says how many are told, what becomes of each campaign, and how the event would be', async () => {
  await crowd(12);
  const answer = await dry('reschedule', NEXT_WEEK);
  expect(answer).toMatchObject({
    dryRun: true,
    summary:
      '12 notices, 12 joining mails moved, 12 reminders moved, 12 surveys moved, 12 survey nudges moved, 0 sent again',
    notices: 12,
    noticeAt: '2026-11-23T12:05:00Z',
    unsettled: 0,
    sentAgain: 0,
    event: { ...NEXT_WEEK, state: 'published', scheduleRevision: 2 },
  });
  expect(answer.campaigns).toHaveLength(4);
  expect(answer.campaigns[1]).toEqual({
    campaignId: '3',
    name: 'One hour before',
    kind: 'reminder',
    runsAgain: true,
    was: '2027-02-18T08:30:00Z',
    at: '2027-02-25T08:30:00Z',
    people: 12,
  });
});

test('nothing changes, whatever is asked', async () => {
  await crowd(3);
  api.committed.splice(0);
  for (const [what, body] of [['reschedule', NEXT_WEEK], ['postpone'], ['cancel']] as const) {
    expect(await dry(what, body)).toMatchObject({ dryRun: true, notices: 3 });
  }
  expect(api.committed).toEqual([]);
  expect((await api.call({ path: `/events/${eventId}` })).body).toMatchObject({ state: 'published', revision: 2 });
});

test('what it says is what happens: the event is then as it was to be', async () => {
  const { event } = await dry('reschedule', NEXT_WEEK);
  const { body } = await api.call({ method: 'POST', path: `/events/${eventId}/reschedule`, body: NEXT_WEEK });
  expect(body).toEqual(event);
});

test('another place moves no campaign, and is told', async () => {
  await crowd(2);
  const answer = await dry('reschedule', { place: 'Town hall' });
  expect(answer).toMatchObject({ notices: 2, summary: '2 notices, 0 sent again' });
  expect(answer.campaigns.map(({ because }: MovedCampaign) => because)).toEqual(Array(4).fill('unchanged'));
});

test('an edit that is undone before it was told tells nobody', async () => {
  await crowd(2);
  const before = (await api.call({ path: `/events/${eventId}` })).body;
  await api.call({ method: 'POST', path: `/events/${eventId}/reschedule`, body: NEXT_WEEK });
  expect(await dry('reschedule', { startsAt: before.startsAt, endsAt: before.endsAt })).toMatchObject({ notices: 0 });
});

test('one that would change nothing causes nothing', async () => {
  await crowd(2);
  expect(await dry('reschedule', { format: 'online' })).toMatchObject({
    notices: 0,
    sentAgain: 0,
    event: { revision: 2 },
  });
});

test('who never had a mail is told, who waits in line too, and who has no place is not', async () => {
  await crowd(1);
  await api.welcomed(eventId, 'Bounced early', { deliveries: {} });
  await api.welcomed(eventId, 'In line', { status: 'waitlisted', deliveries: {} });
  await api.welcomed(eventId, 'Gone', { status: 'cancelled' });
  await api.welcomed(eventId, 'Unreachable', { bounced: true });
  expect(await dry('cancel')).toMatchObject({ notices: 3, unsettled: 0 });
});

test('whose confirmation is still owed is counted apart: it tells them the new time itself', async () => {
  await crowd(1);
  await api.register(eventId, 'Just now');
  expect(await dry('reschedule', NEXT_WEEK)).toMatchObject({ notices: 1, unsettled: 1 });
});

test('a pause does not hide anybody: they are told when it ends', async () => {
  await crowd(4);
  await api.post(`/events/${eventId}/pause`);
  expect(await dry('cancel')).toMatchObject({ notices: 4 });
});

test.each(['postpone', 'cancel'])('to %s stops every campaign', async (what) => {
  await crowd(2);
  const answer = await dry(what);
  expect(answer).toMatchObject({ notices: 2, summary: '2 notices, 4 campaigns stopped, 0 sent again' });
  for (const campaign of answer.campaigns) {
    expect(campaign).toMatchObject({ runsAgain: false, people: 0, because: 'event-not-published' });
    expect(campaign).not.toHaveProperty('at');
  }
});

describe('a start so near that the notice says the same', () => {
  test('sends no reminder besides', async () => {
    api.clock.now = Date.parse('2027-02-17T10:00:00Z');
    await crowd(3);
    api.clock.now = Date.parse('2027-02-18T06:00:00Z');
    // The reminder would come at 06:10, five minutes after the notice.
    const answer = await dry('reschedule', { startsAt: '2027-02-18T07:10' });
    expect(answer.campaigns[1]).toMatchObject({ kind: 'reminder', runsAgain: false, because: 'covered-by-notice' });
    expect(answer).toMatchObject({ notices: 3 });
  });

  test('and one that is past mails nobody', async () => {
    api.clock.now = Date.parse('2027-02-18T06:00:00Z');
    await crowd(1);
    const answer = await dry('reschedule', { startsAt: '2027-02-18T06:30' });
    expect(answer.campaigns[1]).toMatchObject({ kind: 'reminder', runsAgain: false, because: 'time-passed' });
  });
});

test('who had a mail for the old time, and will have one for the new, is counted as sent again', async () => {
  await had('Ada', '2@s1');
  await had('Bea', '2@s1');
  await crowd(1);
  const answer = await dry('reschedule', NEXT_WEEK);
  expect(answer.sentAgain).toBe(2);
  expect(answer.summary).toMatch(/, 2 sent again$/);
  expect(runsAgain(answer)).toEqual([
    ['2', 3],
    ['3', 3],
    ['4', 3],
    ['5', 3],
  ]);
});

test('a draft and one that is sent by hand are listed, with why they do not fire', async () => {
  await api.campaign(eventId, { kind: 'reminder', state: 'draft', trigger: { before: 'start', offset: 'PT2H' } });
  await api.campaign(eventId);
  const { campaigns } = await dry('reschedule', NEXT_WEEK);
  expect(campaigns.slice(4)).toMatchObject([
    { campaignId: '6', runsAgain: false, because: 'draft' },
    { campaignId: '7', runsAgain: false },
  ]);
});

test('a dry run is refused as the move itself would be', async () => {
  expect(await dry('reschedule', { startsAt: '2026-11-23T11:59' })).toMatchObject({ type: '/problems/invalid-times' });
  await api.post(`/events/${eventId}/cancel`);
  expect(await dry('postpone')).toMatchObject({ type: '/problems/invalid-transition' });
});
