import * as z from 'zod';
import type { Lane } from './mail-kinds.ts';

/** The account's sending rate, shared by every worker: one item, GCRA (ITU-T I.371) with times in milliseconds. */
export const Pacer = z.object({
  /** Theoretical arrival time: when the next send may start. */
  tat: z.number(),
  /** Sends per second. */
  rate: z.number().positive(),
  /** Until then `bulk` yields to `timed`. */
  timedUntil: z.number(),
  /** The account's own limit, of which AIMD takes some away while SES throttles. */
  ceiling: z.number().positive(),
  throttledAt: z.number(),
  /** Mails that may still go in these 24 hours, as last seen; absent while unknown. */
  quotaLeft: z.number().optional(),
});
export type Pacer = z.infer<typeof Pacer>;

/** How far ahead of now a lane may lease, milliseconds. */
const HORIZON: Record<Lane, number> = { now: 3000, timed: 1000, bulk: 1000 };
/** How long `timed` keeps `bulk` away after its latest lease. */
const YIELD = 2000;

/** The slots of a lease with the pacer after it, or how long to stay away. Times in epoch milliseconds. */
export type Lease =
  | { readonly granted: true; readonly slots: readonly number[]; readonly pacer: Pacer }
  | { readonly granted: false; readonly retryIn: number };

/** Leases `count` sends, one every 1/rate seconds from the first free moment on. */
export function lease(pacer: Pacer, { count, lane, now }: { count: number; lane: Lane; now: number }): Lease {
  const first = Math.max(pacer.tat, now);
  if (lane === 'bulk' && pacer.timedUntil > now) return { granted: false, retryIn: pacer.timedUntil - now };
  if (first > now + HORIZON[lane]) return { granted: false, retryIn: first - now - HORIZON[lane] };
  const gap = 1000 / pacer.rate;
  const slots = Array.from({ length: count }, (_, n) => first + n * gap);
  const tat = first + count * gap;
  const timedUntil = lane === 'timed' ? Math.max(pacer.timedUntil, tat + YIELD) : pacer.timedUntil;
  return { granted: true, slots, pacer: { ...pacer, tat, timedUntil } };
}

/** People per message: a quarter of a second's worth, so that waiting for slots stays short. */
export const chunkSize = (rate: number): number => Math.min(50, Math.max(1, Math.floor(rate / 4)));

const SHARE = 0.98;
const LEAST = 0.5;

/** SES throttled: multiplicative decrease, at most once a second. */
export const slowedDown = (pacer: Pacer, now: number): Pacer =>
  now - pacer.throttledAt < 1000 ? pacer : { ...pacer, rate: Math.max(LEAST, pacer.rate * 0.8), throttledAt: now };

/** The minute's look at the account: the ceiling is what SES allows, less a margin; additive increase up to it. */
export function retuned(
  pacer: Pacer | undefined,
  account: { maxSendRate: number; quotaLeft?: number },
  now: number,
): Pacer {
  const ceiling = account.maxSendRate * SHARE;
  const quota = account.quotaLeft === undefined ? {} : { quotaLeft: account.quotaLeft };
  if (!pacer) return { tat: 0, rate: ceiling, timedUntil: 0, ceiling, throttledAt: 0, ...quota };
  const calm = now - pacer.throttledAt >= 60_000;
  const rate = Math.min(ceiling, calm ? pacer.rate + ceiling * 0.1 : pacer.rate);
  const { quotaLeft: _, ...rest } = pacer;
  return { ...rest, ceiling, rate, ...quota };
}
