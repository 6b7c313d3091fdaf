import type { Clock } from '#shared/clock.ts';
import type { Lane } from '#shared/domain/mail-kinds.ts';
import { lease, type Pacer, retuned, slowedDown } from '#shared/domain/pacer.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { PacerStore } from '#shared/store/pacer.ts';

interface PaceDeps {
  readonly pacer: PacerStore;
  readonly clock: Clock;
  readonly lane: Lane;
  /** Sends per second until `sweep` has looked at the account. */
  readonly initialRate: number;
  /** A number in [0, 1). */
  readonly jitter: () => number;
  readonly timings: Pick<Timings, 'slotWait'>;
}

/** The moments at which sends may start, epoch milliseconds; or milliseconds after which to ask again. */
export type Paced = { readonly slots: readonly number[] } | { readonly retryIn: number } | { readonly noQuota: true };

/** What became of waiting for slots: some of them, none in time, or no reason to wait any longer. */
export type Patience = { readonly slots: readonly number[] } | 'no-slot' | 'no-quota' | 'stopped';

/** How often a lease is tried anew when another worker was first. */
const TRIES = 8;
const CROWDED = 1000;
const SOONEST = 20;
const SPREAD = 300;

/** The account's sending rate, shared with every other worker through one item. */
export function pace({ pacer, clock, lane, initialRate, jitter, timings }: PaceDeps) {
  const longest = timings.slotWait * 1000;
  const unset = (now: number): Pacer => retuned(undefined, { maxSendRate: initialRate }, now);

  /** Leases up to so many sends: a part at most. */
  const leaseOnce = async (count: number): Promise<Paced> => {
    let read = await pacer.get();
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const now = clock.now();
      const present = read ?? unset(now);
      if (lane !== 'now' && present.quotaLeft !== undefined && present.quotaLeft < 1) return { noQuota: true };
      const leased = lease(present, { count, lane, now });
      if (!leased.granted) return { retryIn: leased.retryIn };
      const outcome = await pacer.move(read, leased.pacer);
      if (outcome.moved) return { slots: leased.slots };
      read = outcome.now;
    }
    return { retryIn: CROWDED };
  };

  return {
    lease: leaseOnce,

    /**
     * The same, but who is refused waits here and asks again, whoever has waited longest first. Nobody asks later than the
     * longest wait after `startedAt`, when the invocation began, in monotonic milliseconds. Before each further asking it
     * looks whether there still is something to wait for.
     */
    async patiently(
      count: number,
      { startedAt, isStopped }: { startedAt: number; isStopped: () => Promise<boolean> },
    ): Promise<Patience> {
      for (;;) {
        const left = startedAt + longest - clock.monotonic();
        if (left <= 0) return 'no-slot';
        const paced = await leaseOnce(count);
        if ('slots' in paced) return paced;
        if ('noQuota' in paced) return 'no-quota';
        const spread = (jitter() * SPREAD * left) / longest;
        await clock.sleep(Math.min(left, Math.max(SOONEST, paced.retryIn + spread)));
        if (await isStopped()) return 'stopped';
      }
    },

    /** SES throttled: everybody sends more slowly for a while. */
    async slowDown(): Promise<void> {
      let read = await pacer.get();
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const now = clock.now();
        const present = read ?? unset(now);
        const next = slowedDown(present, now);
        if (next === present) return;
        const outcome = await pacer.move(read, next);
        if (outcome.moved) return;
        read = outcome.now;
      }
    },
  };
}
export type Pace = ReturnType<typeof pace>;
