import { expect, test } from 'vitest';
import { MOST_RETURNS, mayReturn, returnToLookAgain, returnWithoutSlot } from '#shared/domain/returns.ts';

test('a message comes back four times, and no more', () => {
  expect(Array.from({ length: 6 }, (_, tries) => mayReturn(tries))).toEqual([true, true, true, true, false, false]);
});

test('without a slot it stays away for 2 seconds, 15, and 2 minutes twice, up to a fifth longer', () => {
  const ladder = (jitter: number) => Array.from({ length: MOST_RETURNS }, (_, n) => returnWithoutSlot(n, jitter));
  expect(ladder(0)).toEqual([2, 15, 120, 120]);
  expect(ladder(0.999)).toEqual([3, 18, 144, 144]);
});

test('what is to be looked at again waits half as long again each time, whole seconds that SQS takes', () => {
  expect([0, 1, 2, 3].map((tries) => returnToLookAgain(5, tries, 0))).toEqual([5, 8, 12, 17]);
  expect(returnToLookAgain(75, 3, 0.5)).toBe(254);
  expect(returnToLookAgain(800, 3, 0)).toBe(900);
});
