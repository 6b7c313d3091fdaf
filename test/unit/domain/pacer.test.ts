import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Lease, lease, messageSize, Pacer, partSize, retuned, slowedDown } from '#shared/domain/pacer.ts';

const NOW = 1_800_000_000_000;
const aPacer = (given: Partial<Pacer> = {}): Pacer => ({
  tat: 0,
  rate: 10,
  timedUntil: 0,
  ceiling: 10,
  throttledAt: 0,
  ...given,
});
const granted = (leased: Lease) => {
  if (!leased.granted) throw new Error('The lease was refused');
  return leased;
};

test('slots are a rate apart, from the first free moment on', () => {
  const idle = granted(lease(aPacer(), { count: 2, lane: 'timed', now: NOW }));
  expect(idle.slots).toEqual([NOW, NOW + 100]);
  const next = granted(lease(idle.pacer, { count: 1, lane: 'timed', now: NOW + 50 }));
  expect(next.slots).toEqual([NOW + 200]);
});

test('a rest is not saved up: after an idle hour the rate is the rate', () => {
  const { pacer } = granted(lease(aPacer({ rate: 20 }), { count: 5, lane: 'timed', now: NOW }));
  const { slots } = granted(lease(pacer, { count: 5, lane: 'timed', now: NOW + 3_600_000 }));
  expect((slots[4] ?? 0) - (slots[0] ?? 0)).toBe(200);
});

test.each([
  ['timed', 1000, true],
  ['timed', 1001, false],
  ['bulk', 1000, true],
  ['bulk', 1001, false],
  ['now', 3000, true],
  ['now', 3001, false],
] as const)('lane %s leases while the first free moment is %i ms ahead: %s', (lane, ahead, may) => {
  const leased = lease(aPacer({ tat: NOW + ahead }), { count: 1, lane, now: NOW });
  expect(leased.granted).toBe(may);
  if (!leased.granted) expect(leased.retryIn).toBe(1);
});

test('however many are asked for, a lease is for a part: others have their turn after it', () => {
  const { slots, pacer } = granted(lease(aPacer({ rate: 14 }), { count: 13, lane: 'timed', now: NOW }));
  expect(slots).toHaveLength(3);
  expect(pacer.tat).toBeCloseTo(NOW + 3000 / 14, 5);
  expect(granted(lease(pacer, { count: 13, lane: 'timed', now: NOW })).slots[0]).toBe(pacer.tat);
});

test('bulk yields to timed until half a second after its last slot, and timed does not yield to bulk', () => {
  const timed = granted(lease(aPacer({ rate: 20 }), { count: 5, lane: 'timed', now: NOW })).pacer;
  const over = NOW + 250 + 500;
  expect(lease(timed, { count: 1, lane: 'bulk', now: NOW + 600 })).toEqual({
    granted: false,
    retryIn: over - NOW - 600,
  });
  expect(lease(timed, { count: 1, lane: 'bulk', now: over }).granted).toBe(true);
  const bulk = granted(lease(aPacer({ rate: 20 }), { count: 5, lane: 'bulk', now: NOW })).pacer;
  expect(bulk.timedUntil).toBe(0);
  expect(lease(bulk, { count: 1, lane: 'timed', now: NOW }).granted).toBe(true);
});

test('now keeps nobody away for good, and goes between the others', () => {
  const busy = aPacer({ tat: NOW + 1200, timedUntil: NOW + 1700 });
  expect(lease(busy, { count: 1, lane: 'timed', now: NOW }).granted).toBe(false);
  const first = granted(lease(busy, { count: 1, lane: 'now', now: NOW }));
  expect(first.slots).toEqual([NOW + 1200]);
  expect(first.pacer.timedUntil).toBe(busy.timedUntil);
});

test.each(['timed', 'bulk'] as const)(
  'while now is busy, %s takes only what would be lost, until it is not',
  (lane) => {
    const { pacer } = granted(lease(aPacer(), { count: 1, lane: 'now', now: NOW }));
    expect(pacer).toMatchObject({ tat: NOW + 100, nowUntil: NOW + 400 });
    const crowded = { ...pacer, tat: NOW + 301 };
    expect(lease(crowded, { count: 1, lane, now: NOW + 200 })).toEqual({ granted: false, retryIn: 1 });
    expect(lease(crowded, { count: 1, lane, now: NOW + 201 }).granted).toBe(true);
    expect(lease({ ...crowded, tat: NOW + 1300 }, { count: 1, lane, now: NOW + 400 }).granted).toBe(true);
  },
);

test('a pacer of an earlier version, which knew nothing of now, parses and leases', () => {
  const { nowUntil: _, ...earlier } = aPacer();
  const parsed = Pacer.parse(earlier);
  expect(lease(parsed, { count: 1, lane: 'timed', now: NOW }).granted).toBe(true);
  expect(Pacer.parse(granted(lease(parsed, { count: 1, lane: 'now', now: NOW })).pacer).nowUntil).toBe(NOW + 400);
});

const lane = fc.constantFrom('now' as const, 'timed' as const, 'bulk' as const);
const asked = fc.record({
  wait: fc.nat({ max: 700 }),
  count: fc.integer({ min: 1, max: 50 }),
  lane,
});

