import { keyedHash, mailboxOf } from '#shared/domain/address.ts';
import { networkOf, RESERVE } from '#shared/domain/budget.ts';
import type { BudgetDeps, MailWish } from './allow-mail.ts';

/**
 * Counts one mail of a request that was counted already, against its mailbox alone; says whether it may be sent. What there is
 * no room for counts nowhere.
 */
export const allowAskedMail =
  ({ budgets, limits: { address }, addressKey, now }: BudgetDeps) =>
  ({ email, ip }: Pick<MailWish, 'email' | 'ip'>): Promise<boolean> => {
    const mailbox = keyedHash(addressKey, 'mailbox', mailboxOf(email));
    return budgets.take(`address:${mailbox}`, {
      now: Math.floor(now() / 1000),
      seconds: address.seconds,
      limit: address.limit,
      reserve: RESERVE,
      spender: keyedHash(addressKey, 'spender', mailbox, networkOf(ip)),
    });
  };
