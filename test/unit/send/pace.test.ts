import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pace } from '#functions/send/pace.ts';
import { retune } from '#functions/sweep/retune.ts';
import type { Lane } from '#shared/domain/mail-kinds.ts';
import type { Pacer } from '#shared/domain/pacer.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { TIMINGS } from '#test/support/sending.ts';
import { virtualClock } from '#test/support/virtual-clock.ts';

/** Lanes that share one pacer, as sweep has set it. */
async function road(given: Partial<Pacer> = {}) {
  const pacer = pacerStore(memoryTable());
  const { clock, finish } = virtualClock(NOW_EPOCH * 1000);
  const start: Pacer = { tat: 0, rate: 10, timedUntil: 0, ceiling: 10, throttledAt: 0, ...given };
  await pacer.move(undefined, start);
  const lane = (name: Lane, store = pacer, jitter = () => 0) =>
    pace({ pacer: store, clock, lane: name, initialRate: 1, jitter, timings: TIMINGS });
  return { pacer, lane, clock, finish };
}
const start = NOW_EPOCH * 1000;

test('who finds nothing set yet starts slowly', async () => {
  const pacer = pacerStore(memoryTable());
  const { clock } = virtualClock(start);
  const { lease } = pace({ pacer, clock, lane: 'timed', initialRate: 2, jitter: () => 0, timings: TIMINGS });
  expect(await lease(1)).toEqual({ slots: [start] });
  expect(await lease(1)).toEqual({ slots: [start + 1000 / (2 * 0.98)] });
  expect(await pacer.get()).toMatchObject({ rate: 2 * 0.98 });
});

test('two workers at one moment get slots one after the other', async () => {
  const { lane } = await road();
  const leases = await Promise.all([lane('timed').lease(2), lane('timed').lease(2)]);
  const slots = leases.flatMap((leased) => ('slots' in leased ? leased.slots : []));
  expect(slots.toSorted((a, b) => a - b)).toEqual([0, 100, 200, 300].map((each) => start + each));
});

test('who always comes second goes back and tries later', async () => {
  const { pacer, lane } = await road();
  const rushed = {
    ...pacer,
    move: async () => ({ moved: false as const, now: await pacer.get() }),
  };
  expect(await lane('timed', rushed).lease(1)).toEqual({ retryIn: 1000 });
});

test('a reply of the table that got lost costs slots, never the rate', async () => {
  const { pacer, lane } = await road();
  let lost = true;
  const lossy: typeof pacer = {
    ...pacer,
    move: async (...args) => {
      const moved = await pacer.move(...args);
      if (!lost) return moved;
      lost = false;
      return pacer.move(...args);
    },
  };
  const first = await lane('timed', lossy).lease(2);
  const second = await lane('timed').lease(2);
  const slots = [first, second].flatMap((leased) => ('slots' in leased ? leased.slots : []));
  expect(slots.map((slot) => slot - start)).toEqual([200, 300, 400, 500]);
});

test('out of quota only lane now may send: people wait for their confirmation', async () => {
  const { lane } = await road({ quotaLeft: 0 });
  expect(await lane('timed').lease(1)).toEqual({ noQuota: true });
  expect(await lane('bulk').lease(1)).toEqual({ noQuota: true });
  expect(await lane('now').lease(1)).toHaveProperty('slots');
});

test('throttled at once by many workers, the rate falls once', async () => {
  const { pacer, lane } = await road();
  await Promise.all(Array.from({ length: 5 }, () => lane('timed').slowDown()));
  expect(await pacer.get()).toMatchObject({ rate: 8, ceiling: 10 });
});

test('slowing down keeps what is leased', async () => {
  const { pacer, lane } = await road();
  await lane('timed').lease(2);
  await lane('timed').slowDown();
  expect(await pacer.get()).toMatchObject({ tat: start + 200, rate: 8 });
});

