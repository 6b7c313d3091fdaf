import { WISH_KEPT_FOR } from '#shared/domain/link-wish.ts';
import { OVERDUE } from '#shared/domain/overdue.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { Logger } from '#shared/logger.ts';
import type { Count } from '#shared/metrics.ts';
import type { LinkWishStore } from '#shared/store/link-wishes.ts';

export interface CareForWishesDeps {
  readonly wishes: Pick<LinkWishStore, 'left' | 'get' | 'forget' | 'askAgain'>;
  readonly timings: Timings;
  readonly logger: Logger;
  readonly count: Count;
}

/**
 * Has every wish for links looked at that got lost on the way. Of one that fails again and again an alarm tells while it can
 * still be helped; one that is too old is forgotten, and said to be.
 */
export async function careForWishes({ wishes, timings, logger, count }: CareForWishesDeps, now: Epoch): Promise<void> {
  const { after, hurt } = OVERDUE.links;
  const late: number[] = [];
  const left = await wishes.left(now);
  const looked = left.map(async (wishId) => {
    const kept = await wishes.get(wishId);
    if (!kept) return false;
    const waits = now - (kept.until - WISH_KEPT_FOR);
    if (waits >= after) late.push(waits);
    if (now < kept.until) return (await wishes.askAgain(wishId, now + timings.sweepAfter)) && false;
    await wishes.forget(wishId);
    return true;
  });
  const forgotten = (await Promise.all(looked)).filter(Boolean).length;
  if (late.length > 0) {
    logger.error('Work is overdue', { work: 'links', number: late.length, lateFor: Math.max(...late) - after, hurt });
    count('WorkOverdue', late.length);
  }
  if (forgotten > 0) logger.error('Links that somebody asked for were looked up by nobody', { forgotten });
}
