import * as z from 'zod';
import type { Allowance } from './registration.ts';

const Budget = z.object({ limit: z.int().min(1), seconds: z.int().min(1) });

/** How many mails strangers may cause: per mailbox beyond which they are dropped, elsewhere only slowed down. */
export const Budgets = z.object({ address: Budget, ipPrefix: Budget, event: Budget, overall: Budget });
export type Budgets = z.infer<typeof Budgets>;

/**
 * Beyond its budget a mailbox gets so many mails more in the same time, all networks together, and only from networks that
 * have caused it none yet: whoever spends the budget of somebody's mailbox leaves them this.
 */
export const RESERVE = 2;

/** What has been spent of a budget, this mail included; of those above a network's only where it kept to its own. */
export type Spent = Pick<Record<keyof Budgets, number>, 'ipPrefix'> & Partial<Record<'event' | 'overall', number>>;

/** Seconds that the n-th mail of a window waits: the n-th windowful goes out n windows later. */
const delayOf = (spent: number, { limit, seconds }: Budgets[keyof Budgets]): number =>
  Math.floor(Math.max(0, spent - 1) / limit) * seconds;

/** Whether so many mails are more than the network they come from may cause: then they are its own affair, and count nowhere else. */
export const isBeyondNetwork = (spent: number, { ipPrefix }: Budgets): boolean => spent > ipPrefix.limit;

/**
 * What the spending means for a mail that its mailbox has room for. Past its limit a budget delays, so that a rush is
 * spread and nobody's mail is lost; by no more than `longest` seconds, for a mail that comes too late is lost, too.
 */
export function allowanceOf(spent: Spent, budgets: Budgets, longest = Number.POSITIVE_INFINITY): Allowance {
  const delays = (['ipPrefix', 'event', 'overall'] as const).map((scope) => delayOf(spent[scope] ?? 0, budgets[scope]));
  return { delay: Math.min(Math.max(...delays), Math.max(0, longest)), dropped: false };
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
