import { timingSafeEqual } from 'node:crypto';
import { keyedHash } from './address.ts';
import { Id } from './ids.ts';
import type { Epoch } from './time.ts';

/** For so long after the form its address can be corrected from the page behind it. Seconds. */
const GOOD_FOR = 3600;

interface Sent {
  readonly eventId: string;
  /** Of the registration that the form made, or would have made: nobody can tell which. */
  readonly registrationId: string;
}

const macOf = (key: string, { eventId, registrationId }: Sent, sentAt: Epoch): string =>
  keyedHash(key, 'ticket', eventId, registrationId, String(sentAt));

/** What whoever sent a form holds on the page behind it: good for correcting the address they typed. */
export const signTicket = (key: string, sent: Sent, now: Epoch): string =>
  `${sent.registrationId}.${now.toString(36)}.${macOf(key, sent, now)}`;

/** The registration a ticket is for; undefined where it is none of ours, of another event, or too old. */
export function readTicket(key: string, eventId: string, ticket: string, now: Epoch): string | undefined {
  const [, registrationId, at, mac] = /^([0-9a-z]{16})\.([0-9a-z]{1,8})\.([\w-]{22})$/.exec(ticket) ?? [];
  if (!registrationId || !at || !mac || !Id.safeParse(registrationId).success) return undefined;
  const sentAt = Number.parseInt(at, 36);
  const expected = macOf(key, { eventId, registrationId }, sentAt);
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(mac))) return undefined;
  return sentAt <= now && now < sentAt + GOOD_FOR ? registrationId : undefined;
}
