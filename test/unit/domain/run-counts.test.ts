import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SHARDS } from '#shared/domain/ids.ts';
import { countsOf, type Run, startRun, type Tally } from '#shared/domain/run.ts';
import { settledSince, shownCounts } from '#shared/domain/run-counts.ts';
import { anEvent, aReminder } from '#test/support/builders.ts';

type Person = 'open' | 'sent' | 'skipped';

/** A run, and what its people are in truth. */
interface World {
  run: Run;
  readonly people: Person[][];
}

const number = (people: readonly Person[], state: Person) => people.filter((each) => each === state).length;
const tallyOf = (people: readonly Person[], pass: number): Tally => ({
  pass,
  open: number(people, 'open'),
  sent: number(people, 'sent'),
  skipped: number(people, 'skipped'),
  failed: 0,
  held: 0,
});

const opening = (sizes: readonly number[]): World => {
  const run = startRun(anEvent(), aReminder(), { occasion: 's1', firedAt: 100, now: 100 });
  const world: World = { run, people: sizes.map((size) => Array.from({ length: size }, () => 'open' as const)) };
  for (let shard = 0; shard < SHARDS; shard++) walk(world, shard);
  return world;
};

function walk(world: World, shard: number): void {
  const met = tallyOf(world.people[shard] ?? [], world.run.pass);
  world.run = { ...world.run, shards: { ...world.run.shards, [shard]: met } };
}

/** Settles one of a shard, and the lane says so. */
function settle(world: World, shard: number, as: 'sent' | 'skipped'): void {
  const people = world.people[shard] ?? [];
  const at = people.indexOf('open');
  if (at < 0) return;
  people[at] = as;
  const { settledInPass, sentHint } = world.run;
  world.run = {
    ...world.run,
    settledInPass: settledInPass + 1,
    sentHint: sentHint + (as === 'sent' ? 1 : 0),
  };
}

function nextPass(world: World): void {
  const { run } = world;
  world.run = { ...run, pass: run.pass + 1, settledInPass: 0, settledBefore: settledSince(run) };
}

const crowd = fc.array(fc.nat({ max: 6 }), { minLength: SHARDS, maxLength: SHARDS });
const sum = ({ open, sent, skipped, failed, held }: Omit<Tally, 'pass'>) => open + sent + skipped + failed + held;

test('once the last mail is sent nobody is shown as open, also while the next walk is still to come', () => {
  fc.assert(
    fc.property(crowd, (sizes) => {
      const world = opening(sizes);
      const all = sizes.reduce((total, each) => total + each, 0);
      for (let shard = 0; shard < SHARDS; shard++) {
        while (world.people[shard]?.includes('open')) settle(world, shard, 'sent');
      }
      const done = { open: 0, sent: all, skipped: 0, failed: 0, held: 0 };
      expect(shownCounts(world.run)).toEqual(done);
      nextPass(world);
      expect(shownCounts(world.run)).toEqual(done);
      for (let shard = 0; shard < SHARDS; shard++) {
        walk(world, shard);
        expect(shownCounts(world.run)).toEqual(done);
      }
    }),
  );
});

const step = fc.oneof(
  fc.record({ shard: fc.nat({ max: SHARDS - 1 }), as: fc.constantFrom('sent' as const, 'skipped' as const) }),
  fc.record({ walk: fc.nat({ max: SHARDS - 1 }) }),
  fc.constant('next pass' as const),
);

test('whatever is walked and settled in whatever order, the counts add up to everybody, and a walk of all is the truth', () => {
  fc.assert(
    fc.property(crowd, fc.array(step, { maxLength: 60 }), (sizes, steps) => {
      const world = opening(sizes);
      for (const what of steps) {
        if (what === 'next pass') nextPass(world);
        else if ('walk' in what) walk(world, what.walk);
        else settle(world, what.shard, what.as);
        const shown = shownCounts(world.run);
        expect(sum(shown)).toBe(sizes.reduce((total, each) => total + each, 0));
        expect(Math.min(...Object.values(shown))).toBeGreaterThanOrEqual(0);
      }
      nextPass(world);
      world.run = { ...world.run, settledBefore: 0 };
      for (let shard = 0; shard < SHARDS; shard++) walk(world, shard);
      const { pass: _, ...truth } = tallyOf(world.people.flat(), 0);
      expect(shownCounts(world.run)).toEqual(truth);
      expect(countsOf(world.run)).toEqual(truth);
    }),
  );
});

test('nobody of a finished run is open: who is left, as its campaign is gone, was skipped', () => {
  const world = opening([5, 0, 0, 0, 0, 0, 0, 0]);
  settle(world, 0, 'sent');
  expect(shownCounts(world.run)).toMatchObject({ open: 4, sent: 1, skipped: 0 });
  expect(shownCounts({ ...world.run, finishedAt: 200 })).toMatchObject({ open: 0, sent: 1, skipped: 4 });
});
