import type { Event } from './event.ts';

/**
 * How many registrations of one mailbox, plus and dot tricks taken off, get what an event sends to many. Where one place is
 * kept for an address, more than a few spellings of it are nobody's; where people share mailboxes, one stands for an office.
 */
const CAPS = { address: 5, 'address-and-name': 30 } as const;

export const mailboxCap = ({ onePlacePer }: Pick<Event, 'onePlacePer'>): number => CAPS[onePlacePer];

/** Longer than anything is sent about an event after its end. Seconds. */
const KEPT_AFTER = 30 * 24 * 3600;

/** Until when it is kept how many registrations a mailbox has at an event; epoch seconds. */
export const mailboxCountedUntil = ({ endInstant }: Pick<Event, 'endInstant'>): number =>
  Math.floor(Date.parse(endInstant) / 1000) + KEPT_AFTER;
