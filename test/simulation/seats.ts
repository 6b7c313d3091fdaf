import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { type History, isRow } from './history.ts';
import type { Setting } from './setting.ts';
import type { Commit } from './sim-table.ts';
import { together } from './together.ts';

const ticketOf = ({ seat }: Item): number | undefined => {
  const [, ticket] = /^waiting:(\d+)$/.exec(String(seat)) ?? [];
  return ticket === undefined ? undefined : Number(ticket);
};

/**
 * The seats of capped events: as many as the count says, and never more than there are; a place in line for each who waits
 * and for nobody else; given in order, and to nobody who may not have one. A tombstone holds its seat until it is freed.
 */
export function seats({ violated }: Setting, past: History) {
  const line = new Map<string, Set<string>>();

  const later = together((events) => {
    for (const eventId of events) {
      const event = past.latest(keys.event(eventId));
      if (event?.capacity !== undefined && event.purgingAt === undefined) lookAt(event, eventId);
    }
  });

  function lookAt({ capacity }: Item, eventId: string): void {
    const rows = past.rowsOf(eventId);
    const taken = rows.filter(({ seat }) => seat === 'taken').length;
    const inLine = rows.flatMap((row) => {
      const ticket = ticketOf(row);
      return ticket === undefined ? [] : [keys.waitlistPlace(eventId, ticket, String(row.registrationId)).sk];
    });
    const places = line.get(eventId) ?? new Set();
    const count = past.latest(keys.seats(eventId));
    const found = { count, taken, waiting: inLine.length, places: [...places] };
    if ((count?.taken ?? 0) !== taken || (count?.waiting ?? 0) !== inLine.length)
      violated('the count of seats is not that of the people', found);
    if (taken > Number(capacity)) violated('more people have a seat than there are', found);
    if (places.size !== inLine.length || !inLine.every((place) => places.has(place)))
      violated('the line is not of those who wait', found);
  }

  function seated(before: Item | undefined, after: Item): void {
    if (after.seat === undefined) return;
    if (after.erased || after.confirmBy !== undefined || after.status === 'cancelled')
      violated('a seat for somebody who may not have one', { before, after });
    if (after.seat !== 'taken') return;
    const mine = before && ticketOf(before);
    const ahead = past.rowsOf(after.eventId).filter((other) => {
      const ticket = other.registrationId === after.registrationId ? undefined : ticketOf(other);
      return ticket !== undefined && (mine === undefined || ticket < mine);
    });
    if (ahead.length > 0) violated('somebody in line was overtaken', { after, ahead });
  }

  return {
    committed({ before, after }: Commit): void {
      const item = (after ?? before) as Item;
      const [, eventId = '', part] = item.pk.split('#');
      if (part === 'WAITLIST') {
        const places = line.get(eventId) ?? new Set();
        line.set(eventId, places);
        if (after) places.add(item.sk);
        else places.delete(item.sk);
      } else if (isRow(item)) {
        if (before?.seat === after?.seat) return;
        if (after) seated(before, after);
      } else if (item.sk !== 'SEATS') return;
      later(eventId);
    },

    /** Who waits though a seat is free, at an event whose seats are given on. */
    idle(event: Item): Item | undefined {
      const count = past.latest(keys.seats(String(event.eventId)));
      const isFree = Number(count?.waiting ?? 0) > 0 && Number(count?.taken) < Number(event.capacity);
      return isFree ? count : undefined;
    },
  };
}
export type Seats = ReturnType<typeof seats>;
