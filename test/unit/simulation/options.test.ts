import { describe, expect, test } from 'vitest';
import { firstOf, type SimulateOptions, simulateOptions } from '#test/simulation/options.ts';

const NOW = new Date('2026-11-30T20:00:00Z');
const read = (line: string, SEED?: string): SimulateOptions =>
  simulateOptions(
    line.split(' ').filter((word) => word !== ''),
    { SEED, now: NOW },
  );

test('without a word 2,000 histories are lived through, from the first on', () => {
  expect(read('')).toEqual({ do: 'many', plan: { from: 1, seeds: 2000 }, summary: undefined });
});

test('as many as are asked for, from where it is said, with a summary', () => {
  expect(read('--from 2001 --seeds 50000 --summary page.md')).toEqual({
    do: 'many',
    plan: { from: 2001, seeds: 50_000 },
    summary: 'page.md',
  });
});

test('a long run begins with the day, unless it is said where', () => {
  expect(read('--hours 5')).toMatchObject({ plan: { from: 202611300000001, hours: 5 } });
  expect(read('--hours 0.5 --from 7')).toMatchObject({ plan: { from: 7, hours: 0.5 } });
});

test('no two days share a seed, though a run lasts a week at ten a second, and each can be replayed', () => {
  const days = [NOW, new Date('2026-12-01T00:00:00Z'), new Date('2099-12-31T23:59:59Z')].map(firstOf);
  for (const [n, first] of days.entries()) {
    expect(Number.isSafeInteger(first)).toBe(true);
    expect(read('', String(first))).toEqual({ do: 'one', seed: first });
    if (n > 0) expect(first - (days[n - 1] ?? 0)).toBeGreaterThan(7 * 24 * 3600 * 10);
  }
});

test('SEED asks for one of them', () => {
  expect(read('', '17')).toEqual({ do: 'one', seed: 17 });
});

describe('what cannot be meant is refused with a sentence', () => {
  test.each([
    ['--hours 1 --seeds 5', '--seeds or --hours, not both'],
    ['--hours 0', '--hours is a number up to 168'],
    ['--hours soon', '--hours is a number up to 168'],
    ['--hours 1000', '--hours is a number up to 168'],
    ['--seeds 0', '--seeds is a whole number from 1 on'],
    ['--from -3', 'npm run simulate -- --help'],
    ['--from 1.5', '--from is a whole number from 1 on'],
    ['--sedes 5', 'npm run simulate -- --help'],
    ['five', 'npm run simulate -- --help'],
  ])('%s', (line, says) => {
    expect(() => read(line)).toThrow(says);
  });

  test('a seed that is none', () => {
    expect(() => read('', 'first')).toThrow('SEED is a whole number from 1 on, not “first”');
  });
});
