import { MARK } from './names.ts';
import { type Condition, ConditionFailed, type Item, type Path, type Table } from './table.ts';

/**
 * The same table, where a write whose reply was lost is known again: the SDK repeats the request, the repeat is refused
 * because the first did it, and the caller hears of the first. Each single write that its own repeat could break leaves a mark
 * that nobody else has; a refusal that shows the mark is no refusal. Transactions need none: see `transact`. Above this
 * nobody sees the marks. A first write that somebody else's single write has covered by then is not known again.
 */
export function knowingOwnWrites(table: Table, newMark: () => string): Table {
  return {
    get: async (key, options) => unmarked(await table.get(key, options)),
    getMany: async (keys, options) => (await table.getMany(keys, options)).map(unmarked),
    async query(range) {
      const page = await table.query(range);
      return { ...page, items: page.items.map(unmarked) };
    },
    count: (range) => table.count(range),

    async update({ set = [], when, ...update }) {
      const counts = update.add !== undefined && update.add.length > 0;
      if (when.length === 0 && !counts) return unmarked(await table.update({ ...update, set, when }));
      const mark = newMark();
      const marked = { ...update, set: [...set, [PATH, mark] as const], when: counts ? [...when, notYet(mark)] : when };
      return unmarked(await table.update(marked).catch(ifOurs(mark)));
    },

    async put({ item, when = [], ...put }) {
      if (when.length === 0) return table.put({ ...put, item });
      const mark = newMark();
      await table.put({ ...put, item: { ...item, [MARK]: mark }, when }).catch(ifOurs(mark));
    },

    async remove(removal) {
      await table.remove(removal).catch((error: unknown) => {
        // What is asked for is that it be gone; the first request has seen it as it was to be, or it would not be.
        if (!(error instanceof ConditionFailed && error.repeated && !error.item)) throw withoutMark(error);
      });
    },

    /** The SDK repeats a transaction under one token, and DynamoDB answers the repeat for ten minutes as it did the first. */
    transact: (writes, token) => table.transact(writes, token),
  };
}

const PATH: Path = [MARK];

/** What adds up would otherwise be done by the repeat as well. */
const notYet = (mark: string): Condition => ({ is: 'differs', path: PATH, value: mark });

const ifOurs =
  (mark: string) =>
  (error: unknown): Item => {
    if (error instanceof ConditionFailed && error.item?.[MARK] === mark) return error.item;
    throw withoutMark(error);
  };

const withoutMark = (error: unknown): unknown =>
  error instanceof ConditionFailed ? new ConditionFailed(unmarked(error.item), error.repeated) : error;

function unmarked<T extends Item | undefined>(item: T): T {
  if (item?.[MARK] === undefined) return item;
  const { [MARK]: _, ...rest } = item;
  return rest as T;
}
