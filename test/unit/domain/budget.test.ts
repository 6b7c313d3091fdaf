import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowanceOf, type Budgets, isBeyondNetwork, networkOf, type Spent } from '#shared/domain/budget.ts';

const budgets: Budgets = {
  address: { limit: 3, seconds: 3600 },
  ipPrefix: { limit: 100, seconds: 600 },
  event: { limit: 1000, seconds: 300 },
  overall: { limit: 10_000, seconds: 60 },
};
const first: Spent = { ipPrefix: 1, event: 1, overall: 1 };
const allowed = (spent: Partial<Spent>) => allowanceOf({ ...first, ...spent }, budgets);

test('within every budget a mail goes at once', () => {
  expect(allowed({})).toEqual({ delay: 0, dropped: false });
  expect(allowed({ ipPrefix: 100, event: 1000, overall: 10_000 })).toEqual({ delay: 0, dropped: false });
});

test.each([
  [{ ipPrefix: 101 }, 600],
  [{ ipPrefix: 200 }, 600],
  [{ ipPrefix: 201 }, 1200],
  [{ event: 1001 }, 300],
  [{ overall: 10_001 }, 60],
  [{ ipPrefix: 101, event: 5001, overall: 10_001 }, 1500],
])('%j waits %d s: the n-th windowful goes n windows later, and the slowest budget counts', (spent, delay) => {
  expect(allowed(spent)).toEqual({ delay, dropped: false });
});

test('what its network may not cause is not counted above it, so nothing there delays it', () => {
  expect(allowanceOf({ ipPrefix: 101 }, budgets)).toEqual({ delay: 600, dropped: false });
  expect([100, 101].map((spent) => isBeyondNetwork(spent, budgets))).toEqual([false, true]);
});

test('a mail waits no longer than it may, however many were asked for', () => {
  expect(allowanceOf({ ipPrefix: 5000 }, budgets, 1234)).toEqual({ delay: 1234, dropped: false });
  expect(allowanceOf({ ipPrefix: 5000 }, budgets, -1)).toEqual({ delay: 0, dropped: false });
});

test('one more never makes it faster, and network, event and all together drop nothing', () => {
  const spent = fc.record({ ipPrefix: fc.nat(1e6), event: fc.nat(1e6), overall: fc.nat(1e6) });
  fc.assert(
    fc.property(spent, fc.constantFrom('ipPrefix' as const, 'event' as const, 'overall' as const), (before, scope) => {
      const [then, now] = [allowed(before), allowed({ ...before, [scope]: before[scope] + 1 })];
      expect(now.delay).toBeGreaterThanOrEqual(then.delay);
      expect(now.dropped).toBe(false);
    }),
  );
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:85a3::8a2e:370:7334', '2001:db8:85a3'],
  ['2001:0DB8:85A3:0000:0000:8a2e:0370:7334', '2001:db8:85a3'],
  ['2001:db8::1', '2001:db8:0'],
  ['2001::1', '2001:0:0'],
  ['::1', '0:0:0'],
  ['::', '0:0:0'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:203.0.113.7', '203.0.113.7'],
])('%s comes from %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

test('every address of one /48 is the same network, however it is written, and the next /48 is another', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.tuple(group, group, group), fc.array(group, { minLength: 5, maxLength: 5 }), ([a, b, c], rest) => {
      const written = (groups: number[]) => groups.map((each) => each.toString(16)).join(':');
      const padded = (groups: number[]) =>
        groups.map((each) => each.toString(16).padStart(4, '0').toUpperCase()).join(':');
      const network = networkOf(written([a, b, c, ...rest]));
      expect(networkOf(padded([a, b, c, ...rest]))).toBe(network);
      expect(networkOf(`${written([a, b, c])}::${written(rest.slice(0, 3))}`)).toBe(network);
      expect(networkOf(`${written([a, b, c])}::`)).toBe(network);
      expect(networkOf(written([a, b, c ^ 1, ...rest]))).not.toBe(network);
    }),
  );
});
