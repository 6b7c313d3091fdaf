import { keyedHash, mailboxOf } from '#shared/domain/address.ts';
import type { BudgetDeps } from './allow-mail.ts';

/** Counts one more mail of a request that was counted already, against its mailbox alone; says whether it may be sent. */
export const allowFurtherMail =
  ({ budgets, limits: { address }, addressKey, now }: BudgetDeps) =>
  async (email: string): Promise<boolean> => {
    const scope = `address:${keyedHash(addressKey, 'mailbox', mailboxOf(email))}`;
    const spent = await budgets.spend(scope, { now: Math.floor(now() / 1000), seconds: address.seconds });
    return spent <= address.limit;
  };
