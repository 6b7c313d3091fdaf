import type { Epoch } from '#shared/domain/time.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** Counters per scope and window of time. They alone expire by themselves. */
export function budgetStore(table: Table) {
  return {
    /** Counts one more in the window that `now` falls into; returns how many that makes. */
    async spend(scope: string, { now, seconds }: { now: Epoch; seconds: number }): Promise<number> {
      const window = Math.floor(now / seconds);
      const item = await table.update({
        ...keys.budget(scope, window),
        add: [[['spent'], 1]],
        set: [[['expiresAt'], (window + 2) * seconds]],
        when: [],
        fact: undefined,
      });
      return Number(item.spent);
    },
  };
}
export type BudgetStore = ReturnType<typeof budgetStore>;