test('a lease that was under way while others were slowed down does not speed them up again', async () => {
  const { pacer, lane } = await road();
  const late: typeof pacer = {
    ...pacer,
    get: async () => {
      const read = await pacer.get();
      await lane('timed').slowDown();
      return read;
    },
  };
  await lane('timed', late).lease(2);
  expect(await pacer.get()).toMatchObject({ rate: 8, tat: start + 250 });
});

test('however busy the workers are, sweep sets the rate, and takes no slot back', async () => {
  const { pacer, lane, clock } = await road();
  let leases = 0;
  const busy: typeof pacer = {
    ...pacer,
    move: async (...args) => {
      if (++leases <= 3) await lane('now').lease(2);
      return pacer.move(...args);
    },
  };
  const account = async () => {
    await lane('now').lease(1);
    return { maxSendRate: 100, quotaLeft: 7 };
  };
  await retune({ pacer: busy, account }, clock.now());
  expect(await pacer.get()).toMatchObject({ tat: start + 700, ceiling: 98, quotaLeft: 7 });
});

test('a lease that was under way while sweep saw the quota used up does not bring it back', async () => {
  const { pacer, lane, clock } = await road({ quotaLeft: 9 });
  const late: typeof pacer = {
    ...pacer,
    get: async () => {
      const read = await pacer.get();
      await retune({ pacer, account: async () => ({ maxSendRate: 10 / 0.98, quotaLeft: 0 }) }, clock.now());
      return read;
    },
  };
  await lane('timed', late).lease(2);
  expect(await pacer.get()).toMatchObject({ quotaLeft: 0 });
});

/** Workers of all lanes that lease, wait for each slot and send, as fast as they are let; when each of them sent. */
async function rush(
  workers: readonly { lane: Lane; count: number; messages: number; from: number }[],
  rate: number,
): Promise<{ at: number; lane: Lane }[]> {
  const { lane, clock, finish } = await road({ rate, ceiling: rate });
  const sent: { at: number; lane: Lane }[] = [];
  const work = workers.map(async ({ lane: name, count, messages, from }) => {
    const { lease } = lane(name);
    await clock.sleep(from);
    for (let left = messages * count; left > 0; ) {
      const leased = await lease(Math.min(left, count));
      if (!('slots' in leased)) {
        await clock.sleep('retryIn' in leased ? Math.max(1, leased.retryIn) : 1000);
        continue;
      }
      left -= leased.slots.length;
      await Promise.all(
        leased.slots.map(async (slot) => {
          await clock.sleep(slot - clock.now());
          sent.push({ at: clock.now(), lane: name });
        }),
      );
    }
  });
  await finish(Promise.all(work));
  return sent.toSorted((a, b) => a.at - b.at);
}

/** The most sends in any second. */
const peak = (sent: readonly { at: number }[]): number =>
  Math.max(0, ...sent.map(({ at }, n) => sent.slice(n).filter((each) => each.at < at + 1000 - 1e-3).length));

