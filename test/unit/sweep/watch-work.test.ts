import { expect, test } from 'vitest';
import { watchWork } from '#functions/sweep/watch-work.ts';
import { latePeople } from '#shared/domain/late-people.ts';
import { OVERDUE } from '#shared/domain/overdue.ts';
import { ERASE_DUE, type Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import { aCampaign, anEvent, aRegistration, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';
import { running } from '#test/support/running.ts';

interface Listed {
  readonly unplanned?: string[];
  readonly overdue?: { eventId: string; campaignId: string }[];
  readonly untold?: string[];
  readonly jobs?: string[];
  readonly sortings?: string[];
  readonly eventPaused?: boolean;
  /** Campaigns that somebody paused. */
  readonly pausedCampaigns?: readonly string[];
}

/** What one round says of what is listed, and of people who are owed something. */
async function said(listed: Listed, late: Partial<Registration>[] = [], paused = false) {
  const logger = recordedLog();
  const counted: [string, number | undefined][] = [];
  const asked: Record<string, number> = {};
  const reads: string[] = [];
  const people = latePeople(NOW_EPOCH);
  people.note(late.map((row) => aRegistration({ eventId: 'ev0', ...row })));
  const answer =
    <T>(name: string, value: T) =>
    (before: number) => {
      asked[name] = NOW_EPOCH - before;
      return Promise.resolve(value);
    };
  await watchWork(
    {
      events: {
        get: async () => anEvent({ paused: listed.eventPaused ?? false }),
        unplanned: answer('plan', listed.unplanned ?? []),
        untold: answer('notice', listed.untold ?? []),
      },
      campaigns: {
        get: async (_, campaignId) => {
          reads.push(campaignId);
          return aCampaign({ campaignId, state: listed.pausedCampaigns?.includes(campaignId) ? 'paused' : 'active' });
        },
        overdue: answer('start', listed.overdue ?? []),
      },
      runs: { unfinished: async () => [] },
      jobs: { due: answer('job', listed.jobs ?? []) },
      sortings: {
        due: answer(
          'sorting',
          (listed.sortings ?? []).map((eventId) => ({ eventId, at: 0 })),
        ),
      },
      logger,
      count: (name, times) => void counted.push([name, times]),
    },
    { now: NOW_EPOCH, paused, late: people.all() },
  );
  return { lines: logger.lines, counted, asked, reads, works: logger.lines.map(({ work }) => work) };
}

const owed = (name: string, seconds: number): Partial<Registration> => ({
  greetDue: new Set([name]),
  greetDueAt: NOW_EPOCH - seconds,
});

test('while nothing is overdue, nothing is said and nothing counted: an idle stage pays for no metric', async () => {
  expect(await said({})).toMatchObject({ lines: [], counted: [] });
});

test('each list is asked for what is later than it should ever be, and what it holds is told, with who waits', async () => {
  const { asked, lines, counted } = await said({
    unplanned: ['ev1'],
    overdue: [{ eventId: 'ev2', campaignId: '2' }],
    untold: ['ev3'],
    jobs: ['ev4-j1'],
    sortings: ['ev5'],
  });
  for (const [work, after] of Object.entries(asked))
    expect(after, work).toBe(OVERDUE[work as keyof typeof OVERDUE].after);
  expect(lines.map(({ work, eventId, hurt }) => [work, eventId, hurt])).toEqual([
    ['plan', 'ev1', OVERDUE.plan.hurt],
    ['start', 'ev2', OVERDUE.start.hurt],
    ['notice', 'ev3', OVERDUE.notice.hurt],
    ['sorting', 'ev5', OVERDUE.sorting.hurt],
    ['job', 'ev4', OVERDUE.job.hurt],
  ]);
  expect(counted).toEqual([['WorkOverdue', 5]]);
});

test('people who have waited too long are told by number, with the one who waited longest, and never by name', async () => {
  const { lines, counted } = await said({}, [
    { ...owed('1@a1', 700), eventId: 'ev1' },
    { ...owed('1@a1', 4000), eventId: 'ev2' },
    owed(SEAT_DUE, 601),
    owed(ERASE_DUE, 901),
  ]);
  expect(lines).toEqual([
    {
      level: 'error',
      message: 'Work is overdue',
      work: 'mail',
      number: 2,
      lateFor: 4000,
      eventId: 'ev2',
      hurt: OVERDUE.mail.hurt,
    },
    expect.objectContaining({ work: 'seat', number: 1, lateFor: 601 }),
    expect.objectContaining({ work: 'erasure', number: 1, lateFor: 901 }),
  ]);
  expect(counted).toEqual([['WorkOverdue', 4]]);
});

test.each([
  ['a mail of ten minutes ago', owed('1@a1', 599)],
  ['a seat', owed(SEAT_DUE, 599)],
  ['an erasure, which may take longer', owed(ERASE_DUE, 899)],
])('%s is not late before its time', async (_, row) => {
  expect((await said({}, [row])).counted).toEqual([]);
});

test('what somebody stopped is not overdue: all mail, an event’s, or its confirmations', async () => {
  const late = [owed('1@a1', 5000), owed(SEAT_DUE, 5000)];
  expect((await said({}, late, true)).works).toEqual(['seat']);
  expect((await said({ eventPaused: true }, late)).works).toEqual(['seat']);
  expect((await said({ pausedCampaigns: ['1'] }, late)).works).toEqual(['seat']);
  expect((await said({ pausedCampaigns: ['1'] }, [owed('resend@q1', 5000)])).works).toEqual(['mail']);
});

test('who registered while a joining campaign is paused waits for its mail, as whoever paused it means them to', async () => {
  const late = owed('2@s1', 5000);
  expect((await said({ pausedCampaigns: ['2'] }, [late])).works).toEqual([]);
  expect((await said({}, [late])).works).toEqual(['mail']);
  expect((await said({ pausedCampaigns: ['1'] }, [late])).works).toEqual(['mail']);
  const both = { ...late, greetDue: new Set(['2@s1', '1@a1']) };
  expect((await said({ pausedCampaigns: ['2'] }, [both])).works).toEqual(['mail']);
  expect((await said({ pausedCampaigns: ['1', '2'] }, [both])).works).toEqual([]);
});

test('thousands who wait for what somebody paused hide nobody else, and cost one reading', async () => {
  const waiting = Array.from({ length: 3000 }, () => owed('2@s1', 5000));
  const { lines, reads } = await said({ pausedCampaigns: ['2'] }, [
    ...waiting,
    { ...owed('1@a1', 700), eventId: 'ev9' },
  ]);
  expect(lines).toMatchObject([{ work: 'mail', number: 1, lateFor: 700, eventId: 'ev9' }]);
  expect(reads.sort()).toEqual(['1', '2']);
});

test('a run whose people were not all looked up a quarter of an hour after it began is told of', async () => {
  const world = await running({ people: [{}, {}] });
  await world.begin();
  const logger = recordedLog();
  const counted: string[] = [];
  const { events, campaigns, runs } = world;
  const deps = {
    events,
    campaigns,
    runs,
    jobs: { due: async () => [] },
    sortings: { due: async () => [] },
    logger,
    count: (name: string) => void counted.push(name),
  };
  const at = (seconds: number) => watchWork(deps, { now: world.dueAt + seconds, paused: false, late: [] });
  await at(899);
  expect(counted).toEqual([]);
  await at(900);
  expect(counted).toEqual(['WorkOverdue']);
  expect(logger.lines).toMatchObject([
    { work: 'walk', number: 1, eventId: world.event.eventId, hurt: OVERDUE.walk.hurt },
  ]);
});
