import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { Count } from '#shared/metrics.ts';
import { DEAD_LETTERS, type WatchedQueue } from '#shared/queue/names.ts';

export interface DeadLettersDeps {
  /** How many messages each dead-letter queue holds, in whatever state. */
  readonly deadLettersWaiting: () => Promise<readonly (readonly [WatchedQueue, number])[]>;
  readonly logger: Logger;
  readonly count: Count;
}

/** Seconds between two looks, a little less than two rounds: SQS takes money for each. */
const EVERY = 90;

/**
 * Counts dead letters every other minute, and says of each queue that holds any how many, since when, and who is hurt.
 * Nothing is counted while there are none, so the alarm goes out by itself; what was seen is remembered while the Lambda lives.
 */
export function watchDeadLetters({ deadLettersWaiting, logger, count }: DeadLettersDeps) {
  const seenSince = new Map<WatchedQueue, Epoch>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  return async (now: Epoch): Promise<void> => {
    if (now - lookedAt < EVERY) return;
    const queues = await deadLettersWaiting();
    lookedAt = now;
    for (const [queue, messages] of queues) {
      if (messages === 0) {
        seenSince.delete(queue);
        continue;
      }
      const since = seenSince.get(queue) ?? now;
      seenSince.set(queue, since);
      logger.error('Dead letters wait', { queue, messages, seenFor: now - since, hurt: DEAD_LETTERS[queue] });
    }
    const all = queues.reduce((sum, [, messages]) => sum + messages, 0);
    if (all > 0) count('DeadLetters', all);
  };
}
