import * as z from 'zod';
import type { Delivery } from './delivery.ts';
import type { MailRule } from './mail-kinds.ts';
import type { Epoch } from './time.ts';
import type { Timings } from './timings.ts';

/** What was last seen of the receipts' queue, epoch seconds. */
export const ReceiptsSeen = z.object({
  /** First and latest sight of it empty, with none in between that was not; 0 when the latest was not empty. */
  emptySince: z.number(),
  emptyAt: z.number(),
  /** Receipts nobody could read lie in the dead-letter queue: one of them may be the missing one. */
  deadLetters: z.boolean(),
});
export type ReceiptsSeen = z.infer<typeof ReceiptsSeen>;

/** `sweep` looks every minute. After a longer gap nobody knows what was in between, so watching begins anew. */
const LONGEST_GAP = 120;

/** The next sight of the receipts' queue, after the one before. */
export function sightOf(
  before: ReceiptsSeen | undefined,
  { now, waiting, deadLetters }: { now: Epoch; waiting: number; deadLetters: number },
): ReceiptsSeen {
  const empty = waiting === 0;
  const unbroken = before && before.emptySince > 0 && now - before.emptyAt <= LONGEST_GAP;
  return {
    emptySince: empty ? (unbroken ? before.emptySince : now) : 0,
    emptyAt: empty ? now : 0,
    deadLetters: deadLetters > 0,
  };
}

/** Whether every receipt there was by `since` has been handled: the queue was seen empty twice after it, a while apart. */
export function receiptsCaughtUp(seen: ReceiptsSeen | undefined, since: Epoch, settle: number): boolean {
  if (!seen || seen.deadLetters || seen.emptySince === 0) return false;
  const firstSight = Math.max(seen.emptySince, since + settle);
  return seen.emptyAt - firstSight >= settle;
}

/** What to do about a mail of which nobody knows whether SES took it. */
export type DoubtVerdict = 'wait' | 'take-over' | 'hold';

/**
 * A doubt waits for its receipt: for the grace of its claim, and until receipts have caught up. Without one it is taken
 * over once if its kind says so; a second doubt is held for the organiser. If receipts never catch up, lane `now` takes
 * over after `lateTakeOver`: a confirmation an hour late is worth more than the certainty that it is the only one.
 */
export function resolveDoubt(
  claimed: Pick<Delivery, 'epoch' | 'attempt'>,
  circumstances: {
    readonly rule: MailRule;
    readonly now: Epoch;
    readonly notAfter: Epoch;
    readonly seen: ReceiptsSeen | undefined;
    readonly timings: Timings;
  },
): DoubtVerdict {
  const { rule, now, notAfter, seen, timings } = circumstances;
  const graceEnds = claimed.epoch + timings.claimGrace;
  if (now < graceEnds) return 'wait';
  if (now >= notAfter) return 'hold';
  const late = now >= claimed.epoch + timings.lateTakeOver;
  if (!late && !receiptsCaughtUp(seen, graceEnds, timings.receiptsSettle)) return 'wait';
  return rule.inDoubt === 'resend-once' && claimed.attempt === 1 ? 'take-over' : 'hold';
}
