import { type Changed, owing, settledOwing } from './change-registration.ts';
import { askToConfirm, type Moment } from './move-address.ts';
import { greetingOf, type Registration, SEAT_DUE } from './registration.ts';
import { type Epoch, instantAt } from './time.ts';

/**
 * Somebody who has just applied, once their address is to be confirmed first: they have neither seat nor place in line
 * until then, and are owed the mail that asks. A seat they held before goes to others.
 */
export function awaitConfirmation(row: Registration, { confirmBy, ...moment }: Moment & { confirmBy: Epoch }): Changed {
  const owes = row.seat === undefined ? settledOwing(row, SEAT_DUE) : row;
  const waiting: Registration = { ...owes, status: 'applied', confirmBy };
  return askToConfirm(waiting, moment) ?? { row: waiting };
}

/** The address is the person's: they want the place. Undefined where nobody asked them, or they were too late. */
export function confirmAddress(
  row: Registration,
  { capped, now }: { capped: boolean; now: Epoch },
): Changed | undefined {
  // Whoever confirms it reads it: neither mail that was dropped before stands in the way of theirs, nor who else was registered there.
  const { confirmBy, overBudget: _, beyondCap: __, ...rest } = row;
  if (confirmBy === undefined || row.status !== 'applied') return undefined;
  const known: Registration = capped ? rest : { ...rest, status: 'confirmed', confirmedAt: now };
  return {
    row: owing(known, [greetingOf(known)], now),
    fact: capped ? 'registration.applied' : 'registration.confirmed',
  };
}

/** Nobody confirmed the address in time: the registration is cancelled, and nobody is told. Undefined before that. */
export function lapse(row: Registration, now: Epoch): Changed | undefined {
  const { confirmBy, ...rest } = row;
  if (confirmBy === undefined || confirmBy > now) return undefined;
  if (row.status !== 'applied') return { row: rest };
  return { row: { ...rest, status: 'cancelled', cancelledAt: instantAt(now) }, fact: 'registration.cancelled' };
}
