import type { Epoch } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { Logger } from '#shared/logger.ts';
import type { LinkWishStore } from '#shared/store/link-wishes.ts';

export interface CareForWishesDeps {
  readonly wishes: Pick<LinkWishStore, 'left' | 'get' | 'forget' | 'askAgain'>;
  readonly timings: Timings;
  readonly logger: Logger;
}

/** Has every wish for links looked at that got lost on the way. One that is too old is forgotten, and said to be. */
export async function careForWishes({ wishes, timings, logger }: CareForWishesDeps, now: Epoch): Promise<void> {
  const left = await wishes.left(now);
  const looked = left.map(async (wishId) => {
    const kept = await wishes.get(wishId);
    if (!kept) return false;
    if (now < kept.until) return (await wishes.askAgain(wishId, now + timings.sweepAfter)) && false;
    await wishes.forget(wishId);
    return true;
  });
  const forgotten = (await Promise.all(looked)).filter(Boolean).length;
  if (forgotten > 0) logger.error('Links that somebody asked for were looked up by nobody', { forgotten });
}
