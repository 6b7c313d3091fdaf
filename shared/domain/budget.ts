import * as z from 'zod';
import type { Allowance } from './registration.ts';

const Budget = z.object({ limit: z.int().min(1), seconds: z.int().min(1) });

/** How many mails strangers may cause: per mailbox beyond which they are dropped, elsewhere only slowed down. */
export const Budgets = z.object({ address: Budget, ipPrefix: Budget, event: Budget, overall: Budget });
export type Budgets = z.infer<typeof Budgets>;
type BudgetScope = keyof Budgets;

/** What has been spent of each budget, this one included. */
export type Spent = Record<BudgetScope, number>;

/**
 * What the spending means for one mail. Past its limit a budget delays: the n-th windowful of a window goes out n windows
 * later, so a rush is spread and nobody's mail is lost. Only the mailbox's own budget drops it.
 */
export function allowanceOf(spent: Spent, budgets: Budgets): Allowance {
  const delays = (['ipPrefix', 'event', 'overall'] as const).map((scope) => {
    const { limit, seconds } = budgets[scope];
    return Math.floor(Math.max(0, spent[scope] - 1) / limit) * seconds;
  });
  return { delay: Math.max(...delays), dropped: spent.address > budgets.address.limit };
}

/** The network a visitor comes from, coarse enough that changing an address within it changes nothing. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = ip.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const missing = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  const full = tail === undefined ? groups : [...groups, ...missing, ...rest];
  return full
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
