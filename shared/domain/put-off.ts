import { type Registration, SEAT_DUE } from './registration.ts';
import type { Epoch } from './time.ts';
import type { Timings } from './timings.ts';

/**
 * When a mail to somebody who is not verified is tried again: after a while, but once more before it
 * is too late. `sweep` comes by within two of its waits.
 */
export const tryAgainAt = (
  { now, notAfter }: { now: Epoch; notAfter: Epoch },
  { askRecipientAgain, sweepAfter }: Pick<Timings, 'askRecipientAgain' | 'sweepAfter'>,
): Epoch => Math.floor(Math.max(now, Math.min(now + askRecipientAgain, notAfter - 2 * sweepAfter)));

/**
 * The row with what it owes by itself put off: mostly all of it goes to the same address. A decision about their seat is
 * not held up, and nothing hastened. A run's mail is left to its next pass.
 */
export function putOff(row: Registration, { mailKey, until }: { mailKey: string; until: Epoch }): Registration {
  const { greetDue, greetDueAt = until } = row;
  if (!greetDue?.has(mailKey) || greetDue.has(SEAT_DUE)) return row;
  return { ...row, greetDueAt: Math.max(greetDueAt, until) };
}
