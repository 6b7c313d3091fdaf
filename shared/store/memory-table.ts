import { isDeepStrictEqual } from 'node:util';
import { itemBytes, writeUnits } from './item-size.ts';
import { FACT, INDEXES, NO_FACT } from './names.ts';
import {
  type Change,
  type Condition,
  ConditionFailed,
  type Conditions,
  type Item,
  type Key,
  type Page,
  type Path,
  type Range,
  TABLE_LIMITS,
  type Table,
  TransactionRefused,
  type Write,
} from './table.ts';

/** What a committed write did: the stream's view, and what DynamoDB would bill. */
export interface Committed {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly units: number;
  readonly indexUnits: number;
}

const keyOf = ({ pk, sk }: Key) => `${pk}\u0000${sk}`;

/**
 * The table in memory: for tests, benchmarks and simulations. `committed` sees every write in order. What it hands out is
 * frozen: nobody changes a row but by writing it.
 */
export function memoryTable(committed: (write: Committed) => void = () => {}): Table {
  const items = new Map<string, Item>();

  const commit = (key: Key, after: Item | undefined, inTransaction: boolean) => {
    const before = items.get(keyOf(key));
    if (after) items.set(keyOf(key), after);
    else items.delete(keyOf(key));
    committed({
      before,
      after,
      // Reckoned only where somebody asks: most who listen do not.
      get units() {
        const bytes = Math.max(before ? itemBytes(before) : 0, after ? itemBytes(after) : 0);
        return writeUnits(bytes, inTransaction);
      },
      get indexUnits() {
        return indexUnits(before, after);
      },
    });
  };

  const outcome = (write: Write): { key: Key; after: Item | undefined } | { failed: Item | undefined } => {
    const target =
      'put' in write ? write.put : 'update' in write ? write.update : 'check' in write ? write.check : write.remove;
    const key = 'item' in target ? target.item : target;
    const before = items.get(keyOf(key));
    const { when } = target;
    if (!holdAll(when ?? [], before)) return { failed: before };
    if ('remove' in write) return { key, after: undefined };
    if ('check' in write) return { key, after: before };
    const after =
      'put' in write
        ? (plain({ ...write.put.item, [FACT]: write.put.fact ?? NO_FACT }) as Item)
        : changed(before ?? { pk: key.pk, sk: key.sk }, write.update, write.update.fact);
    checkLimits(after);
    return { key, after };
  };

  const commitSingle = async (single: Write): Promise<Item | undefined> => {
    const result = outcome(single);
    if ('failed' in result) throw new ConditionFailed(result.failed);
    commit(result.key, result.after, false);
    return result.after;
  };

  const select = (range: Range & { readonly below?: string }): Item[] => {
    const { partition, sort } = range.index ? INDEXES[range.index] : { partition: 'pk', sort: 'sk' };
    const order = (item: Item) => item[sort] as string | number;
    const found = [...items.values()].filter(
      (item) =>
        item[partition] === range.partition &&
        order(item) !== undefined &&
        (range.prefix === undefined || String(order(item)).startsWith(range.prefix)) &&
        (range.atMost === undefined || order(item) <= range.atMost) &&
        (range.below === undefined || order(item) < range.below),
    );
    const direction = range.descending ? -1 : 1;
    const sorted = found.sort((a, b) => direction * (compare(order(a), order(b)) || compare(keyOf(a), keyOf(b))));
    const last = range.after as Item | undefined;
    if (!last) return sorted;
    const isAfter = (item: Item) =>
      direction * (compare(order(item), order(last)) || compare(keyOf(item), keyOf(last))) > 0;
    return sorted.filter(isAfter);
  };

  return {
    get: async (key) => items.get(keyOf(key)),
    getMany: async (keys) => [...new Set(keys.map(keyOf))].flatMap((key) => items.get(key) ?? []),
    query: async (range) => pageOf(select(range), range),
    count: async (range) => select(range).length,
    update: async (update) => (await commitSingle({ update })) as Item,
    put: async (put) => void (await commitSingle({ put })),
    remove: async (remove) => void (await commitSingle({ remove })),
    async transact(writes) {
      if (writes.length > TABLE_LIMITS.transactionWrites) throw new Error('Too many writes in one transaction');
      const results = writes.map(outcome);
      if (results.some((result) => 'failed' in result)) {
        throw new TransactionRefused(
          results.map((result) => ('failed' in result ? { item: result.failed } : undefined)),
        );
      }
      for (const result of results) if ('key' in result) commit(result.key, result.after, true);
    },
  };
}

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

