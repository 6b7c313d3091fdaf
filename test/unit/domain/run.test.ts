import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SHARDS } from '#shared/domain/ids.ts';
import { MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import {
  careFor,
  countsOf,
  missingShards,
  progressOf,
  Run,
  runState,
  startRun,
  type Tally,
} from '#shared/domain/run.ts';
import { anEvent, aReminder } from '#test/support/builders.ts';

const event = anEvent();
const [START, END] = [Date.parse(event.startInstant) / 1000, Date.parse(event.endInstant) / 1000];
const FIRED = START - 3600;
const STALLED = 300;

const aRun = (given: Partial<Run> = {}): Run => ({
  ...startRun(event, aReminder(), { occasion: 's1', firedAt: FIRED, now: FIRED + 1 }),
  ...given,
});
const tally = (pass: number, open: number, given: Partial<Tally> = {}): Tally => ({
  pass,
  open,
  sent: 0,
  skipped: 0,
  failed: 0,
  held: 0,
  ...given,
});
/** All shards walked in this pass, with so many open people each. */
const walked = (pass: number, open: number, given: Partial<Tally> = {}): Record<string, Tally> =>
  Object.fromEntries(Array.from({ length: SHARDS }, (_, shard) => [shard, tally(pass, open, given)]));

test('a new run is in its first pass, has walked nowhere, and knows until when its mail may go', () => {
  const run = aRun();
  expect(Run.parse(run)).toEqual(run);
  expect(run).toMatchObject({ pass: 1, firedAt: FIRED, startedAt: FIRED + 1, notAfter: START, shards: {} });
  expect(missingShards(run)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect([runState(run), progressOf(run)]).toEqual(['running', 0]);
});

test.each(['joining', 'reminder', 'survey', 'nudge', 'announcement'] as const)(
  'the not after of a run of kind %s is that of its kind, from its fire time on',
  (kind) => {
    const run = startRun(event, aReminder({ kind }), { occasion: 'x', firedAt: FIRED, now: FIRED + 900 });
    expect(run.notAfter).toBe(MAIL_RULES[kind].notAfter({ start: START, end: END, owedSince: FIRED }));
  },
);

test('a run is waiting while it has a stamp, and finished for good', () => {
  expect(runState(aRun({ waiting: 'stamp' }))).toBe('waiting');
  expect(runState(aRun({ waiting: 'stamp', finishedAt: FIRED + 60 }))).toBe('finished');
});

test('counts are over all shards, whatever pass each was last walked in', () => {
  const shards = {
    0: tally(2, 1, { sent: 5 }),
    1: tally(1, 3, { skipped: 2, held: 1 }),
    2: tally(2, 0, { failed: 1 }),
  };
  expect(countsOf({ shards })).toEqual({ open: 4, sent: 5, skipped: 2, failed: 1, held: 1 });
});

describe('what sweep does about a run', () => {
  const care = (given: Partial<Run>, after = 10) =>
    careFor(aRun(given), (given.touchedAt ?? FIRED + 1) + after, STALLED);

  test.each<[string, Partial<Run>, number, string]>([
    ['a walk is under way', { shards: { 0: tally(1, 3) } }, 299, 'nothing'],
    ['a walk is lost', { shards: { 0: tally(1, 3) } }, 300, 'walk-missing'],
    ['nobody is open', { shards: walked(1, 0, { sent: 9 }) }, 0, 'finish'],
    ['nobody was addressed at all', { shards: walked(1, 0) }, 0, 'finish'],
    ['people are open and being sent to', { shards: walked(1, 2), settledInPass: 15 }, 299, 'nothing'],
    ['all that was open seems settled', { shards: walked(1, 2), settledInPass: 16 }, 0, 'next-pass'],
    ['nothing has happened for long', { shards: walked(1, 2), settledInPass: 3 }, 300, 'next-pass'],
    ['people of one shard were open before', { pass: 2, shards: { ...walked(2, 0), 3: tally(1, 1) } }, 10, 'nothing'],
    ['and stay so', { pass: 2, shards: { ...walked(2, 0), 3: tally(1, 1) } }, 300, 'walk-missing'],
    ['nobody of that shard was open', { pass: 2, shards: { ...walked(2, 0), 3: tally(1, 0) } }, 10, 'finish'],
    ['and some may be again', { pass: 2, anewSince: 2, shards: { ...walked(2, 0), 3: tally(1, 0) } }, 10, 'nothing'],
  ])('%s', (_, given, after, what) => {
    expect(care(given, after)).toBe(what);
  });
});

/** People in shards, and a run over them that loses walks, chunks and hints as told. */
interface World {
  run: Run;
  now: number;
  /** How each person stands: open, or settled. */
  readonly people: ('open' | 'sent' | 'skipped')[][];
}

const walk = (world: World, shard: number) => {
  const people = world.people[shard] ?? [];
  const count = (state: string) => people.filter((each) => each === state).length;
  const met = { ...tally(world.run.pass, count('open')), sent: count('sent'), skipped: count('skipped') };
  world.run = { ...world.run, shards: { ...world.run.shards, [shard]: met }, touchedAt: world.now };
};

/** Settles somebody; the hint about it may be lost, or come twice. */
const settle = (world: World, shard: number, { as, hints }: { as: 'sent' | 'skipped'; hints: number }) => {
  const people = world.people[shard] ?? [];
  const at = people.indexOf('open');
  if (at < 0) return;
  people[at] = as;
  world.run = { ...world.run, settledInPass: world.run.settledInPass + hints };
  if (hints > 0) world.run = { ...world.run, touchedAt: world.now };
};

const nextPass = (run: Run, now: number): Run => ({
  ...run,
  pass: run.pass + 1,
  settledInPass: 0,
  touchedAt: now,
  progressed: progressOf(run),
});

const shardOfPeople = fc.array(fc.constantFrom('open' as const, 'sent' as const, 'skipped' as const), { maxLength: 6 });
const crowd = fc.array(shardOfPeople, { minLength: SHARDS, maxLength: SHARDS });
const shard = fc.nat({ max: SHARDS - 1 });
const step = fc.oneof(
  fc.record({ do: fc.constant('walk' as const), shard }),
  fc.record({
    do: fc.constant('settle' as const),
    shard,
    as: fc.constantFrom('sent' as const, 'skipped' as const),
    hints: fc.nat({ max: 2 }),
  }),
  fc.record({ do: fc.constant('sweep' as const), seconds: fc.nat({ max: 400 }) }),
);

type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

const opening = (people: World['people']): World => ({
  run: aRun(),
  now: FIRED + 1,
  people: people.map((each) => [...each]),
});

function take(world: World, what: Step): void {
  switch (what.do) {
    case 'walk':
      walk(world, what.shard);
      break;
    case 'settle':
      settle(world, what.shard, what);
      break;
    case 'sweep': {
      world.now += what.seconds;
      const care = careFor(world.run, world.now, STALLED);
      if (care === 'next-pass') world.run = nextPass(world.run, world.now);
      if (care === 'walk-missing') world.run = { ...world.run, touchedAt: world.now };
      if (care === 'finish') world.run = { ...world.run, finishedAt: world.now };
    }
  }
}

test('whatever gets lost or repeated, a run ends, and ends only with nobody unaccounted', () => {
  fc.assert(
    fc.property(crowd, fc.array(step, { maxLength: 60 }), (people, steps) => {
      const world = opening(people);
      const open = () => world.people.flat().filter((each) => each === 'open').length;
      for (const what of steps) {
        take(world, what);
        if (world.run.finishedAt !== undefined) break;
      }
      // From here on nothing is lost: each minute sweeps, and what it sends out is done before the next.
      for (let minute = 0; minute < 30 && world.run.finishedAt === undefined; minute++) {
        world.now += 60;
        const care = careFor(world.run, world.now, STALLED);
        if (care === 'next-pass') world.run = nextPass(world.run, world.now);
        if (care === 'finish') world.run = { ...world.run, finishedAt: world.now };
        if (care === 'walk-missing' || care === 'next-pass') {
          for (const at of missingShards(world.run)) walk(world, at);
          for (let at = 0; at < SHARDS; at++) {
            while (world.people[at]?.includes('open')) settle(world, at, { as: 'sent', hints: 1 });
          }
        }
      }
      expect(world.run.finishedAt).toBeDefined();
      expect(open()).toBe(0);
      const { open: left, ...settled } = countsOf(world.run);
      expect(left).toBe(0);
      expect(Object.values(settled).reduce((sum, each) => sum + each, 0)).toBe(world.people.flat().length);
    }),
    { numRuns: 300 },
  );
});

test('progress is a share that only rises, and is 1 when the run is finished and not before', () => {
  fc.assert(
    fc.property(crowd, fc.array(step, { maxLength: 60 }), (people, steps) => {
      const world = opening(people);
      let before = 0;
      for (const what of steps) {
        take(world, what);
        const progress = progressOf(world.run);
        expect(progress === 1).toBe(world.run.finishedAt !== undefined);
        expect(progress).toBeGreaterThanOrEqual(0);
        expect(progress).toBeLessThanOrEqual(1);
        expect(progress).toBeGreaterThanOrEqual(before);
        before = progress;
        if (world.run.finishedAt !== undefined) break;
      }
    }),
    { numRuns: 300 },
  );
});
