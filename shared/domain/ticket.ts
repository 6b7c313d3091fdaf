import { timingSafeEqual } from 'node:crypto';
import { keyedHash } from './address.ts';
import { type Chance, Id, randomWord } from './ids.ts';
import type { Epoch } from './time.ts';

/** For so long after the form its address can be corrected from the page behind it. Seconds. */
export const TICKET_GOOD_FOR = 3600;

/** What whoever sent a form holds on the page behind it: 130 bits of chance, which say nothing of what came of the form. */
export const newTicket = (chance: Chance): string => randomWord(26, chance);

/** Whether a text could be a ticket of any version: a page shows no other text that was sent to it. */
export const isTicket = (text: string): boolean => /^[\w.-]{1,64}$/.test(text);

/** Under what the table keeps what belongs to a ticket: whoever can read the table learns no ticket from it. */
export const ticketHash = (key: string, eventId: string, ticket: string): string =>
  keyedHash(key, 'ticket', eventId, ticket);

/** What a ticket was used for. A ticket works once: again only for the very same, where the answer was lost. */
export const ticketUse = (key: string, ticket: string, email: string): string =>
  keyedHash(key, 'ticket-use', ticket, email);

/** Whether it is a ticket as earlier versions made them, which named the registration and were kept nowhere. */
export const isEarlierTicket = (ticket: string): boolean => EARLIER.test(ticket);
const EARLIER = /^([0-9a-z]{16})\.([0-9a-z]{1,8})\.([\w-]{22})$/;

/** The registration that a ticket of an earlier version is for; undefined where it is none of ours, of another event, or too old. */
export function readEarlierTicket(key: string, eventId: string, ticket: string, now: Epoch): string | undefined {
  const [, registrationId, at, mac] = EARLIER.exec(ticket) ?? [];
  if (!registrationId || !at || !mac || !Id.safeParse(registrationId).success) return undefined;
  const sentAt = Number.parseInt(at, 36);
  const expected = keyedHash(key, 'ticket', eventId, registrationId, String(sentAt));
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(mac))) return undefined;
  return sentAt <= now && now < sentAt + TICKET_GOOD_FOR ? registrationId : undefined;
}
