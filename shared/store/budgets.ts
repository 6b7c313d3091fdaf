import type { Epoch } from '#shared/domain/time.ts';
import { keys } from './keys.ts';
import { type Condition, ConditionFailed, type Path, type Table } from './table.ts';

interface Window {
  readonly now: Epoch;
  readonly seconds: number;
}

/** The one window of what is counted as long as it matters. */
const ALWAYS = 0;

/** How much a counter with a reserve holds, and whose it counts. */
interface Room extends Window {
  readonly limit: number;
  readonly reserve: number;
  /** Of whoever spends: the reserve is for those who have spent nothing of it yet. A word that tells nobody who that is. */
  readonly spender: string;
}

/** Counters per scope and window of time. They alone expire by themselves. */
export function budgetStore(table: Table) {
  /** Adds one to each of these; undefined, and nothing is added, where the conditions fail. */
  const count = async (
    scope: string,
    { window, expiresAt }: { window: number; expiresAt: Epoch },
    { add, when = [] }: { add: readonly string[]; when?: readonly Condition[] },
  ) => {
    try {
      return await table.update({
        ...keys.budget(scope, window),
        add: add.map((name): readonly [Path, number] => [[name], 1]),
        set: [[['expiresAt'], expiresAt]],
        when,
        fact: undefined,
      });
    } catch (error) {
      if (error instanceof ConditionFailed) return undefined;
      throw error;
    }
  };
  /** The window that `now` falls into. */
  const within = ({ now, seconds }: Window) => {
    const window = Math.floor(now / seconds);
    return { window, expiresAt: (window + 2) * seconds };
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
      return Number((await count(scope, within(window), { add: ['spent'] }))?.spent);
    },

    /** Counts one more of what is kept until then, epoch seconds; returns how many that makes. */
    async tally(scope: string, until: Epoch): Promise<number> {
      const counted = await count(scope, { window: ALWAYS, expiresAt: until }, { add: ['spent'] });
      return Number(counted?.spent);
    },

    /**
     * Counts one more where there is room for it: of the limit, or of the reserve if this spender has counted nothing here
     * yet. Returns whether there was; what there is no room for is not counted.
     */
    async take(scope: string, { limit, reserve, spender, ...window }: Room): Promise<boolean> {
      const own = `by-${spender}`;
      const at = within(window);
      if (await count(scope, at, { add: ['spent', own], when: [fewerThan('spent', limit)] })) return true;
      if (reserve < 1) return false;
      const fresh: Condition = { is: 'absent', path: [own] };
      const spare = [fresh, fewerThan('reserve', reserve)];
      return (await count(scope, at, { add: ['reserve', own], when: spare })) !== undefined;
    },
  };
}
export type BudgetStore = ReturnType<typeof budgetStore>;
