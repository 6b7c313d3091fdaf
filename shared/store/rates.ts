import type { Rate } from '#shared/domain/api-rates.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** Counters of requests in windows of time; they expire by themselves. */
export function rateStore(table: Table) {
  return {
    /** Counts so many more in the window that `now` falls into: how many that makes. */
    async count(scope: string, { seconds }: Rate, { now, wanted }: { now: Epoch; wanted: number }): Promise<number> {
      const window = Math.floor(now / seconds);
      const item = await table.update({
        ...keys.budget(scope, window),
        add: [[['spent'], wanted]],
        set: [[['expiresAt'], (window + 2) * seconds]],
        when: [],
        fact: undefined,
      });
      return Number(item.spent);
    },
  };
}
export type RateStore = ReturnType<typeof rateStore>;
