import * as z from 'zod';

const Seconds = z.number().positive();

/** Every wait, gap and grace of the delivery contract, in seconds. The stage sets them; tests may shorten them. */
export const Timings = z.object({
  /** Longer than `send` may run: until then a claim's worker may still be at it. */
  claimGrace: Seconds,
  /** How long `send` may wait for its turn, from the start of an invocation. */
  slotWait: Seconds.default(40),
  /** What is owed for so long is nudged by `sweep`. */
  sweepAfter: Seconds,
  /** A stranger may cause one "you are registered already" in this time. */
  alreadyRegisteredEvery: Seconds,
  /** An address that is to be confirmed and was not by then is nobody's. */
  confirmWithin: Seconds,
  /** Between two sights of an empty receipts' queue. */
  receiptsSettle: Seconds,
  /** After this a doubt of lane `now` is resolved even if receipts have not caught up. */
  lateTakeOver: Seconds,
  /** A run in which nothing has happened for so long is looked after by `sweep`. */
  stalled: Seconds,
  /** Campaigns that were to be planned for so long are planned by word of `sweep`. */
  planAfter: Seconds,
  /** An armed campaign that should have started so long ago is started by word of `sweep`. */
  startAfter: Seconds,
  /** Who was confirmed less than so long before a reminder needs none; a notice so near to one stands for it: days ahead. */
  dayScaleGap: Seconds,
  /** The same for reminders hours ahead. */
  hourScaleGap: Seconds,
  /** A change is told so long after the last edit. */
  noticeWait: Seconds,
  /** At most so long after the first edit. */
  noticeLongest: Seconds,
  /** At once if the start, before or after the edit, is nearer than this. */
  noticeNear: Seconds,
  /** After SES refused our sender nobody is written to for so long: less than a minute, so that each round of `sweep` asks. */
  askAgain: Seconds,
  /** After SES refused one recipient, who is not verified in its sandbox, their mail is tried again so long after. */
  askRecipientAgain: Seconds.default(600),
  /** How long one reading of event, campaign and stop is shared. */
  guardFresh: Seconds,
  /** From the oldest reading behind a mail to the start of its SES call. */
  callWithin: Seconds,
});
export type Timings = z.infer<typeof Timings>;
