import type { FactName } from '#events/catalogue.ts';
import { settledOwing } from '#shared/domain/change-registration.ts';
import { type Event, phaseOf } from '#shared/domain/event.ts';
import { type Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import { giveUp, joinQueue, keepSeat, promote, type Seating, takeSeat } from '#shared/domain/seat-person.ts';
import { seatChange, seatIsFree, ticketOf, wantsNone } from '#shared/domain/seats.ts';
import type { Logger } from '#shared/logger.ts';
import type { Nudge } from '#shared/queue/messages.ts';
import type { Eraser } from '#shared/store/eraser.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { SeatStep, SeatStore } from '#shared/store/seats.ts';

export interface AdmitDeps {
  readonly events: Pick<EventStore, 'get'>;
  readonly registrations: Pick<RegistrationStore, 'get' | 'tombstone' | 'revise'>;
  readonly seats: SeatStore;
  readonly eraser: Pick<Eraser, 'removeTraces' | 'removeRow'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** How often a step is computed anew when the row or the count moved on meanwhile. */
const ROUNDS = 8;

/**
 * The one seat-keeper of a capped event. A message only says whom to look at; the row says what they want. Ends by giving
 * free seats to the first in line, so a crash half-way is made good by whatever message comes next.
 */
export function admit({ events, registrations, seats, eraser, now, logger }: AdmitDeps) {
  const nowEpoch = () => Math.floor(now() / 1000);

  return async ({ eventId, registrationId }: Nudge): Promise<void> => {
    const event = await events.get(eventId, { consistent: true });
    if (event?.capacity === undefined) return;
    if (registrationId) await seatPerson(eventId, registrationId, event.capacity);
    await fillSeats(event, event.capacity);
  };

  /** Whoever has that id, erased or not. Of who is erased, everything but the row is gone then. */
  async function rowOf(eventId: string, registrationId: string): Promise<Registration | undefined> {
    const person = await registrations.get(eventId, registrationId);
    if (person) return person;
    const tombstone = await registrations.tombstone(eventId, registrationId);
    if (tombstone) await eraser.removeTraces(tombstone);
    return tombstone;
  }

  async function seatPerson(eventId: string, registrationId: string, capacity: number): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      const row = await rowOf(eventId, registrationId);
      if (!row) return;
      const step = stepFor({ row, seats: await seats.get(eventId) }, capacity, nowEpoch());
      if (!step) {
        if (row.erased) await eraser.removeRow(row);
        else if (row.greetDue?.has(SEAT_DUE)) await registrations.revise(row, decidedAlready);
        return;
      }
      if ((await seats.step(step)) === 'done') {
        const { status, erased } = step.after;
        logger.info('Seat decided', { eventId, registrationId, status, erased, ...step.next });
        return;
      }
    }
    throw new Error(`Somebody else keeps writing this registration: ${registrationId}`);
  }

  /** Promotes people while there are free seats and a queue; clears places whose holders have gone. */
  async function fillSeats(event: Event, capacity: number): Promise<void> {
    const phase = phaseOf(event, now());
    if (phase !== 'upcoming' && phase !== 'live') return;
    const { eventId } = event;
    for (;;) {
      const count = await seats.get(eventId);
      if (!seatIsFree(count, capacity)) return;
      const first = await seats.firstInLine(eventId);
      if (!first) throw new Error(`The queue is empty, but ${count.waiting} people wait: ${eventId}`);
      const { ticket, registrationId } = first;
      const row = await rowOf(eventId, registrationId);
      if (!row || ticketOf(row.seat) !== ticket) {
        throw new Error(`A place in the queue is nobody's: ${eventId} ${registrationId}`);
      }
      const seating = { row, seats: count };
      const gone = wantsNone(row);
      const next = gone ? giveUp(seating) : promote(seating, nowEpoch());
      const step = between(seating, next, gone ? undefined : 'registration.confirmed', { leave: ticket });
      if ((await seats.step(step)) === 'done' && !gone) logger.info('Promoted', { eventId, registrationId });
    }
  }
}

const between = (from: Seating, to: Seating, fact: FactName | undefined, queue?: SeatStep['queue']): SeatStep => ({
  before: from.row,
  after: to.row,
  seats: from.seats,
  next: to.seats,
  fact,
  ...(from.row.erased && { removes: true }),
  ...(queue && { queue }),
});

function stepFor(seating: Seating, capacity: number, now: number): SeatStep | undefined {
  const change = seatChange(seating.row, seating.seats, capacity);
  switch (change.do) {
    case 'nothing':
      return undefined;
    case 'take':
      return between(seating, takeSeat(seating, now), 'registration.confirmed');
    case 'queue':
      return between(seating, joinQueue(seating, now), 'registration.waitlisted', { join: change.ticket });
    case 'keep': {
      const kept = keepSeat(seating, now);
      return between(
        seating,
        kept,
        kept.row.status === 'confirmed' ? 'registration.confirmed' : 'registration.waitlisted',
      );
    }
    case 'free-seat':
      return between(seating, giveUp(seating), undefined);
    case 'leave-queue':
      return between(seating, giveUp(seating), undefined, { leave: change.ticket });
  }
}

/** There was nothing to decide: the row owes no decision any more. */
const decidedAlready = (row: Registration) =>
  (row.status === 'applied' && row.confirmBy === undefined) || !row.greetDue?.has(SEAT_DUE)
    ? undefined
    : { row: settledOwing(row, SEAT_DUE) };
