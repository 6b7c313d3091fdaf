import { expect, test } from 'vitest';
import corpus from './corpus.json' with { type: 'json' };
import { simulate } from './simulate.ts';
import { seedsFrom, simulateAll } from './simulate-all.ts';
import { neverStruck } from './tally.ts';

test('histories that once broke a promise keep them all', async () => {
  expect((await simulateAll(corpus)).broken).toEqual([]);
});

test('2,000 histories keep every promise, and every fault strikes in some', async () => {
  const tally = await simulateAll(seedsFrom(1, 2000));
  expect(tally.broken).toEqual([]);
  expect(neverStruck(tally)).toEqual([]);
});

test.each([1, 2, 3])('seed %i makes the same history to the letter', async (seed) => {
  const told: string[][] = [[], []];
  for (const lines of told) await simulate(seed, (line) => void lines.push(line));
  expect(told[0]?.length).toBeGreaterThan(10);
  expect(told[1]).toEqual(told[0]);
});
