import { keyedHash, mailboxOf } from '#shared/domain/address.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { BudgetStore } from '#shared/store/budgets.ts';
import type { RunId } from '#shared/store/runs.ts';

interface Deps {
  readonly budgets: Pick<BudgetStore, 'tally'>;
  readonly addressKey: () => Promise<string>;
  readonly now: () => Epoch;
}

/** Longer than receipts of one run come in. Seconds. */
const KEPT = 14 * 24 * 3600;

/** Whether the mailbox behind an address is met for the first time in this run, plus and dot tricks taken off. */
export const firstOfMailbox =
  ({ budgets, addressKey, now }: Deps) =>
  async ({ eventId, campaignId, occasion }: RunId, email: string): Promise<boolean> => {
    const name = keyedHash(await addressKey(), 'bounced in', eventId, campaignId, occasion, mailboxOf(email));
    return (await budgets.tally(`bounced:${name}`, now() + KEPT)) === 1;
  };
