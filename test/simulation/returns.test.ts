import { describe, expect, test } from 'vitest';
import { MOST_RETURNS } from '#shared/domain/returns.ts';
import { type LaneSpec, laneRun } from './bench/lanes.ts';

const total = ({ runs }: LaneSpec) => runs.reduce((sum, { people }) => sum + people, 0);

/** Everybody has one mail, and no message of theirs was ever near to what Lambda takes for a loop. */
async function bounded(spec: LaneSpec) {
  const outcome = await laneRun(spec);
  expect(outcome).toMatchObject({ loops: 0, deadLetters: 0, mails: total(spec), twice: 0 });
  expect(outcome.mostReturns).toBeLessThanOrEqual(MOST_RETURNS);
  return outcome;
}

// Where a refused lease went back into its queue, 35, 432, 93 and 161 of their messages were taken for loops.
describe.each([2, 4])('%i workers, as a delivered stage has them: no message is taken for a loop', (workers) => {
  test.each<[string, Omit<LaneSpec, 'workers'>]>([
    ['an announcement to 60 at 1/s', { rate: 1, runs: [{ kind: 'announcement', people: 60 }] }],
    ['a reminder to 200 at 1/s', { rate: 1, runs: [{ kind: 'reminder', people: 200 }] }],
    [
      'mail to 300 that yields to a reminder to 2,000, at 14/s',
      {
        rate: 14,
        runs: [
          { kind: 'announcement', people: 300 },
          { kind: 'reminder', people: 2000, after: 2 },
        ],
      },
    ],
    [
      'mail to 2,000 that yields to a reminder to 10,000, at 50/s',
      {
        rate: 50,
        runs: [
          { kind: 'announcement', people: 2000 },
          { kind: 'reminder', people: 10_000, after: 2 },
        ],
      },
    ],
  ])('%s', async (_, spec) => {
    await bounded({ workers, ...spec });
  });
});

describe('at any rate, with few workers and with many', () => {
  const rates = [1, 14, 300].flatMap((rate) => [2, 4, 40].map((workers) => [rate, workers] as const));
  test.each(rates)('%i/s with %i workers', async (rate, workers) => {
    const people = { 1: 300, 14: 5000, 300: 6000 }[rate] ?? 0;
    const { share, requests } = await bounded({ rate, workers, runs: [{ kind: 'reminder', people }] });
    if (workers >= 3 && (rate < 300 || workers > 4)) expect(share).toBeGreaterThan(0.97);
    if (rate === 1) expect(requests.timed).toBeLessThanOrEqual(workers > 4 ? 3.5 : 3);
    if (rate === 14) expect(requests.timed).toBeLessThanOrEqual(0.3);
  });
});

test('stopped for a second and for minutes, and kept away in between, everybody has their mail, and nothing loops', async () => {
  const outcome = await bounded({
    rate: 14,
    workers: 4,
    runs: [
      { kind: 'announcement', people: 600 },
      { kind: 'reminder', people: 1500, after: 5 },
    ],
    pauses: [
      { at: 20, lasts: 1 },
      { at: 60, lasts: 240 },
      { at: 400, lasts: 30 },
    ],
  });
  expect(outcome.last).toBeLessThan(1200);
});

// A reminder in doubt is sent again, so that everybody has one; other kinds may be held for the organiser.
test('workers that die at their calls make no chain longer', async () => {
  await bounded({
    rate: 14,
    workers: 4,
    crashes: 0.02,
    runs: [
      { kind: 'reminder', people: 300 },
      { kind: 'reminder', people: 1500, after: 5 },
    ],
  });
});
