import { placeHash } from '#shared/domain/address.ts';
import type { Event } from '#shared/domain/event.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { type History, isRow } from './history.ts';
import type { Setting } from './setting.ts';
import type { Commit } from './sim-table.ts';
import { together } from './together.ts';
import { whose } from './traces.ts';
import { ADDRESS_KEY } from './visits.ts';

const MATTERS = ['email', 'addressHash', 'erased'] as const;

/**
 * Everybody has one address, the one their row says, until they are nobody; and a row outlives what it leads to. At an
 * event that has addresses confirmed nobody has a place at one that was never proved to be theirs.
 */
export function addresses({ violated }: Setting, past: History, proofs: ReadonlySet<string>) {
  const rows = new Map<string, Item>();
  /** Whatever else is kept of a person: their address, what they answered, their place in line. */
  const others = new Map<string, Set<string>>();
  const purged = new Set<string>();
  const hashes = new Map<string, string>();

  const hashOf = (event: Item, row: Item): string => {
    const whom = `${row.eventId} ${row.email}`;
    const known = hashes.get(whom);
    if (known !== undefined) return known;
    const hash = placeHash(ADDRESS_KEY, event as unknown as Event, {
      email: String(row.email),
      name: String(row.name),
    });
    hashes.set(whom, hash);
    return hash;
  };

  const later = together((people) => {
    for (const id of people) {
      const row = rows.get(id);
      if (row) lookAt(row, [...(others.get(id) ?? [])]);
      else lookAtGone(id, [...(others.get(id) ?? [])]);
    }
  });

  function lookAt(row: Item, kept: readonly string[]): void {
    const event = past.latest(keys.event(String(row.eventId)));
    if (row.erased || !event || isPurging(row)) return;
    const held = kept.filter((key) => key.startsWith('ADDR#'));
    const theirs = keys.address(hashOf(event, row));
    if (held.length !== 1 || held[0] !== nameOf(theirs) || keys.address(String(row.addressHash)).pk !== theirs.pk)
      violated('somebody has not the one address that is theirs', { row, held });
  }

  /** A purge takes first what only a row leads to, and the rest once all rows are gone. */
  function lookAtGone(id: string, kept: readonly string[]): void {
    const left = purged.has(id) ? kept.filter((key) => key.startsWith('ADDR#')) : kept;
    if (left.length > 0) violated('a row went before what it leads to', { id, left });
  }

  const isPurging = (row: Item | undefined): boolean =>
    past.latest(keys.event(String(row?.eventId)))?.purgingAt !== undefined;

  function rowWritten(before: Item | undefined, after: Item | undefined, id: string): void {
    if (after) rows.set(id, after);
    else rows.delete(id);
    if (!after && isPurging(before)) purged.add(id);
    if (!after || !before || MATTERS.some((field) => before[field] !== after[field])) later(id);
    if (after && after.status !== before?.status) placed(after, id);
  }

  function placed(row: Item, id: string): void {
    const event = past.latest(keys.event(String(row.eventId)));
    if (!event?.confirmAddress || !['confirmed', 'waitlisted'].includes(String(row.status))) return;
    if (row.confirmBy !== undefined || !proofs.has(`${id} ${row.email}`))
      violated('a place at an address that nobody confirmed', row);
  }

  return {
    committed({ before, after }: Commit): void {
      const item = (after ?? before) as Item;
      const id = whose(item);
      if (id === undefined) return;
      if (isRow(item)) {
        rowWritten(before, after, id);
        return;
      }
      const kept = others.get(id) ?? new Set();
      others.set(id, kept);
      if (after) kept.add(nameOf(item));
      else kept.delete(nameOf(item));
      later(id);
    },
  };
}

const nameOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }): string => `${pk} ${sk}`;
