import type { Item, Key } from '#shared/store/table.ts';
import type { Commit } from './sim-table.ts';

interface Version {
  readonly at: number;
  readonly item: Item | undefined;
}

/** Every version every item ever had, and since when: what somebody can be held to. */
export function history() {
  const versions = new Map<string, Version[]>();
  const keyOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
  const of = (key: Key): readonly Version[] => versions.get(keyOf(key)) ?? [];

  return {
    note({ before, after, at }: Commit): void {
      const key = keyOf((after ?? before) as Item);
      const known = versions.get(key);
      if (known) known.push({ at, item: after });
      else versions.set(key, [{ at, item: after }]);
    },
    of,
    latest: (key: Key): Item | undefined => of(key).at(-1)?.item,
    /** Whether something was true of the item at any moment since then; `undefined` is the item before it was written. */
    everSince(key: Key, since: number, is: (item: Item | undefined) => boolean): boolean {
      const all = of(key);
      for (let n = all.length - 1; n >= 0; n--) {
        const version = all[n] as Version;
        if (is(version.item)) return true;
        if (version.at <= since) return false;
      }
      return is(undefined);
    },
    /** Whether something was true of the item at every moment from `since` to `until`. */
    alwaysFrom(key: Key, since: number, until: number, is: (item: Item | undefined) => boolean): boolean {
      const all = of(key);
      let held = false;
      for (const { at, item } of all) {
        if (at > until) break;
        if (at <= since) held = is(item);
        else if (!is(item)) return false;
      }
      return held;
    },
    /** Whether there is such an item now. */
    some(passes: (item: Item) => boolean): boolean {
      for (const all of versions.values()) {
        const item = all.at(-1)?.item;
        if (item && passes(item)) return true;
      }
      return false;
    },
    /** Every item as it is now, whose key passes. */
    items(passes: (item: Item) => boolean): Item[] {
      return [...versions.values()].flatMap((all) => {
        const item = all.at(-1)?.item;
        return item && passes(item) ? [item] : [];
      });
    },
  };
}
export type History = ReturnType<typeof history>;
