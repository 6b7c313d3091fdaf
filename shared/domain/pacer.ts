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
  /** Until then the others leave to `now` whatever it can use; absent in items of earlier versions. */
  nowUntil: z.number().optional(),
  /** The account's own limit, of which AIMD takes some away while SES throttles. */
  ceiling: z.number().positive(),
  throttledAt: z.number(),
  /** Mails that may still go in these 24 hours, as last seen; absent while unknown. */
  quotaLeft: z.number().optional(),
});
export type Pacer = z.infer<typeof Pacer>;

/** How far ahead of now a lane may lease, milliseconds. */
const HORIZON: Record<Lane, number> = { now: 3000, timed: 1000, bulk: 1000 };
/** Beside `now` the others lease no further ahead: only what would be lost. */
const BESIDE_NOW = 100;
/** How long `timed` keeps `bulk` away after its last slot, and `now` the others from looking ahead. */
const YIELD = { timed: 500, now: 300 };

/** The slots of a lease with the pacer after it, or how long to stay away. Times in epoch milliseconds. */
export type Lease =
  | { readonly granted: true; readonly slots: readonly number[]; readonly pacer: Pacer }
  | { readonly granted: false; readonly retryIn: number };

/** Leases `count` sends, but a part at most, one every 1/rate seconds from the first free moment on. */
export function lease(pacer: Pacer, { count, lane, now }: { count: number; lane: Lane; now: number }): Lease {
  const { rate, timedUntil, nowUntil = 0 } = pacer;
  const first = Math.max(pacer.tat, now);
  if (lane === 'bulk' && timedUntil > now) return { granted: false, retryIn: timedUntil - now };
  const ahead = lane !== 'now' && nowUntil > now ? BESIDE_NOW : HORIZON[lane];
  if (first > now + ahead) return { granted: false, retryIn: first - now - ahead };
  const most = Math.min(count, partSize(rate));
  const slots = Array.from({ length: most }, (_, n) => first + (n * 1000) / rate);
  const tat = first + (most * 1000) / rate;
  const busy = {
    ...(lane === 'timed' && { timedUntil: Math.max(timedUntil, tat + YIELD.timed) }),
    ...(lane === 'now' && { nowUntil: tat + YIELD.now }),
  };
  return { granted: true, slots, pacer: { ...pacer, tat, ...busy } };
}

const upTo50 = (count: number): number => Math.min(50, Math.max(1, Math.floor(count)));

/**
 * People per message: a second's worth, two from ten a second on, where requests to the queue would add up. Not more: its
 * people wait for one another, and for who takes it up again after a crash.
 */
export const messageSize = (rate: number): number => upTo50(rate < 10 ? rate : 2 * rate);

/** Sends per lease: a quarter of a second's worth, so that no lane has long to wait for another, and a crash loses little. */
export const partSize = (rate: number): number => upTo50(rate / 4);

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
