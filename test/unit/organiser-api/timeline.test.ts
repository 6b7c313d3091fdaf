import { beforeEach, describe, expect, test } from 'vitest';
import type { TimelineEntry } from '#functions/organiser-api/timeline-view.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const timeline = async ({ registrationId }: { registrationId: string }): Promise<TimelineEntry[]> =>
  (await api.call({ path: `/events/${eventId}/registrations/${registrationId}/timeline` })).body.entries;
const about = (entries: TimelineEntry[], campaignId: string) => entries.find((each) => each.campaignId === campaignId);
const notes = (entries: TimelineEntry[]) => entries.map(({ note }) => note);

test('what happened comes first, what is to come last, each in a sentence', async () => {
  const row = await api.welcomed(eventId, 'Ada');
  const entries = await timeline(row);
  expect(notes(entries)).toEqual([
    'Registered.',
    'Got a place.',
    'The confirmation was delivered.',
    'The joining mail “How to join” will be sent on Wednesday 17 February 2027, 09:00 GMT.',
    'The reminder “One hour before” will be sent on Thursday 18 February 2027, 08:30 GMT.',
    'The survey “Survey” will be sent on Thursday 18 February 2027, 15:00 GMT.',
    'The reminder of the survey “Survey, once more” will be sent on Sunday 21 February 2027, 13:00 GMT.',
  ]);
  const times = entries.map(({ at }) => at ?? '');
  expect(times).toEqual([...times].sort());
  expect(entries[2]).toEqual({
    at: '2026-11-23T12:00:00Z',
    what: 'mail',
    mail: 'confirmation',
    campaignId: '1',
    occasion: 'a1',
    state: 'delivered',
    attempts: 1,
    note: 'The confirmation was delivered.',
  });
  expect(entries[4]).toMatchObject({ what: 'will-be-sent', mail: 'reminder', campaignId: '3', occasion: 's1' });
});

test.each([
  ['sent|1795435300|1|k2m4t8', 'The reminder “One hour before” was sent.'],
  ['sent|1795435300|2|k2m4t8', 'The reminder “One hour before” was sent. It took 2 attempts.'],
  ['bounced|1795435300|1|k2m4t8', 'The reminder “One hour before” came back: the mailbox did not take it.'],
  ['complained|1795435300|1|k2m4t8', 'The reminder “One hour before” was delivered, and reported as unwanted.'],
  [
    'failed|1795435300|1|k2m4t8||rejected-by-ses',
    'The reminder “One hour before” could not be sent, because the mail service refused it.',
  ],
  [
    'skipped|1795435300|0|||muted',
    'The reminder “One hour before” was not sent, because they stopped optional mail about this event.',
  ],
  ['skipped|1795435300|0|||new-reason', 'The reminder “One hour before” was not sent, because of new-reason.'],
  ['merged|1795435300|0|||change@r2', 'The reminder “One hour before” came along with the notice of the change.'],
  [
    'held|1795435300|2|k2m4t8||in-doubt',
    'The reminder “One hour before” is held: nobody knows whether it arrived. Release its run to send it again, or to drop it.',
  ],
  [
    'claimed|1795435300|1|k2m4t8',
    'The reminder “One hour before” is on its way; until the mail service has said so, nobody knows whether it arrived.',
  ],
])('the ledger’s %s reads: %s', async (entry, note) => {
  const row = await api.welcomed(eventId, 'Ada', { deliveries: { '3@s1': entry } });
  expect(about(await timeline(row), '3')).toMatchObject({ what: 'mail', mail: 'reminder', note });
});

