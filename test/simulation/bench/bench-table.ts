import { type Committed, memoryTable } from '#shared/store/memory-table.ts';
import { INDEXES, type IndexName } from '#shared/store/names.ts';
import type { Item, Key, Page, Range, Table, Write } from '#shared/store/table.ts';
import type { Dice } from '../dice.ts';
import type { WorkerLife } from './worker-life.ts';

/** One page of a query: 1 MB of rows of about 600 bytes. */
const PAGE = 1700;
const keyOf = ({ pk, sk }: Key) => `${pk} ${sk}`;

/** The table of the benchmark: a table in memory for each partition, so that 100,000 people can be walked through; metered. */
export function benchTable(chance: Dice) {
  const used = { writeUnits: 0, readUnits: 0 };
  const partitions = new Map<string, Table>();
  const listed = new Map<IndexName, Map<string, Item>>();
  for (const name of Object.keys(INDEXES) as IndexName[]) listed.set(name, new Map());

  const committed = ({ before, after, units, indexUnits }: Committed) => {
    used.writeUnits += units + indexUnits;
    const item = (after ?? before) as Item;
    for (const [name, items] of listed) {
      if (after?.[INDEXES[name].partition] !== undefined) items.set(keyOf(item), after);
      else items.delete(keyOf(item));
    }
  };
  const at = (pk: string): Table => {
    const known = partitions.get(pk) ?? memoryTable(committed);
    partitions.set(pk, known);
    return known;
  };
  const read = <T>(units: number, reply: T): T => {
    used.readUnits += units;
    return reply;
  };

  const inIndex = (name: IndexName, { partition, atMost, limit }: Range): Page => {
    const { partition: field, sort } = INDEXES[name];
    const found = [...(listed.get(name)?.values() ?? [])]
      .filter((item) => item[field] === partition && (atMost === undefined || (item[sort] as number) <= Number(atMost)))
      .sort((a, b) => (a[sort] as number) - (b[sort] as number));
    return { items: structuredClone(found.slice(0, limit)) };
  };

  const truth: Table = {
    get: (key, { consistent = false } = {}) => read(consistent ? 1 : 0.5, at(key.pk).get(key)),
    getMany: async (keys, { consistent = false } = {}) => {
      const found = await Promise.all(keys.map((key) => at(key.pk).get(key)));
      return read(keys.length * (consistent ? 1 : 0.5), found).filter((item) => item !== undefined);
    },
    async query(range) {
      if (range.index) return read(0.5, inIndex(range.index, range));
      const page = await at(range.partition).query({ limit: PAGE, ...range });
      return read(Math.ceil((page.items.length * 600) / 4096), page);
    },
    count: (range) => at(range.partition).count(range),
    update: (update) => at(update.pk).update(update),
    put: (put) => at(put.item.pk).put(put),
    remove: (removal) => at(removal.pk).remove(removal),
    async transact(writes) {
      // Those that are measured stay within one partition; only what sets the scene does not.
      for (const [pk, some] of Map.groupBy(writes, partitionOf)) await at(pk).transact(some);
    },
  };

  /** A round trip of DynamoDB: a few milliseconds, and now and then a hundred more. */
  const trip = () => chance.between(3, 8) + (chance.happens(0.001) ? chance.between(20, 120) : 0);
  const of = (life: WorkerLife): Table => ({
    get: (key, options) => life.call(trip(), () => truth.get(key, options)),
    getMany: async (all, options) =>
      all.length === 0 ? [] : life.call(trip() + all.length / 20, () => truth.getMany(all, options)),
    query: (range) => life.call(trip() + (range.index ? 0 : 25), () => truth.query(range)),
    count: (range) => life.call(trip(), () => truth.count(range)),
    update: (update) => life.call(trip(), () => truth.update(update)),
    put: (put) => life.call(trip(), () => truth.put(put)),
    remove: (removal) => life.call(trip(), () => truth.remove(removal)),
    transact: (writes, token) => life.call(2 * trip(), () => truth.transact(writes, token)),
  });
  return { truth, of, used };
}

function partitionOf(write: Write): string {
  if ('put' in write) return write.put.item.pk;
  return ('update' in write ? write.update : 'check' in write ? write.check : write.remove).pk;
}
