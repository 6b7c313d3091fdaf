import { type Committed, memoryTable } from '#shared/store/memory-table.ts';
import { INDEXES, type IndexName } from '#shared/store/names.ts';
import { knowingOwnWrites } from '#shared/store/own-writes.ts';
import {
  ConditionFailed,
  type Item,
  type Key,
  type Page,
  type Range,
  type Table,
  TransactionRefused,
} from '#shared/store/table.ts';
import type { Life } from './life.ts';
import { awsError, type Setting } from './setting.ts';

/** What was committed, and when: epoch milliseconds. */
export type Commit = Pick<Committed, 'before' | 'after'> & { readonly at: number };

/** DynamoDB as it is on a bad day, for one process at a time. */
export interface SimTable {
  /** The table as this process reaches it. */
  of(life: Life): Table;
  /** The table as it is: for whoever watches, and never fails. */
  readonly truth: Table;
}

const THROTTLED = 'ProvisionedThroughputExceededException';
/** Reads that are not consistent may be this much behind, milliseconds. */
const STALENESS = 1000;

export function simTable(setting: Setting, heard: (commit: Commit) => void): SimTable {
  const { time, chance, faults } = setting;
  const older = new Map<string, { item: Item | undefined; until: number }>();
  const index = laggingIndexes(setting);
  const truth = memoryTable(({ before, after }) => {
    // A check writes nothing, nor does the removal of what is not there: the stream hears of neither.
    if (before === after) return;
    const item = (after ?? before) as Item;
    older.set(keyOf(item), { item: before, until: time.now() + STALENESS });
    index.note(before, after);
    heard({ before, after, at: time.now() });
  });
  const throttledUntil = new Map<string, number>();

  const trip = () => (faults.strikes('table slow') ? chance.between(100, 3000) : chance.between(1, 8));

  /** One call: the request travels, something happens, the reply travels back. */
  function ask<T>(
    process: Life,
    what: string,
    { pk, act, repeat }: { pk: string; act: () => Promise<T>; repeat?: (first: T) => Promise<T> },
  ): Promise<T> {
    return process.request(what, ({ resolve, reject }) => {
      const fail = (name: string, after: number) => time.after(after, () => reject(awsError(name)));
      if (faults.strikes('partition throttled for a while'))
        throttledUntil.set(pk, time.now() + chance.between(500, 20_000));
      if ((throttledUntil.get(pk) ?? 0) > time.now() && faults.active())
        return fail(THROTTLED, chance.between(50, 600));
      if (faults.strikes('table throttled')) return fail(THROTTLED, chance.between(50, 600));
      if (repeat && faults.strikes('table fails before the write')) return fail('InternalServerError', trip());
      time.after(trip(), () => {
        const reply = act();
        reply.catch(() => {});
        if (repeat && faults.strikes('table fails after the write')) return fail('InternalServerError', trip());
        if (repeat && faults.strikes('table reply lost, SDK repeats the write')) {
          time.after(chance.between(20, 1500), () => {
            const second = reply.then(repeat, () => act()).catch(asRepeated);
            second.catch(() => {});
            time.after(trip(), () => resolve(second));
          });
        } else time.after(trip(), () => resolve(reply));
      });
    });
  }

  const stale = (key: Key): boolean => {
    const known = older.get(keyOf(key));
    return known !== undefined && known.until > time.now() && faults.strikes('stale read');
  };
  const maybeStale = async (key: Key): Promise<Item | undefined> =>
    stale(key) ? older.get(keyOf(key))?.item : truth.get(key);

  /** DynamoDB ends a page where it likes: only a missing key to go on from says that there is no more. */
  const shortened = async (whole: Promise<Page>): Promise<Page> => {
    const page = await whole;
    if (page.items.length < 2 || !faults.strikes('short page')) return page;
    const items = page.items.slice(0, chance.whole(1, page.items.length - 1));
    return { items, after: { ...(items.at(-1) as Item) } };
  };

  let marks = 0;
  const of = (process: Life): Table => knowingOwnWrites(asAnswered(process), () => `m${++marks}`);
  const asAnswered = (process: Life): Table => ({
    get: (key, { consistent = false } = {}) =>
      ask(process, `read ${nameOf(key)}`, { pk: key.pk, act: () => (consistent ? truth.get(key) : maybeStale(key)) }),
    getMany: async (keys, { consistent = false } = {}) =>
      // As the client does: nothing to ask, no call.
      keys.length === 0
        ? []
        : ask(process, `read ${keys.length} items`, {
            pk: keys[0]?.pk ?? '',
            act: async () => {
              const unique = [...new Map(keys.map((key) => [keyOf(key), key])).values()];
              const read = consistent ? truth.get : maybeStale;
              return (await Promise.all(unique.map((key) => read(key)))).filter((item) => item !== undefined);
            },
          }),
    query: (range) =>
      ask(process, `query ${range.index ?? ''} ${range.partition}`, {
        pk: range.partition,
        act: () => shortened(range.index ? Promise.resolve(index.query(range.index, range)) : truth.query(range)),
      }),
    count: (range) => ask(process, `count ${range.partition}`, { pk: range.partition, act: () => truth.count(range) }),
    update: (update) => {
      const act = () => truth.update(update);
      const what = () => `update ${nameOf(update)} ${update.fact ?? ''}`;
      return ask(process, what(), {
        pk: update.pk,
        act: faults.strikes('update meets a transaction') ? () => conflict('TransactionConflictException') : act,
        repeat: act,
      });
    },
    put: (put) => {
      const act = () => truth.put(put);
      return ask(process, `put ${nameOf(put.item)}`, { pk: put.item.pk, act, repeat: act });
    },
    remove: (removal) => {
      const act = () => truth.remove(removal);
      return ask(process, `remove ${nameOf(removal)}`, { pk: removal.pk, act, repeat: act });
    },
    transact: (writes, token) => {
      const what = `transact ${writes.length} writes`;
      const refused = async (): Promise<void> => {
        throw new TransactionRefused([], true);
      };
      const act = faults.strikes('transaction conflict') ? refused : () => truth.transact(writes, token);
      // The SDK repeats a transaction under the same client token: what succeeded once succeeds again.
      return ask(process, what, { pk: '', act, repeat: async (first) => first });
    },
  });
  return { of, truth };
}

