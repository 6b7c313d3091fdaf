import { keyedHash, mailboxOf } from '#shared/domain/address.ts';
import { RESERVE } from '#shared/domain/budget.ts';
import type { Event } from '#shared/domain/event.ts';
import { isMovable } from '#shared/domain/leave-address.ts';
import { isProved } from '#shared/domain/proof.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { BudgetDeps } from './allow-mail.ts';

/** Whether an address that a registration is about to leave may be told so. */
export type Telling = (event: Event, leaving: Registration) => Promise<boolean>;

/**
 * The telling counts against the budget of the mailbox it goes to. Whoever has shown that the address is theirs is told in
 * any case and at nobody's expense: else a stranger would use the budget up first, and then move them in silence.
 */
export const allowTelling =
  ({ budgets, limits, addressKey, now }: Pick<BudgetDeps, 'budgets' | 'limits' | 'addressKey' | 'now'>): Telling =>
  async (event, leaving) => {
    const moment = Math.floor(now() / 1000);
    // What is not going to move costs nobody anything.
    if (isProved(leaving, event) || !isMovable(leaving, moment)) return true;
    const mailbox = keyedHash(addressKey, 'mailbox', mailboxOf(leaving.email));
    // All tellings count as one spender: of the reserve, which is for others, they have one at most.
    const spender = keyedHash(addressKey, 'spender', mailbox, 'telling');
    return budgets.take(`address:${mailbox}`, { ...limits.address, now: moment, reserve: RESERVE, spender });
  };
