import type { Item, Key } from '#shared/store/table.ts';
import type { Commit } from './sim-table.ts';

interface Version {
  readonly at: number;
  readonly item: Item | undefined;
}

/** Somebody's row; not the organiser's, which lies beside the event. */
export const isRow = ({ sk }: Key): boolean => sk.startsWith('REG#');

/** Every version every item ever had, and since when: what somebody can be held to. */
export function history() {
  const versions = new Map<string, Version[]>();
  const present = new Map<string, Item>();
  const rows = new Map<string, Item>();
  const everyRow = new Map<string, Key>();
  const keyOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
  const of = (key: Key): readonly Version[] => versions.get(keyOf(key)) ?? [];

  const keep = (where: Map<string, Item>, key: string, item: Item | undefined): void => {
    if (item) where.set(key, item);
    else where.delete(key);
  };

  return {
    note({ before, after, at }: Commit): void {
      const item = (after ?? before) as Item;
      const key = keyOf(item);
      const known = versions.get(key);
      if (known) known.push({ at, item: after });
      else versions.set(key, [{ at, item: after }]);
      keep(present, key, after);
      if (!isRow(item)) return;
      keep(rows, key, after);
      everyRow.set(key, item);
    },
    of,
    latest: (key: Key): Item | undefined => present.get(keyOf(key)),
    /** Somebody's row as it was before they were erased or purged, if they are. */
    living(key: Key): Item | undefined {
      const all = of(key);
      for (let n = all.length - 1; n >= 0; n--) {
        const item = all[n]?.item;
        if (item && !item.erased) return item;
      }
      return undefined;
    },
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
      for (const item of present.values()) if (passes(item)) return true;
      return false;
    },
    /** Every item as it is now, whose key passes. */
    items: (passes: (item: Item) => boolean): Item[] => [...present.values()].filter(passes),
    /** Every row as it is now, tombstones too. */
    rows: (): Item[] => [...rows.values()],
    rowsOf: (eventId: unknown): Item[] => [...rows.values()].filter((row) => row.eventId === eventId),
    /** The key of every row there ever was at an event. */
    everyRowOf: (eventId: string): Key[] =>
      [...everyRow.values()].filter(({ pk }) => pk.startsWith(`EVENT#${eventId}#`)),
  };
}
export type History = ReturnType<typeof history>;