const asRepeated = (error: unknown): never => {
  throw error instanceof ConditionFailed ? new ConditionFailed(error.item, true) : error;
};

async function conflict(name: string): Promise<never> {
  throw awsError(name);
}

const keyOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
const nameOf = ({ pk, sk }: Key) => (sk === pk ? pk : `${pk} ${sk}`);

/** Indexes that learn of a write a moment after it; a moment that may be long. */
function laggingIndexes({ time, chance, faults }: Setting) {
  const listed = new Map<IndexName, Map<string, Item>>();
  const coming: { at: number; index: IndexName; key: string; item: Item | undefined }[] = [];
  const latest = new Map<string, number>();
  const names = Object.keys(INDEXES) as IndexName[];
  for (const name of names) listed.set(name, new Map());

  const entryOf = (name: IndexName, item: Item | undefined): Item | undefined => {
    const { partition, sort, projection } = INDEXES[name];
    if (item?.[partition] === undefined || item[sort] === undefined) return undefined;
    if (projection === 'ALL') return item;
    return { pk: item.pk, sk: item.sk, [partition]: item[partition], [sort]: item[sort] };
  };

  const catchUp = () => {
    for (let at = 0; at < coming.length; ) {
      const news = coming[at] as (typeof coming)[number];
      if (news.at > time.now()) {
        at++;
        continue;
      }
      coming.splice(at, 1);
      if (news.item) listed.get(news.index)?.set(news.key, news.item);
      else listed.get(news.index)?.delete(news.key);
    }
  };

  return {
    note(before: Item | undefined, after: Item | undefined): void {
      for (const index of names) {
        const [was, is] = [entryOf(index, before), entryOf(index, after)];
        if (was === undefined && is === undefined) continue;
        const key = keyOf((after ?? before) as Item);
        const lag = faults.strikes('index lags') ? chance.between(100, 60_000) : chance.between(1, 30);
        const at = Math.max(time.now() + lag, latest.get(key) ?? 0);
        latest.set(key, at);
        coming.push({ at, index, key, item: is });
      }
    },

    query(name: IndexName, { partition, atMost, limit, after, descending }: Range): Page {
      catchUp();
      const { partition: partitionKey, sort } = INDEXES[name];
      const order = (item: Item) => item[sort] as number | string;
      const compare = (a: Item, b: Item) => {
        const [x, y] = order(a) === order(b) ? [keyOf(a), keyOf(b)] : [order(a), order(b)];
        return (x < y ? -1 : 1) * (descending ? -1 : 1);
      };
      const found = [...(listed.get(name)?.values() ?? [])]
        .filter((item) => item[partitionKey] === partition && (atMost === undefined || order(item) <= atMost))
        .sort(compare);
      const rest = after ? found.filter((item) => compare(item, after as Item) > 0) : found;
      const items = limit === undefined ? rest : rest.slice(0, limit);
      const last = items.at(-1);
      const more = limit !== undefined && rest.length > limit && last;
      return { items, ...(more && { after: { ...last } }) };
    },
  };
}
