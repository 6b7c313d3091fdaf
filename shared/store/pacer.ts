import { Pacer } from '#shared/domain/pacer.ts';
import { keys } from './keys.ts';
import { ConditionFailed, type Path, type Table } from './table.ts';

/** The pacer at rest: one item that every worker moves. */
export function pacerStore(table: Table) {
  return {
    async get(): Promise<Pacer | undefined> {
      const item = await table.get(keys.pacer(), { consistent: true });
      return item && Pacer.parse(item);
    },

    /**
     * Moves it from what was read to `next`, what differs only, and without a write if nothing does; the present one comes
     * back when somebody else was first.
     */
    async move(
      read: Pacer | undefined,
      next: Pacer,
    ): Promise<{ moved: true } | { moved: false; now: Pacer | undefined }> {
      const before: Record<string, unknown> = { ...read };
      const set = Object.entries(next).flatMap(([field, value]): (readonly [Path, unknown])[] =>
        before[field] === value ? [] : [[[field], value]],
      );
      const remove: Path[] = next.quotaLeft === undefined && read?.quotaLeft !== undefined ? [['quotaLeft']] : [];
      if (read && set.length === 0 && remove.length === 0) return { moved: true };
      const when = read
        ? ([
            { is: 'equal', path: ['tat'], value: read.tat },
            { is: 'equal', path: ['rate'], value: read.rate },
          ] as const)
        : ([{ is: 'absent' }] as const);
      try {
        await table.update({ ...keys.pacer(), set, remove, when, fact: undefined });
        return { moved: true };
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
        return { moved: false, now: error.item && Pacer.parse(error.item) };
      }
    },
  };
}
export type PacerStore = ReturnType<typeof pacerStore>;
