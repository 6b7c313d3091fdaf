import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { type History, isRow } from './history.ts';
import type { Setting } from './setting.ts';
import type { Commit } from './sim-table.ts';
import { whose } from './traces.ts';

/**
 * Nobody who is erased or purged comes back: from the write on that makes them a tombstone, or takes their row, what is
 * theirs is only deleted. An erasure begins with its tombstone, a purge with a mark on the event.
 */
export function gone({ violated }: Setting, past: History) {
  const nobody = new Set<string>();
  const eventOf = new Map<string, string>();

  const isPurging = (registrationId: string): boolean =>
    past.latest(keys.event(eventOf.get(registrationId) ?? ''))?.purgingAt !== undefined;

  return {
    /** Whether somebody of that id is erased, or purged. */
    isNobody: (registrationId: string): boolean => nobody.has(registrationId),

    committed({ before, after }: Commit): void {
      const item = (after ?? before) as Item;
      const id = whose(item);
      if (id === undefined) return;
      if (isRow(item)) eventOf.set(id, String(item.eventId));
      if (after && nobody.has(id)) violated('something is written of somebody who is gone', { before, after });
      if (after && !before && isPurging(id)) violated('something new is kept of people who are being purged', after);
      if (!isRow(item)) return;
      if (!after && !before?.erased && !isPurging(id)) violated('a row went without a tombstone', before);
      if (!after || after.erased) nobody.add(id);
    },
  };
}
export type Gone = ReturnType<typeof gone>;
