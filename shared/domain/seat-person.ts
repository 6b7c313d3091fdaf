import { settledOwing } from './change-registration.ts';
import { greetingOf, type Registration, SEAT_DUE } from './registration.ts';
import type { Seats } from './seats.ts';
import type { Epoch } from './time.ts';

/** One person and the count of seats, before or after a step of `admit`. */
export interface Seating {
  readonly row: Registration;
  readonly seats: Seats;
}

/** The row with its decision made: no longer waiting for one, and owed the mail that tells of it. */
function decided(row: Registration, outcome: Pick<Registration, 'status' | 'seat'>, now: Epoch): Registration {
  const { mailAfter, ...rest } = row;
  const placed = outcome.status === 'confirmed' ? { confirmedAt: now } : {};
  const known = { ...settledOwing(rest, SEAT_DUE), ...outcome, ...placed };
  const greetDue = new Set([...(known.greetDue ?? []), greetingOf(known)]);
  return { ...known, greetDue, greetDueAt: mailAfter ?? row.greetDueAt ?? now };
}

/** A free seat is taken. */
export const takeSeat = ({ row, seats }: Seating, now: Epoch): Seating => ({
  row: decided(row, { status: 'confirmed', seat: 'taken' }, now),
  seats: { ...seats, taken: seats.taken + 1 },
});

/** A place at the end of the queue. */
export const joinQueue = ({ row, seats }: Seating, now: Epoch): Seating => ({
  row: decided(row, { status: 'waitlisted', seat: `waiting:${seats.nextTicket}` }, now),
  seats: { ...seats, waiting: seats.waiting + 1, nextTicket: seats.nextTicket + 1 },
});

/** They came back before their seat or place was given on. */
export const keepSeat = ({ row, seats }: Seating, now: Epoch): Seating => {
  const status = row.seat === 'taken' ? 'confirmed' : 'waitlisted';
  return { row: decided(row, { status, ...(row.seat !== undefined && { seat: row.seat }) }, now), seats };
};

/**
 * The first in line gets a seat, and is told even if too much mail had gone to their mailbox when they came; but for one
 * registration too many of that mailbox.
 */
export const promote = ({ row: { overBudget, ...row }, seats }: Seating, now: Epoch): Seating => ({
  row: {
    ...decided(row, { status: 'confirmed', seat: 'taken' }, now),
    ...(row.beyondCap && overBudget !== undefined && { overBudget }),
  },
  seats: { ...seats, taken: seats.taken + 1, waiting: seats.waiting - 1 },
});

/** Gives up a seat, or a place in the queue. */
export const giveUp = ({ row, seats }: Seating): Seating => {
  const { seat, ...rest } = settledOwing(row, SEAT_DUE);
  const freed = seat === 'taken' ? { taken: seats.taken - 1 } : { waiting: seats.waiting - 1 };
  return { row: rest, seats: { ...seats, ...freed } };
};
