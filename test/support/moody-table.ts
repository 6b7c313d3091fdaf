import type { Table } from '#shared/store/table.ts';

/** How a table answers: at once, never, after so many milliseconds, or by failing. */
export type Mood =
  | { readonly is: 'well' }
  | { readonly is: 'hanging' }
  | { readonly is: 'slow'; readonly ms: number }
  | { readonly is: 'failing'; readonly by: Error };

/** A table whose mood a test sets. */
export function moodyTable() {
  let mood: Mood = { is: 'well' };
  const moody =
    <Asked extends unknown[], Answer>(call: (...asked: Asked) => Promise<Answer>) =>
    async (...asked: Asked): Promise<Answer> => {
      if (mood.is === 'failing') throw mood.by;
      if (mood.is === 'hanging') return new Promise<never>(() => {});
      if (mood.is === 'slow') {
        const { ms } = mood;
        await new Promise((resolve) => setTimeout(resolve, ms));
      }
      return call(...asked);
    };
  return {
    become: (next: Mood) => {
      mood = next;
    },
    reach: (table: Table): Table => ({
      get: moody(table.get),
      getMany: moody(table.getMany),
      query: moody(table.query),
      count: moody(table.count),
      update: moody(table.update),
      put: moody(table.put),
      remove: moody(table.remove),
      transact: moody(table.transact),
    }),
  };
}
