import { expect, test } from 'vitest';
import { corpus } from './corpus.ts';
import { firstOf, MOVING, presentCommit } from './moving-seeds.ts';
import { simulate } from './simulate.ts';
import { seedsFrom, simulateAll } from './simulate-all.ts';
import { complaints } from './summary.ts';
import { neverStruck } from './tally.ts';

test('histories that once broke a promise keep them all', async () => {
  expect((await simulateAll(corpus().map(({ seed }) => seed))).broken).toEqual([]);
});

test('2,000 histories keep every promise, and every fault strikes in some', async () => {
  const tally = await simulateAll(seedsFrom(1, 2000));
  expect(tally.broken).toEqual([]);
  expect(neverStruck(tally)).toEqual([]);
});

test('500 more, which this commit chooses, keep every promise', async () => {
  const first = firstOf(presentCommit());
  const replay = `npm run simulate -- --from ${first} --seeds ${MOVING}`;
  process.stdout.write(`The histories this commit chooses: ${replay}\n`);
  const tally = await simulateAll(seedsFrom(first, MOVING));
  expect(complaints(tally), `${replay}; on the commit before, it tells whether this one broke them`).toEqual([]);
});

test.each([1, 2, 3])('seed %i makes the same history to the letter', async (seed) => {
  const told: string[][] = [[], []];
  for (const lines of told) await simulate(seed, (line) => void lines.push(line));
  expect(told[0]?.length).toBeGreaterThan(10);
  expect(told[1]).toEqual(told[0]);
});
