import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import type { History } from './history.ts';

/*
 * The table of mail kinds, said a second time and apart from the code that keeps it: a rule that is broken there is not
 * broken here.
 */

export type Kind =
  | 'confirmation'
  | 'waitlist'
  | 'own-cancellation'
  | 'resend'
  | 'already-registered'
  | 'reminder'
  | 'joining'
  | 'announcement'
  | 'survey'
  | 'nudge'
  | 'confirm-address'
  | 'new-address'
  | 'address-moved'
  | 'move-objected'
  | 'change'
  | 'postponed'
  | 'cancelled'
  | 'alert';

interface Promised {
  readonly to: readonly string[];
  /** States of the event; any if left out. */
  readonly at?: string;
  readonly muteStops: boolean;
  readonly attempts: number;
}
const PEOPLE = ['applied', 'confirmed', 'waitlisted', 'cancelled'];
const WITH_A_PLACE = ['confirmed', 'waitlisted'];
export const PROMISED: Record<Kind, Promised> = {
  confirmation: { to: ['confirmed'], at: 'published', muteStops: false, attempts: 2 },
  waitlist: { to: ['waitlisted'], at: 'published', muteStops: false, attempts: 2 },
  'own-cancellation': { to: ['cancelled'], muteStops: false, attempts: 2 },
  resend: { to: PEOPLE, muteStops: false, attempts: 2 },
  'already-registered': { to: PEOPLE, muteStops: false, attempts: 2 },
  'confirm-address': { to: ['applied'], muteStops: false, attempts: 2 },
  'new-address': { to: PEOPLE, muteStops: false, attempts: 2 },
  'address-moved': { to: PEOPLE, muteStops: false, attempts: 2 },
  'move-objected': { to: PEOPLE, muteStops: false, attempts: 2 },
  reminder: { to: ['confirmed'], at: 'published', muteStops: true, attempts: 2 },
  joining: { to: ['confirmed'], at: 'published', muteStops: false, attempts: 2 },
  announcement: { to: ['confirmed'], at: 'published', muteStops: true, attempts: 1 },
  survey: { to: ['confirmed'], at: 'published', muteStops: true, attempts: 1 },
  nudge: { to: ['confirmed'], at: 'published', muteStops: true, attempts: 1 },
  change: { to: WITH_A_PLACE, at: 'published', muteStops: false, attempts: 2 },
  postponed: { to: WITH_A_PLACE, at: 'postponed', muteStops: false, attempts: 2 },
  cancelled: { to: WITH_A_PLACE, at: 'cancelled', muteStops: false, attempts: 2 },
  alert: { to: PEOPLE, muteStops: false, attempts: 2 },
};

const HOUR = 3600_000;
const DAY = 24 * HOUR;

/** Which mail of whom. */
export interface Ref {
  readonly eventId: string;
  readonly registrationId: string;
  readonly campaign: string;
  readonly occasion: string;
}

export const isNumber = (campaign: string): boolean => /^\d+$/.test(campaign);

export const kindOf = (past: History, eventId: string, campaign: string): Kind =>
  isNumber(campaign) ? (past.latest(keys.campaign(eventId, campaign))?.kind as Kind) : (campaign as Kind);

/** Past this instant, epoch milliseconds, the mail must not be sent; `isLate` for whoever came when others had it. */
export function notAfter(
  kind: Kind,
  { eventId, campaign, occasion }: Ref,
  { past, row, event, isLate }: { past: History; row: Item; event: Item; isLate: boolean },
): number {
  const [start, end] = [Date.parse(String(event.startInstant)), Date.parse(String(event.endInstant))];
  const firedAt = Number(past.latest(keys.run(eventId, campaign, occasion))?.firedAt) * 1000;
  switch (kind) {
    case 'confirmation':
    case 'change':
      return end;
    case 'waitlist':
      return start;
    case 'joining':
      return isLate ? end : start;
    case 'reminder':
      return Math.min(start, firedAt + 6 * HOUR);
    case 'postponed':
    case 'cancelled':
      return (Number.isNaN(firedAt) ? Number((event.notice as { at: number }).at) * 1000 : firedAt) + 2 * DAY;
    case 'announcement':
      return firedAt + DAY;
    case 'address-moved':
      return Number.parseInt(occasion.slice(1).split('-')[0] ?? '', 36) * 1000 + 7 * DAY;
    case 'survey':
    case 'nudge':
      return firedAt + 7 * DAY;
    case 'own-cancellation':
      return Date.parse(String(row.cancelledAt)) + HOUR;
    case 'resend':
    case 'already-registered':
    case 'confirm-address':
    case 'new-address':
    case 'move-objected':
    case 'alert':
      return Number.parseInt(occasion.slice(1).split('-')[0] ?? '', 36) * 1000 + HOUR;
  }
}

/** When a campaign fires, epoch milliseconds, as far as simulated ones do; undefined where no clock fires it. */
export function fireTimeOf({ trigger }: Item, { startInstant }: Item): number | undefined {
  const { at, offset } = trigger as { at?: string; offset?: string };
  if (offset === undefined) return at === undefined ? undefined : Date.parse(`${at}Z`);
  const [, days, minutes] = /^P(?:(\d+)D|T(\d+)M)$/.exec(offset) ?? [];
  return Date.parse(String(startInstant)) - (days ? Number(days) * DAY : Number(minutes) * 60_000);
}

/** How near another mail stands for one that fires then, milliseconds. */
export function gapOf(campaign: Item, event: Item, firedAt: number): number {
  const { offset } = campaign.trigger as { offset?: string };
  const [, days, minutes] = /^P(?:(\d+)D|T(\d+)M)$/.exec(offset ?? '') ?? [];
  const before = days ? DAY : minutes ? Number(minutes) * 60_000 : Date.parse(String(event.startInstant)) - firedAt;
  return before >= 12 * HOUR ? 12 * HOUR : 15 * 60_000;
}

/**
 * Since when a person has had the place they have now, epoch milliseconds; undefined where they have none. Who moves
 * keeps it: another address is another admission, but no other place.
 */
export function confirmedSince(past: History, key: { pk: string; sk: string }): number | undefined {
  const all = past.of(key);
  const now = past.living(key);
  if (now?.status !== 'confirmed') return undefined;
  let since: number | undefined;
  for (let n = all.findIndex(({ item }) => item === now); n >= 0; n--) {
    const { at, item } = all[n] as (typeof all)[number];
    if (item?.status !== 'confirmed') break;
    since = at;
  }
  return since;
}
