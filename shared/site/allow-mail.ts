import { keyedHash, mailboxOf } from '#shared/domain/address.ts';
import { allowanceOf, type Budgets, isBeyondNetwork, networkOf, RESERVE } from '#shared/domain/budget.ts';
import type { Event } from '#shared/domain/event.ts';
import { mailboxCap, mailboxCountedUntil } from '#shared/domain/mailbox-cap.ts';
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
  /** Seconds that a budget may hold it up at most: see `longestDelay`. */
  readonly longest?: number | undefined;
  /** The event at which the mailbox gets one registration more by it. */
  readonly joins?: Pick<Event, 'onePlacePer' | 'endInstant'>;
  /** No mail comes of it: the same is done, so that nobody can tell, but it counts for nothing. */
  readonly isIdle?: boolean;
}

/**
 * Counts one mail against every budget it touches, and says what that means for it. What its mailbox has no room for is
 * dropped, and counts nowhere; what is more than its network may cause is delayed, and counts no further up: so nobody
 * spends what is another's.
 */
export const allowMail =
  ({ budgets, limits, addressKey, now, logger }: BudgetDeps) =>
  async ({ eventId, email, ip, longest, joins, isIdle = false }: MailWish): Promise<Allowance> => {
    const mailbox = keyedHash(addressKey, 'mailbox', mailboxOf(email));
    const network = networkOf(ip);
    // What is counted for nothing is counted apart, mailbox by mailbox.
    const scopeOf = (scope: keyof Budgets | 'joins', name: string) =>
      `${isIdle ? `idle-${mailbox}-` : ''}${scope}:${name}`;
    const windowOf = (scope: keyof Budgets) => ({ now: Math.floor(now() / 1000), seconds: limits[scope].seconds });
    const spend = (scope: keyof Budgets, name: string) => budgets.spend(scopeOf(scope, name), windowOf(scope));

    const take = budgets.take(scopeOf('address', mailbox), {
      ...windowOf('address'),
      limit: limits.address.limit,
      reserve: RESERVE,
      spender: keyedHash(addressKey, 'spender', mailbox, network),
    });
    const [hasRoom, isBeyondCap] = await Promise.all([take, joins !== undefined && joinsBeyondCap(joins)]);
    const cap = isBeyondCap ? { beyondCap: true } : {};
    if (!hasRoom) return { delay: 0, dropped: true, ...cap };
    const ipPrefix = await spend('ipPrefix', keyedHash(addressKey, 'network', network));
    const above = isBeyondNetwork(ipPrefix, limits)
      ? {}
      : await Promise.all([spend('event', eventId), spend('overall', 'all')]).then(([event, overall]) => ({
          event,
          overall,
        }));
    const allowance = allowanceOf({ ipPrefix, ...above }, limits, longest);
    // An alarm counts this line: somebody may be filling the form by machine.
    if (allowance.delay > 0 && !isIdle) logger.warn('A budget delays mail', { eventId, delay: allowance.delay });
    return { ...allowance, ...cap };

    async function joinsBeyondCap(event: Pick<Event, 'onePlacePer' | 'endInstant'>): Promise<boolean> {
      const name = keyedHash(addressKey, 'mailbox at', eventId, mailboxOf(email));
      return (await budgets.tally(scopeOf('joins', name), mailboxCountedUntil(event))) > mailboxCap(event);
    }
  };
