import { retuned } from '#shared/domain/pacer.ts';
import type { PacerStore } from '#shared/store/pacer.ts';

export interface RetuneDeps {
  readonly pacer: PacerStore;
  /** What SES allows the account now, or what the stage says instead. */
  readonly account: () => Promise<{ maxSendRate: number; quotaLeft?: number }>;
}

const TRIES = 8;

/**
 * Sets the pacer to what the account may send. Workers move it several times a second: it is read last, and tried anew on
 * what they left, or a busy pacer would never be set.
 */
export async function retune({ pacer, account }: RetuneDeps, now: number): Promise<void> {
  const allowed = await account();
  let read = await pacer.get();
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const outcome = await pacer.move(read, retuned(read, allowed, now));
    if (outcome.moved) return;
    read = outcome.now;
  }
}