describe('why she will not get it', () => {
  const REMINDER = 'The reminder “One hour before”';
  test.each([
    ['muted', { muted: true }, `${REMINDER} will not be sent, because they stopped optional mail about this event.`],
    ['bounced', { bounced: true }, `${REMINDER} will not be sent, because their mailbox refuses mail for good.`],
    [
      'registration-cancelled',
      { status: 'cancelled', cancelledAt: '2026-11-23T12:00:00Z' },
      `${REMINDER} is not for them, because they gave up their place.`,
    ],
    [
      'registration-waitlisted',
      { status: 'waitlisted' },
      `${REMINDER} is not for them, because they are on the waiting list.`,
    ],
    [
      'registered-late',
      { confirmedAt: Date.parse('2027-02-18T08:25:00Z') / 1000 },
      `${REMINDER} will not be sent, because they got their place shortly before it, or after.`,
    ],
  ] as const)('%s', async (reason, other, note) => {
    const row = await api.welcomed(eventId, 'Ada', other);
    expect(about(await timeline(row), '3')).toMatchObject({ reason, note });
  });

  test('what she has said, and what her mailbox has, stands in it', async () => {
    const row = await api.welcomed(eventId, 'Ada', {
      muted: true,
      bounced: true,
      status: 'cancelled',
      cancelledAt: '2026-11-23T12:10:00Z',
      deliveries: { '3@s1': 'bounced|1795435800|1|k2m4t8' },
    });
    const entries = await timeline(row);
    expect(entries.map(({ what }) => what)).toEqual(expect.arrayContaining(['muted', 'bounced', 'cancelled']));
    expect(entries.find(({ what }) => what === 'bounced')?.at).toBe('2026-11-23T12:10:00Z');
  });

  test('a pause lets it wait', async () => {
    const row = await api.welcomed(eventId, 'Ada');
    await api.post(`/events/${eventId}/campaigns/3/pause`);
    expect(about(await timeline(row), '3')).toMatchObject({
      what: 'waiting',
      note: `${REMINDER} waits, because mail is paused.`,
    });
  });

  test('an announcement that was sent before she came was not for her', async () => {
    const { campaignId } = await api.campaign(eventId);
    await api.trigger(eventId, campaignId, 'first');
    const [run] = await api.deps.runs.list(eventId, campaignId);
    if (run) await api.deps.runs.finish(run, api.clock.now / 1000);
    api.clock.now += 60_000;
    const row = await api.welcomed(eventId, 'Late');
    expect(about(await timeline(row), campaignId)).toMatchObject({
      what: 'not-addressed',
      reason: 'came-later',
      at: '2026-11-23T12:00:00Z',
      note: 'The announcement “Room change” is not for them, because they came after it was sent.',
    });
  });
});

test('what is owed is on its way, and so is a decision about a seat', async () => {
  const owed = await timeline(await api.register(eventId, 'Ada'));
  expect(owed.find(({ mail }) => mail === 'confirmation')).toMatchObject({ what: 'will-be-sent' });
  const applied = await timeline(await api.register(eventId, 'Bea', {}, true));
  expect(applied.map(({ what }) => what)).toContain('seat-due');
});

test('a notice that is due is announced', async () => {
  const row = await api.welcomed(eventId, 'Ada');
  const body = { place: 'Town hall' };
  await api.call({ method: 'POST', path: `/events/${eventId}/reschedule`, body });
  expect((await timeline(row)).find(({ mail }) => mail === 'change')).toEqual({
    at: '2026-11-23T12:05:00Z',
    what: 'will-be-sent',
    mail: 'change',
    occasion: 'r2',
    note: 'The notice of the change will be sent on Monday 23 November 2026, 12:05 GMT.',
  });
});

test('how to join comes along with the confirmation of whoever came late', async () => {
  api.clock.now = Date.parse('2027-02-17T10:00:00Z');
  const row = await api.register(eventId, 'Late');
  expect(about(await timeline(row), '2')?.note).toBe(
    'The joining mail “How to join” will come along with the confirmation.',
  );
});

test('a mail of a campaign that is gone still reads', async () => {
  const row = await api.welcomed(eventId, 'Ada', { deliveries: { '17@m0': 'sent|1795435300|1|k2m4t8' } });
  expect(about(await timeline(row), '17')?.note).toBe('The mail of a campaign that is gone was sent.');
});

test('nothing in it opens a door', async () => {
  const { registrationId } = await api.register(eventId, 'Ada');
  const { body } = await api.call({ path: `/events/${eventId}/registrations/${registrationId}/timeline` });
  expect(JSON.stringify(body)).not.toContain('seed-of-links');
});

test('of somebody of another event, or nobody, it is a 404', async () => {
  const other = await api.published();
  const { registrationId } = await api.register(other.eventId, 'Ada');
  for (const each of [registrationId, '2m8r5w0yq6hd3n7b', 'nobody']) {
    expect((await api.call({ path: `/events/${eventId}/registrations/${each}/timeline` })).status).toBe(404);
  }
});
