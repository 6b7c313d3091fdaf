import type { Epoch } from '#shared/domain/time.ts';
import { keys, type WalkId } from './keys.ts';
import { ConditionFailed, type Table } from './table.ts';

const DUE = 'walk';

/** The rest of a walk as it was left, and its message. */
export interface LeftWalk extends WalkId {
  readonly message: string;
}

/** Walks through a run's people that are to go on with a new chain of messages. */
export function walkStore(table: Table) {
  return {
    /** Leaves the rest of a walk; of two that walk through the same, the later one's. */
    async leave({ message, ...walk }: LeftWalk, now: Epoch): Promise<void> {
      const set = { ...walk, message, due: DUE, dueAt: now };
      await table.update({
        ...keys.walk(walk),
        set: Object.entries(set).map(([field, value]) => [[field], value] as const),
        when: [],
        fact: undefined,
      });
    },

    /** What was left by now. */
    async left(now: Epoch): Promise<LeftWalk[]> {
      const { items } = await table.query({ index: 'due', partition: DUE, atMost: now, limit: 100 });
      const walks = await Promise.all(items.map(({ pk, sk }) => table.get({ pk, sk }, { consistent: true })));
      return walks.flatMap((item) => (item ? [item as unknown as LeftWalk] : []));
    },

    /** Somebody goes on with it: nothing is left, unless more was left meanwhile. */
    async takeUp({ message, ...walk }: LeftWalk): Promise<void> {
      try {
        await table.remove({ ...keys.walk(walk), when: [{ is: 'equal', path: ['message'], value: message }] });
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
      }
    },
  };
}
export type WalkStore = ReturnType<typeof walkStore>;
