import * as z from 'zod';
import type { Registration } from './registration.ts';

/** The count of a capped event's seats. `admit` alone writes it, one at a time per event. */
export const Seats = z.object({
  taken: z.int().min(0),
  waiting: z.int().min(0),
  nextTicket: z.int().min(1),
  version: z.int().min(0),
});
export type Seats = z.infer<typeof Seats>;

export const NO_SEATS: Seats = { taken: 0, waiting: 0, nextTicket: 1, version: 0 };

/** What `admit` does next about one person. */
export type SeatChange =
  | { readonly do: 'nothing' }
  | { readonly do: 'take' }
  | { readonly do: 'queue'; readonly ticket: number }
  /** They hold a seat or a ticket still, having changed their mind in time: only the status follows. */
  | { readonly do: 'keep' }
  | { readonly do: 'free-seat' }
  | { readonly do: 'leave-queue'; readonly ticket: number };

export const ticketOf = (seat: string | undefined): number | undefined =>
  seat?.startsWith('waiting:') ? Number(seat.slice('waiting:'.length)) : undefined;

/** Whether a person wants no seat: they gave it up, or have yet to confirm their address and so have not asked for one. */
export const wantsNone = ({ status, confirmBy }: Pick<Registration, 'status' | 'confirmBy'>): boolean =>
  status === 'cancelled' || confirmBy !== undefined;

/**
 * The change that brings a person's seat in line with what they want. While anyone waits, newcomers queue behind them,
 * even when a seat is free: it belongs to the first in line.
 */
export function seatChange(
  person: Pick<Registration, 'status' | 'seat' | 'confirmBy'>,
  seats: Seats,
  capacity: number,
): SeatChange {
  const ticket = ticketOf(person.seat);
  if (wantsNone(person)) {
    if (ticket !== undefined) return { do: 'leave-queue', ticket };
    return { do: person.seat === 'taken' ? 'free-seat' : 'nothing' };
  }
  if (person.status !== 'applied') return { do: 'nothing' };
  if (person.seat !== undefined) return { do: 'keep' };
  if (seats.taken < capacity && seats.waiting === 0) return { do: 'take' };
  return { do: 'queue', ticket: seats.nextTicket };
}

/** Whether the first in line may have a seat now. */
export const seatIsFree = (seats: Seats, capacity: number): boolean => seats.waiting > 0 && seats.taken < capacity;
