import type { Changed } from './change-registration.ts';
import { firstMailOf } from './first-mail.ts';
import { greetingOf, type Registration } from './registration.ts';
import type { Epoch } from './time.ts';

/** Whether mail is kept from somebody because their mailbox was registered, or written to, too often. */
export const isKeptShort = (row: Registration): boolean => row.beyondCap === true || isDropped(row);

/** Whether there is a first mail that could go after all: not one that asks for an address to be confirmed. */
const isDropped = (row: Registration): boolean =>
  (row.status === 'confirmed' || row.status === 'waitlisted') && firstMailOf(row) === 'dropped';

/**
 * The row with the first mail owed that was dropped. What was skipped meanwhile comes along with it, or is past. Undefined
 * where none was dropped.
 */
export function sendAfterAll(row: Registration, dueAt: Epoch): Changed | undefined {
  if (!isDropped(row)) return undefined;
  const greeting = greetingOf(row);
  const { overBudget: _, ...rest } = row;
  const { [greeting]: __, ...deliveries } = row.deliveries;
  const greetDue = new Set([...(row.greetDue ?? []), greeting]);
  return { row: { ...rest, deliveries, greetDue, greetDueAt: dueAt }, fact: 'mail.requested' };
}

/** The owner of the mailbox wants their mail, however often it was registered. Undefined where none was kept from them. */
export function wantMail(row: Registration, now: Epoch): Changed | undefined {
  const sent = sendAfterAll(row, now);
  const { beyondCap, ...rest } = sent?.row ?? row;
  return sent || beyondCap ? { ...sent, row: rest } : undefined;
}
