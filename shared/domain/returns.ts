/**
 * Lambda counts how often a function runs in one chain of messages, stops it after about 16, and the message joins the dead
 * letters (docs/adr/0024). No message of a lane goes back into it more often than this, whatever for: whom it leaves behind
 * the run's next pass looks after, or `sweep`.
 */
export const MOST_RETURNS = 4;

/** Seconds a message without a slot stays away, by how often it came back already. */
const LADDER = [2, 15, 120, 120] as const;
/** SQS delays no message longer, seconds. */
const LONGEST = 900;
/** What takes its time takes so much longer each time it has to be tried again. */
const GROWTH = 1.5;

/** Whether a message that came back so often may do so once more. */
export const mayReturn = (tries: number): boolean => tries < MOST_RETURNS;

/** Whole seconds after which a message comes back that found no slot; `jitter` in [0, 1) adds up to a fifth. */
export const returnWithoutSlot = (tries: number, jitter: number): number =>
  Math.ceil((LADDER[tries] ?? LADDER[3]) * (1 + jitter / 5));

/** Whole seconds after which it comes back to look again at whom it could not settle, the soonest of them after `after`. */
export const returnToLookAgain = (after: number, tries: number, jitter: number): number =>
  Math.min(LONGEST, Math.ceil(after * GROWTH ** tries + jitter));
