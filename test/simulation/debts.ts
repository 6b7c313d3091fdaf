import type { Item } from '#shared/store/table.ts';
import type { Commit } from './sim-table.ts';

/** What is listed for a moment to come is no debt, but for what an edit left to be done. */
const CLOCKED = ['campaign', 'lookout', 'purge', 'confirm', 'sort', 'left'];

const isUnfinishedRun = ({ sk, finishedAt }: Item): boolean => sk.startsWith('RUN#') && finishedAt === undefined;
const hasDoubt = ({ deliveries }: Item): boolean => {
  if (deliveries === undefined) return false;
  for (const entry of Object.values(deliveries as Record<string, string>)) if (entry.startsWith('claimed')) return true;
  return false;
};

/** What is still to be done, of all that is written: kept as it is written, for it is asked every minute. */
export function debts() {
  const listed = new Map<string, Item>();
  const open = new Map<string, Item>();
  const owed = new Map<string, Item>();

  const keep = (where: Map<string, Item>, item: Item, is: boolean): void => {
    const key = `${item.pk} ${item.sk}`;
    if (is) where.set(key, item);
    else where.delete(key);
  };

  return {
    committed({ before, after }: Commit): void {
      const item = (after ?? before) as Item;
      keep(listed, item, after?.due !== undefined);
      keep(owed, item, after !== undefined && (after.greetDue !== undefined || isUnfinishedRun(after)));
      keep(open, item, after !== undefined && hasDoubt(after));
    },

    /** Whether a sweep would find nothing: no debt, no run, no doubt. */
    none(now: number): boolean {
      if (owed.size > 0 || open.size > 0) return false;
      for (const { dueAt } of listed.values()) if (Number(dueAt) * 1000 <= now) return false;
      return true;
    },

    /** Whether all is done that is to be done by now, but for what only time will tell. */
    paid(now: number): boolean {
      if (owed.size > 0) return false;
      for (const item of listed.values()) if (isDue(item, now)) return false;
      return true;
    },
    overdue: (now: number): Item[] => [...listed.values()].filter((item) => isDue(item, now)),
  };
}
export type Debts = ReturnType<typeof debts>;

const isDue = ({ due, dueAt }: Item, now: number): boolean =>
  !CLOCKED.includes(String(due)) || Number(dueAt) * 1000 <= now;