test('whatever races for slots, no second sees more than the rate and one', async () => {
  const worker = fc.record({
    lane: fc.constantFrom<Lane>('now', 'timed', 'bulk'),
    count: fc.integer({ min: 1, max: 8 }),
    messages: fc.integer({ min: 1, max: 6 }),
    from: fc.nat({ max: 3000 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(worker, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(1, 5, 14, 30),
      async (workers, rate) => {
        const sent = await rush(workers, rate);
        expect(sent).toHaveLength(workers.reduce((sum, { count, messages }) => sum + count * messages, 0));
        expect(peak(sent)).toBeLessThanOrEqual(rate + 1);
      },
    ),
    { numRuns: 40 },
  );
});

test('a busy lane uses the whole rate', async () => {
  const sent = await rush(
    Array.from({ length: 4 }, () => ({ lane: 'timed' as const, count: 3, messages: 25, from: 0 })),
    14,
  );
  const seconds = ((sent.at(-1)?.at ?? 0) - (sent[0]?.at ?? 0)) / 1000;
  expect((sent.length - 1) / seconds).toBeGreaterThan(14 * 0.975);
});

test('timed goes before bulk, and now before both', async () => {
  const busy = (lane: Lane, from: number) => ({ lane, count: 3, messages: 20, from });
  const sent = await rush([busy('bulk', 0), busy('bulk', 0), busy('timed', 2000), busy('timed', 2000)], 14);
  const timed = sent.filter(({ lane }) => lane === 'timed').map(({ at }) => at);
  const [first = 0, last = 0] = [timed[0], timed.at(-1)];
  expect(first - start).toBeLessThan(2000 + 1500);
  // At most what bulk had leased before timed came.
  expect(sent.filter(({ at, lane }) => lane === 'bulk' && at > first && at < last).length).toBeLessThanOrEqual(3);

  const greeted = await rush(
    [busy('timed', 0), busy('timed', 0), { lane: 'now', count: 1, messages: 1, from: 1000 }],
    14,
  );
  const greeting = greeted.find(({ lane }) => lane === 'now');
  expect((greeting?.at ?? 0) - start).toBeLessThan(1000 + 1600);
});

describe('who waits for a turn', () => {
  const going = async () => false;

  test('is told of slots as soon as there are some, and asks no sooner than it was told to', async () => {
    const { pacer, lane, clock, finish } = await road({ tat: start + 9000 });
    let asked = 0;
    const counting: typeof pacer = {
      ...pacer,
      get: () => {
        asked++;
        return pacer.get();
      },
    };
    const { patiently } = lane('timed', counting);
    const paced = await finish(patiently(2, { startedAt: clock.monotonic(), isStopped: going }));
    expect(paced).toEqual({ slots: [start + 9000, start + 9100] });
    expect(clock.now()).toBe(start + 8000);
    expect(asked).toBe(2);
  });

  test('gives up forty seconds after its invocation began, and asks for nothing after that', async () => {
    const { pacer, lane, clock, finish } = await road({ tat: start + 60_000 });
    const asked: number[] = [];
    const counting: typeof pacer = {
      ...pacer,
      get: async () => {
        asked.push(clock.monotonic());
        return pacer.get();
      },
    };
    await finish(clock.sleep(10_000));
    const { patiently } = lane('timed', counting, () => 0.9);
    expect(await finish(patiently(2, { startedAt: 0, isStopped: going }))).toBe('no-slot');
    expect(clock.monotonic()).toBe(40_000);
    expect(Math.max(...asked)).toBeLessThan(40_000);
    expect(await finish(patiently(2, { startedAt: 0, isStopped: going }))).toBe('no-slot');
    expect(asked).toEqual(asked.filter((at) => at < 40_000));
    expect((await pacer.get())?.tat).toBe(start + 60_000);
  });

  test('looks before each further asking whether it is stopped, and leases nothing then', async () => {
    const { pacer, lane, clock, finish } = await road({ tat: start + 3000 });
    const { patiently } = lane('timed');
    const stopped = async () => clock.now() >= start + 2000;
    expect(await finish(patiently(1, { startedAt: 0, isStopped: stopped }))).toBe('stopped');
    expect((await pacer.get())?.tat).toBe(start + 3000);
  });

  test('out of quota there is nothing to wait for', async () => {
    const { lane, clock, finish } = await road({ quotaLeft: 0 });
    const { patiently } = lane('timed');
    expect(await finish(patiently(1, { startedAt: 0, isStopped: going }))).toBe('no-quota');
    expect(clock.now()).toBe(start);
  });

  test('the longest goes first: the less time is left, the sooner after a slot is free one asks', async () => {
    const asksAt = async (waited: number): Promise<number> => {
      const { lane, clock, finish } = await road({ tat: start + 31_500 });
      await finish(clock.sleep(waited));
      const { patiently } = lane('timed', undefined, () => 0.99);
      await finish(patiently(1, { startedAt: 0, isStopped: going }));
      return clock.now() - start;
    };
    const [fresh, tired] = [await asksAt(29_000), await asksAt(30_490)];
    expect(fresh).toBeGreaterThan(30_500);
    expect(tired).toBeLessThan(fresh);
  });
});