test('whatever is leased when, no second has more than rate + 1 slots, and no slot lies in the past', () => {
  const rate = fc.oneof(fc.constantFrom(0.5, 1, 14, 300, 1000), fc.double({ min: 0.5, max: 500, noNaN: true }));
  fc.assert(
    fc.property(rate, fc.array(asked, { maxLength: 40 }), (perSecond, requests) => {
      let pacer = aPacer({ rate: perSecond, ceiling: perSecond });
      let now = NOW;
      const slots: number[] = [];
      for (const { wait, count, lane: from } of requests) {
        now += wait;
        const leased = lease(pacer, { count, lane: from, now });
        if (!leased.granted) {
          expect(leased.retryIn).toBeGreaterThan(0);
          continue;
        }
        expect(leased.slots).toHaveLength(Math.min(count, partSize(perSecond)));
        expect(Math.min(...leased.slots)).toBeGreaterThanOrEqual(now);
        slots.push(...leased.slots);
        pacer = leased.pacer;
      }
      for (const [at, slot] of slots.entries()) {
        const within = slots.slice(at).filter((each) => each < slot + 1000 - 1e-3).length;
        expect(within).toBeLessThanOrEqual(Math.ceil(perSecond) + 1);
      }
    }),
  );
});

test('who waits as long as they are told to is granted, if nobody else came', () => {
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 10 }), asked, (before, { count, lane: from }) => {
      let pacer = aPacer();
      for (const { count: n, lane: by } of before) {
        const leased = lease(pacer, { count: n, lane: by, now: NOW });
        if (leased.granted) pacer = leased.pacer;
      }
      let now = NOW;
      let leased = lease(pacer, { count, lane: from, now });
      // Bulk may be told of timed first, then of the queue.
      for (let n = 0; n < 2 && !leased.granted; n++) {
        now += leased.retryIn;
        leased = lease(pacer, { count, lane: from, now });
      }
      expect(leased.granted).toBe(true);
    }),
  );
});

test.each([
  [0.5, 1, 1],
  [1, 1, 1],
  [4, 4, 1],
  [8, 8, 2],
  [9.8, 9, 2],
  [10, 20, 2],
  [13.72, 27, 3],
  [49, 50, 12],
  [300, 50, 50],
  [1000, 50, 50],
])('at %d a second a message names %i people, and a lease is for %i', (rate, message, part) => {
  expect(messageSize(rate)).toBe(message);
  expect(partSize(rate)).toBe(part);
});

test('throttled, everybody slows down by a fifth, once a second, never below one in two seconds', () => {
  const slow = slowedDown(aPacer(), NOW);
  expect(slow).toMatchObject({ rate: 8, ceiling: 10, throttledAt: NOW });
  expect(slowedDown(slow, NOW + 999)).toBe(slow);
  expect(slowedDown(slow, NOW + 1000)).toMatchObject({ rate: 6.4 });
  let pacer = aPacer();
  for (let second = 0; second < 60; second++) pacer = slowedDown(pacer, NOW + second * 1000);
  expect(pacer.rate).toBe(0.5);
});

test('after a calm minute the rate rises by a tenth of what the account may, up to that', () => {
  const account = { maxSendRate: 100 };
  let pacer = slowedDown(aPacer({ rate: 98, ceiling: 98 }), NOW);
  pacer = retuned(pacer, account, NOW + 59_999);
  expect(pacer.rate).toBeCloseTo(78.4);
  const rates = [1, 2, 3, 4].map((minute) => {
    pacer = retuned(pacer, account, NOW + minute * 60_000);
    return Math.round(pacer.rate * 10) / 10;
  });
  expect(rates).toEqual([88.2, 98, 98, 98]);
});

test('an account that may send less, or more, is followed within minutes', () => {
  const less = retuned(aPacer({ rate: 98, ceiling: 98 }), { maxSendRate: 14 }, NOW);
  expect(less).toMatchObject({ ceiling: 14 * 0.98, rate: 14 * 0.98 });
  let more = retuned(less, { maxSendRate: 100 }, NOW);
  for (let minute = 1; minute <= 10; minute++) more = retuned(more, { maxSendRate: 100 }, NOW + minute * 60_000);
  expect(more.rate).toBe(98);
});

test('a fresh pacer starts at what the account may, less a margin, and knows the quota', () => {
  const fresh = retuned(undefined, { maxSendRate: 14, quotaLeft: 180 }, NOW);
  expect(Pacer.parse(fresh)).toEqual(fresh);
  expect(fresh).toMatchObject({ rate: 14 * 0.98, ceiling: 14 * 0.98, quotaLeft: 180 });
});

test('what is left of the quota is what was seen last, and nothing once there is no quota', () => {
  const out = retuned(aPacer({ quotaLeft: 5 }), { maxSendRate: 14, quotaLeft: 0 }, NOW);
  expect(out.quotaLeft).toBe(0);
  expect(retuned(out, { maxSendRate: 14 }, NOW)).not.toHaveProperty('quotaLeft');
});

test('slowing down and speeding up, the rate stays between its bounds', () => {
  const change = fc.oneof(fc.constant('throttled' as const), fc.double({ min: 1, max: 1000, noNaN: true }));
  fc.assert(
    fc.property(fc.array(fc.tuple(change, fc.nat({ max: 120_000 })), { maxLength: 40 }), (changes) => {
      let pacer = aPacer();
      let now = NOW;
      for (const [what, wait] of changes) {
        now += wait;
        pacer = what === 'throttled' ? slowedDown(pacer, now) : retuned(pacer, { maxSendRate: what }, now);
        expect(pacer.rate).toBeGreaterThanOrEqual(0.5);
        expect(pacer.rate).toBeLessThanOrEqual(Math.max(0.5, pacer.ceiling));
      }
    }),
  );
});
