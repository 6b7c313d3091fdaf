import type { Epoch } from '#shared/domain/time.ts';
import { keys } from './keys.ts';
import { type Condition, ConditionFailed, type Path, type Table } from './table.ts';

interface Window {
  readonly now: Epoch;
  readonly seconds: number;
}

/** How much a counter with a reserve holds, and whose it counts. */
interface Room extends Window {
  readonly limit: number;
  readonly reserve: number;
  /** Of whoever spends: the reserve is for those who have spent nothing of it yet. A word that tells nobody who that is. */
  readonly spender: string;
}

/** Counters per scope and window of time. They alone expire by themselves. */
export function budgetStore(table: Table) {
  /** Adds one to each of these in the window that `now` falls into; undefined, and nothing is added, where the conditions fail. */
  const count = async (
    scope: string,
    { now, seconds }: Window,
    what: readonly string[],
    when: readonly Condition[],
  ) => {
    const window = Math.floor(now / seconds);
    try {
      return await table.update({
        ...keys.budget(scope, window),
        add: what.map((name): readonly [Path, number] => [[name], 1]),
        set: [[['expiresAt'], (window + 2) * seconds]],
        when,
        fact: undefined,
      });
    } catch (error) {
      if (error instanceof ConditionFailed) return undefined;
      throw error;
    }
  };
  const fewerThan = (name: string, most: number): Condition => ({
    is: 'any',
    of: [
      { is: 'absent', path: [name] },
      { is: 'below', path: [name], value: most },
    ],
  });

  return {
    /** Counts one more in the window that `now` falls into; returns how many that makes. */
    async spend(scope: string, window: Window): Promise<number> {
      return Number((await count(scope, window, ['spent'], []))?.spent);
    },

    /**
     * Counts one more where there is room for it: of the limit, or of the reserve if this spender has counted nothing here
     * yet. Returns whether there was; what there is no room for is not counted.
     */
    async take(scope: string, { limit, reserve, spender, ...window }: Room): Promise<boolean> {
      const own = `by-${spender}`;
      if (await count(scope, window, ['spent', own], [fewerThan('spent', limit)])) return true;
      const fresh: Condition = { is: 'absent', path: [own] };
      return (await count(scope, window, ['reserve', own], [fresh, fewerThan('reserve', reserve)])) !== undefined;
    },
  };
}
export type BudgetStore = ReturnType<typeof budgetStore>;
