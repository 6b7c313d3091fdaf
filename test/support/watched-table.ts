import type { Key, Table, Write } from '#shared/store/table.ts';

const keyOf = (write: Write): Key => {
  if ('put' in write) return write.put.item;
  if ('update' in write) return write.update;
  return 'check' in write ? write.check : write.remove;
};

/** What a key is of: its words, without what is somebody’s. */
const kindOf = ({ pk, sk }: Key): string => `${pk.split('#')[0]} ${sk.split('#')[0]}`;

/** Notes what is asked of a table: which calls, of what, in which order; not what they found. */
export class Calls {
  #asked: string[] = [];

  begin(): void {
    this.#asked = [];
  }

  end(): readonly string[] {
    return this.#asked;
  }

  readonly watching = (table: Table): Table => {
    const noting =
      <Asked, Rest extends unknown[], Result>(
        call: string,
        ask: (asked: Asked, ...rest: Rest) => Promise<Result>,
        keysOf: (asked: Asked) => readonly Key[],
      ) =>
      (asked: Asked, ...rest: Rest): Promise<Result> => {
        this.#asked.push(`${call} ${keysOf(asked).map(kindOf).join(', ')}`);
        return ask(asked, ...rest);
      };
    const one = (key: Key) => [key];
    return {
      ...table,
      get: noting('get', table.get, one),
      getMany: noting('getMany', table.getMany, (keys) => keys),
      query: noting('query', table.query, () => []),
      update: noting('update', table.update, one),
      put: noting('put', table.put, ({ item }) => [item]),
      remove: noting('remove', table.remove, one),
      transact: noting('transact', table.transact, (writes) => writes.map(keyOf)),
    };
  };
}

/** A table whose calls take different numbers of turns, so that what is done at once comes in another order for each seed. */
export const unevenly =
  (seed: number) =>
  (table: Table): Table => {
    let state = seed;
    const late =
      <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        state = (state * 48_271) % 2_147_483_647;
        await turns(state % 40);
        return call(...args);
      };
    const { get, getMany, update, put, transact } = table;
    return {
      ...table,
      get: late(get),
      getMany: late(getMany),
      update: late(update),
      put: late(put),
      transact: late(transact),
    };
  };

/** Lets others go first, so many times. */
export async function turns(times: number): Promise<void> {
  for (let left = times; left > 0; left--) await undefined;
}
