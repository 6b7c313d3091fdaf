import type { Clock } from '#shared/clock.ts';
import type { Lane } from '#shared/domain/mail-kinds.ts';
import { lease, type Pacer, retuned, slowedDown } from '#shared/domain/pacer.ts';
import type { PacerStore } from '#shared/store/pacer.ts';

interface PaceDeps {
  readonly pacer: PacerStore;
  readonly clock: Clock;
  readonly lane: Lane;
  /** Sends per second until `sweep` has looked at the account. */
  readonly initialRate: number;
}

/** The moments at which sends may start, epoch milliseconds; or milliseconds after which to ask again. */
export type Paced = { readonly slots: readonly number[] } | { readonly retryIn: number } | { readonly noQuota: true };

/** How often a lease is tried anew when another worker was first. */
const TRIES = 8;
const CROWDED = 1000;

/** The account's sending rate, shared with every other worker through one item. */
export function pace({ pacer, clock, lane, initialRate }: PaceDeps) {
  const unset = (now: number): Pacer => retuned(undefined, { maxSendRate: initialRate }, now);

  return {
    /** Leases so many sends, all of them or none. */
    async lease(count: number): Promise<Paced> {
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
