import type { Decision } from './decision.ts';
import { readDelivery, wasSent } from './delivery.ts';
import type { Event } from './event.ts';
import { automaticKindOf, type MailKey, readMailKey, scheduleOccasion, writeMailKey } from './mail-key.ts';
import { MAIL_RULES } from './mail-kinds.ts';
import { noticeKindOf } from './notice.ts';
import { type Registration, SEAT_DUE } from './registration.ts';
import { type Schedule, scheduleOf } from './schedule.ts';

/** What our mails have told a person of an event's schedule; `unsettled` while nobody knows whether one of them arrived. */
export type Told = 'unsettled' | 'nothing' | { readonly schedule: Schedule };

type Row = Pick<Registration, 'deliveries' | 'greetDue'>;

/**
 * What a person was told last: by the latest claimed of the mails that show times and were sent. Of two claimed in one
 * second the older schedule counts, for nobody knows which was read last. A mail under way may change it; so may a first
 * one that is still owed. `except`: the mail that is asked about.
 */
export function lastTold({ schedules }: Pick<Event, 'schedules'>, row: Row, except?: string): Told {
  let last: { told: number; at: number } | undefined;
  for (const [key, entry] of Object.entries(row.deliveries)) {
    if (key === except) continue;
    const delivery = readDelivery(entry);
    const { told, state, toldAt: at = delivery.epoch } = delivery;
    if (told === undefined) continue;
    if (state === 'claimed') return 'unsettled';
    if (!wasSent(delivery)) continue;
    if (last === undefined || at > last.at || (at === last.at && told < last.told)) last = { told, at };
  }
  const schedule = last && schedules[last.told];
  if (schedule) return { schedule };
  return [...(row.greetDue ?? [])].some((key) => key !== except && tellsSchedule(key)) ? 'unsettled' : 'nothing';
}

function tellsSchedule(key: string): boolean {
  if (key === SEAT_DUE) return true;
  const kind = automaticKindOf(readMailKey(key).campaign);
  return kind !== undefined && MAIL_RULES[kind].tellsSchedule;
}

/** Whether a person knows how the event is now. */
export function knowsSchedule(event: Event, row: Row, except?: string): 'yes' | 'no' | 'unsettled' {
  const told = lastTold(event, row, except);
  if (told === 'unsettled') return told;
  return told !== 'nothing' && isSameSchedule(told.schedule, scheduleOf(event)) ? 'yes' : 'no';
}

/** Whether two schedules say the same, whatever their revisions. */
export const isSameSchedule = (a: Schedule, b: Schedule): boolean =>
  a.startsAt === b.startsAt &&
  a.endsAt === b.endsAt &&
  a.timeZone === b.timeZone &&
  a.place === b.place &&
  a.format === b.format &&
  a.state === b.state;

/**
 * What a person is owed instead of the first mail about their place, where that does not go because the event was
 * postponed or cancelled: the notice that says so. Its run may have passed by before they had the place.
 */
export function toldInstead({ campaign }: MailKey, decision: Decision, event: Event): readonly string[] {
  const kind = automaticKindOf(campaign);
  const isGreeting = kind === 'confirmation' || kind === 'waitlist';
  const notice = noticeKindOf(event);
  if (!isGreeting || !notice || decision.do !== 'skip' || decision.reason !== `event-${event.state}`) return [];
  return [writeMailKey({ campaign: notice, occasion: scheduleOccasion(event) })];
}