function pageOf(found: Item[], { index, limit }: Range): Page {
  const end = limit ?? found.length;
  const { partition, sort, projection } = index ? INDEXES[index] : { partition: 'pk', sort: 'sk', projection: 'ALL' };
  const keys = (item: Item) => ({ pk: item.pk, sk: item.sk, [partition]: item[partition], [sort]: item[sort] });
  const items = found.slice(0, end).map((item) => (projection === 'ALL' ? item : keys(item)));
  const last = found[end - 1];
  return { items, ...(limit && end <= found.length && last && { after: keys(last) }) };
}

const at = (item: Item | undefined, path: Path): unknown =>
  path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], item);

const holdAll = (conditions: Conditions, item: Item | undefined): boolean =>
  conditions.every((each) => holds(each, item));

function holds(condition: Condition, item: Item | undefined): boolean {
  switch (condition.is) {
    case 'there':
      return item !== undefined;
    case 'absent':
      return at(item, condition.path ?? ['pk']) === undefined;
    case 'present':
      return at(item, condition.path) !== undefined;
    case 'equal':
      return item !== undefined && isDeepStrictEqual(at(item, condition.path), condition.value);
    case 'differs':
      return at(item, condition.path) !== condition.value;
    case 'one-of':
      return condition.values.some((value) => value === at(item, condition.path));
    case 'below': {
      const value = at(item, condition.path);
      return typeof value === typeof condition.value && (value as number) < (condition.value as number);
    }
    case 'in-set': {
      const set = at(item, condition.path);
      return set instanceof Set && set.has(condition.value);
    }
    case 'any':
      return condition.of.some((each) => holds(each, item));
  }
}

/** The item after the change. What a change does not touch is shared with the item before: both are frozen. */
function changed(before: Item, change: Change, fact: string | undefined): Item {
  const item: Item = { ...before };
  for (const [path, value] of change.set ?? []) write(item, path, plain(value));
  for (const path of change.remove ?? []) write(item, path, undefined);
  for (const [path, by] of change.add ?? []) write(item, path, ((at(item, path) as number) ?? 0) + by);
  item[FACT] = fact ?? NO_FACT;
  return Object.freeze(item);
}

/** Writes a value into a map, and into copies of the maps on the way to it; `undefined` removes it. */
function write(map: Record<string, unknown>, [name, ...rest]: Path, value: unknown): void {
  const [next, ...further] = rest;
  if (next === undefined) {
    if (value === undefined) delete map[name];
    else map[name] = value;
    return;
  }
  if (typeof map[name] !== 'object' || map[name] === null)
    throw new Error(`There is no map to write ${name}.${next} in`);
  const copy = { ...map[name] };
  write(copy, [next, ...further], value);
  map[name] = Object.freeze(copy);
}

/** A frozen copy. Undefined values are left out, as the document client is told to. */
function plain<T>(value: T): T {
  if (value instanceof Set) return new Set(value) as T;
  if (Array.isArray(value)) return Object.freeze(value.map(plain)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) if (each !== undefined) copy[name] = plain(each);
  return Object.freeze(copy) as T;
}

function checkLimits(item: Item): void {
  if (itemBytes(item) > TABLE_LIMITS.itemBytes) throw new Error('An item has 400 KB at most');
  for (const value of [item.pk, item.sk]) {
    if (value === '' || Buffer.byteLength(value) > TABLE_LIMITS.keyBytes) throw new Error('Not a key DynamoDB takes');
  }
}

/** Index writes a change causes: one to list, one to unlist, both to move; one more KB-wise where all is projected. */
function indexUnits(before: Item | undefined, after: Item | undefined): number {
  return Object.values(INDEXES).reduce((sum, { partition, sort, projection }) => {
    const entry = (item: Item | undefined) =>
      item?.[partition] !== undefined && item[sort] !== undefined ? `${item[partition]} ${item[sort]}` : undefined;
    const [was, is] = [entry(before), entry(after)];
    const unit = (item: Item | undefined) => (projection === 'ALL' && item ? writeUnits(itemBytes(item), false) : 1);
    if (was === is) return sum + (is !== undefined && projection === 'ALL' ? unit(after) : 0);
    return sum + (was === undefined ? 0 : unit(before)) + (is === undefined ? 0 : unit(after));
  }, 0);
}
