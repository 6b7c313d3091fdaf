import { describe, expect, test } from 'vitest';
import { Chunk, FanOut, GreetMessage, JobNudge, LaneMessage, PlanMessage, StartRun } from '#shared/queue/messages.ts';

const eventId = '1000000000000000';
const registrationId = '2000000000000000';
const run = { v: 1, eventId, campaignId: '3', occasion: 's1' } as const;
const person = { v: 1, eventId, registrationId } as const;
const chunk = { ...run, people: [registrationId] };
const walk = { ...run, pass: 1, shard: 7 };

describe('a lane', () => {
  test('takes people of a run, a nudge about one person, and a fact about one', () => {
    expect(LaneMessage.parse(chunk)).toEqual({ ...chunk, tries: 0 });
    expect(LaneMessage.parse(person)).toEqual({ ...person, tries: 0 });
    const fact = { 'detail-type': 'registration.confirmed', detail: { id: 'x', data: { eventId, registrationId } } };
    expect(LaneMessage.parse(fact)).toEqual({ ...person, tries: 0 });
  });

  test('reads a message of an earlier version, which knew no tries, and one of a later, which knows more', () => {
    expect(GreetMessage.parse(person).tries).toBe(0);
    expect(Chunk.parse({ ...chunk, urgency: 'high' })).toEqual({ ...chunk, tries: 0 });
    expect(LaneMessage.parse({ ...chunk, tries: 4 })).toEqual({ ...chunk, tries: 4 });
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'people'],
    ['a version to come', { ...chunk, v: 2 }],
    ['a run and nobody', { ...chunk, people: [] }],
    ['too many people', { ...chunk, people: Array.from({ length: 51 }, () => registrationId) }],
    ['an address for a person', { ...chunk, people: ['ada@example.org'] }],
    ['a campaign by name', { ...run, campaignId: 'reminder', people: [registrationId] }],
    ['an occasion that breaks a key', { ...chunk, occasion: 's1@s2' }],
    ['more tries than there are', { ...chunk, tries: 101 }],
    ['an event and nobody', { v: 1, eventId }],
  ])('buries %s', (_, message) => {
    expect(LaneMessage.safeParse(message).success).toBe(false);
  });
});

test.each(['change', 'postponed', 'cancelled'])('a run of notices goes by its kind: %s', (campaignId) => {
  const notice = { ...run, campaignId, occasion: 'r2' };
  expect(StartRun.parse(notice)).toEqual(notice);
  expect(LaneMessage.parse({ ...notice, people: [registrationId] })).toMatchObject({ campaignId });
});

test('a walk knows where it goes on and what it has met', () => {
  expect(FanOut.parse(walk)).toEqual({ ...walk, links: 0 });
  const rest = {
    ...walk,
    links: 2,
    after: { pk: 'a', sk: 'b' },
    tally: { open: 1, sent: 0, skipped: 0, failed: 0, held: 0 },
  };
  expect(FanOut.parse(rest)).toEqual(rest);
  for (const broken of [
    { shard: 8 },
    { shard: -1 },
    { pass: 0 },
    { pass: 1.5 },
    { tally: { open: 1 } },
    { links: -1 },
    { links: 101 },
  ]) {
    expect(FanOut.safeParse({ ...walk, ...broken }).success).toBe(false);
  }
});

test('a nudge for a job knows how long its chain is; one of an earlier version begins one', () => {
  const job = { v: 1, jobId: `${eventId}-${registrationId}` } as const;
  expect(JobNudge.parse(job)).toEqual({ ...job, links: 0 });
  expect(JobNudge.parse({ ...job, links: 3 })).toEqual({ ...job, links: 3 });
});

test('what the scheduler says of revisions is no business of who starts a run', () => {
  expect(StartRun.parse({ ...run, revision: 4 })).toEqual(run);
  expect(StartRun.safeParse({ ...run, eventId: 'nobody' }).success).toBe(false);
});

test('planning is asked for by a nudge or by a fact', () => {
  expect(PlanMessage.parse({ v: 1, eventId })).toEqual({ v: 1, eventId });
  const fact = { 'detail-type': 'campaign.changed', detail: { id: 'x', data: { eventId } } };
  expect(PlanMessage.parse(fact)).toEqual({ v: 1, eventId });
  expect(PlanMessage.safeParse({ 'detail-type': 'sending.paused', detail: { data: {} } }).success).toBe(false);
});
