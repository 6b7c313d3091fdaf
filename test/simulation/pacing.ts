import type { Lane } from '#shared/domain/mail-kinds.ts';
import type { PacerStore } from '#shared/store/pacer.ts';
import { TIMINGS } from '#test/support/sending.ts';
import type { Setting } from './setting.ts';

const BESIDE_NOW = 100;

/** The pacer as a worker of a lane leases from it: nobody asks too late, and nobody takes what is another lane's. */
export function watchedPacer(
  store: PacerStore,
  { lane, startedAt }: { lane: Lane; startedAt: () => number },
  { time, violated }: Pick<Setting, 'time' | 'violated'>,
): PacerStore {
  return {
    get(): ReturnType<PacerStore['get']> {
      const after = time.now() - startedAt();
      if (after >= TIMINGS.slotWait * 1000)
        violated('a lease was asked for too late in an invocation', { lane, after });
      return store.get();
    },
    move(read, next): ReturnType<PacerStore['move']> {
      const now = time.now();
      const { tat = 0, timedUntil = 0, nowUntil = 0 } = read ?? {};
      if (lane === 'bulk' && timedUntil > now) violated('bulk leased while timed kept it away', read);
      if (lane !== 'now' && nowUntil > now && tat > now + BESIDE_NOW)
        violated('a lane looked ahead beside lane now', { lane, read, now });
      return store.move(read, next);
    },
  };
}
