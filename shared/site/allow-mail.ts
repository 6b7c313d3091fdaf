import { keyedHash, mailboxOf } from '#shared/domain/address.ts';
import { allowanceOf, type Budgets, networkOf } from '#shared/domain/budget.ts';
import type { Allowance } from '#shared/domain/registration.ts';
import type { Logger } from '#shared/logger.ts';
import type { BudgetStore } from '#shared/store/budgets.ts';

export interface BudgetDeps {
  readonly budgets: BudgetStore;
  readonly limits: Budgets;
  readonly addressKey: string;
  readonly logger: Pick<Logger, 'warn'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A mail somebody's request would cause. */
export interface MailWish {
  readonly eventId: string;
  readonly email: string;
  /** The visitor's IP address as the edge saw it. */
  readonly ip: string;
}

/** Counts one mail against every budget it touches, and says what that means for it. */
export const allowMail =
  ({ budgets, limits, addressKey, now, logger }: BudgetDeps) =>
  async ({ eventId, email, ip }: MailWish): Promise<Allowance> => {
    const spend = (scope: keyof Budgets, name: string) =>
      budgets.spend(`${scope}:${name}`, { now: Math.floor(now() / 1000), seconds: limits[scope].seconds });
    const [address, ipPrefix, event, overall] = await Promise.all([
      spend('address', keyedHash(addressKey, 'mailbox', mailboxOf(email))),
      spend('ipPrefix', keyedHash(addressKey, 'network', networkOf(ip))),
      spend('event', eventId),
      spend('overall', 'all'),
    ]);
    const allowance = allowanceOf({ address, ipPrefix, event, overall }, limits);
    // An alarm counts this line: somebody may be filling the form by machine.
    if (allowance.delay > 0) logger.warn('A budget delays mail', { eventId, delay: allowance.delay });
    return allowance;
  };
