import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minutesOf } from '#shared/domain/stay.ts';

const timed = (from: number, until: number) => ({ seconds: (until - from) * 60, from: from * 60, until: until * 60 });

test('stays are added up', () => {
  expect(minutesOf([{ seconds: 600 }, { seconds: 900 }])).toBe(25);
  expect(minutesOf([timed(0, 30), timed(40, 60)])).toBe(50);
  expect(minutesOf([])).toBe(0);
});

test('what overlaps counts once, however many devices and in whatever order', () => {
  expect(minutesOf([timed(0, 60), timed(30, 90)])).toBe(90);
  expect(minutesOf([timed(50, 60), timed(0, 100), timed(55, 120), timed(10, 20)])).toBe(120);
  expect(minutesOf([timed(0, 60), timed(0, 60), { seconds: 300 }])).toBe(65);
});

test('minutes are whole ones, the nearest', () => {
  expect(minutesOf([{ seconds: 89 }])).toBe(1);
  expect(minutesOf([{ seconds: 90 }])).toBe(2);
  expect(minutesOf([{ seconds: 20 }, { seconds: 20 }, { seconds: 20 }])).toBe(1);
});

test('nobody gains by being told of twice, nor loses by another stay', () => {
  const stay = fc.tuple(fc.nat(300), fc.nat(300)).map(([from, length]) => timed(from, from + length));
  fc.assert(
    fc.property(fc.array(stay, { maxLength: 8 }), stay, (stays, more) => {
      const [before, after] = [minutesOf(stays), minutesOf([...stays, more])];
      expect(after).toBeGreaterThanOrEqual(before);
      expect(minutesOf([...stays, ...stays])).toBe(before);
      const [first, last] = [Math.min(...stays.map(({ from }) => from)), Math.max(...stays.map(({ until }) => until))];
      if (stays.length > 0) expect(before * 60).toBeLessThanOrEqual(last - first);
    }),
  );
});
