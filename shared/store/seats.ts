import type { FactName } from '#events/catalogue.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { NO_SEATS, Seats } from '#shared/domain/seats.ts';
import { keys, ticketKey, waitlistKey } from './keys.ts';
import { revision } from './registration-items.ts';
import { type Table, TransactionRefused, type Write } from './table.ts';

/** A step of `admit`: one person's row, the count, and a place in the queue, changed together or not at all. */
export interface SeatStep {
  readonly before: Registration;
  readonly after: Registration;
  readonly seats: Seats;
  readonly next: Seats;
  readonly fact: FactName | undefined;
  /** The person is erased: their row goes in the step that frees what they held. */
  readonly removes?: boolean;
  /** A place to take in the queue, or to give up. */
  readonly queue?: { readonly join: number } | { readonly leave: number };
}

/** The seats of capped events. */
export function seatStore(table: Table) {
  return {
    async get(eventId: string, { consistent = true } = {}): Promise<Seats> {
      const item = await table.get(keys.seats(eventId), { consistent });
      return item ? Seats.parse(item) : NO_SEATS;
    },

    /** Several events' counts at once, for the catalogue. */
    async getMany(eventIds: readonly string[]): Promise<Map<string, Seats>> {
      const items = await table.getMany(eventIds.map(keys.seats));
      return new Map(items.map((item) => [item.pk.slice('EVENT#'.length), Seats.parse(item)]));
    },

    /** Takes the step, or says that the row or the count was not as read: read both again. */
    async step({ before, after, seats, next, fact, removes = false, queue }: SeatStep): Promise<'done' | 'moved-on'> {
      const { eventId, registrationId } = before;
      const row = revision(before, removes ? before : after);
      const key = keys.registration(eventId, registrationId);
      const counted = seats.version === 0 ? { is: 'absent' as const } : versionIs(seats.version);
      const writes: Write[] = [
        removes ? { remove: { ...key, when: row.when } } : { update: { ...key, ...row.change, when: row.when, fact } },
        {
          put: {
            item: { ...keys.seats(eventId), ...next, version: seats.version + 1 },
            when: [counted],
            fact: undefined,
          },
        },
        ...placeWrites(eventId, registrationId, queue),
      ];
      try {
        await table.transact(writes);
        return 'done';
      } catch (error) {
        if (error instanceof TransactionRefused) return 'moved-on';
        throw error;
      }
    },

    /** Who is first in the queue. */
    async firstInLine(eventId: string): Promise<{ ticket: number; registrationId: string } | undefined> {
      const { items } = await table.query({ partition: waitlistKey(eventId), limit: 1, consistent: true });
      const [ticket, registrationId] = items[0]?.sk.split('#') ?? [];
      return ticket && registrationId ? { ticket: Number(ticket), registrationId } : undefined;
    },

    /** The place of a ticket in the queue as it is now; 1 is next. */
    async placeOf(eventId: string, ticket: number): Promise<number> {
      return 1 + (await table.count({ partition: waitlistKey(eventId), below: ticketKey(ticket) }));
    },
  };
}
export type SeatStore = ReturnType<typeof seatStore>;

const versionIs = (value: number) => ({ is: 'equal', path: ['version'], value }) as const;

function placeWrites(eventId: string, registrationId: string, queue: SeatStep['queue']): Write[] {
  if (!queue) return [];
  if ('leave' in queue) return [{ remove: keys.waitlistPlace(eventId, queue.leave, registrationId) }];
  return [{ put: { item: { ...keys.waitlistPlace(eventId, queue.join, registrationId) }, fact: undefined } }];
}
