import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstOf, MOVING, presentCommit } from '#test/simulation/moving-seeds.ts';

const commit = fc.stringMatching(/^[0-9a-f]{40}$/);

test('the same commit chooses the same histories, none of those that every commit lives through, and they can be replayed', () => {
  fc.assert(
    fc.property(commit, (name) => {
      const first = firstOf(name);
      expect(firstOf(name)).toBe(first);
      expect(first).toBeGreaterThan(1000);
      expect(Number.isSafeInteger(first + MOVING)).toBe(true);
    }),
  );
});

test('another commit chooses others', () => {
  fc.assert(
    fc.property(commit, commit, (a, b) => {
      fc.pre(a.slice(0, 8) !== b.slice(0, 8));
      expect(Math.abs(firstOf(a) - firstOf(b))).toBeGreaterThanOrEqual(MOVING);
    }),
  );
});

test('the commit that is checked out has a name; where there is no repository all take the same', () => {
  expect(presentCommit()).toMatch(/^[0-9a-f]{8,64}$/);
});
