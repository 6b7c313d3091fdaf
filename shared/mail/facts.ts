import { phaseOf } from '#shared/domain/event.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import { isTimeZone } from '#shared/domain/time.ts';
import { dayOf, whenElsewhere, whenOf } from '#shared/domain/when.ts';
import type { DateTile, Fact, Facts } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** When, where and who: everything a person was told of the event's schedule. */
export const scheduleFacts = (view: MailView): Facts => ({
  title: view.event.title,
  tile: tileOf(view),
  rows: [...times(view), { label: 'Where', text: whereOf(view.event) }, ...whoAndMore(view)],
});

/** Which event it is, for mails that must not tell its schedule. */
export const bareFacts = (view: MailView): Facts => ({ title: view.event.title, rows: whoAndMore(view) });

/** When and where in one sentence, for a preview; empty for an event that will not be. */
export function inShort({ event, now }: MailView): string {
  const { startInstant, endInstant, timeZone } = event;
  switch (phaseOf(event, now * 1000)) {
    case 'postponed':
      return 'A new date is to be announced.';
    case 'cancelled':
      return '';
    default:
      return `${whenOf(startInstant, endInstant, timeZone, true)}, ${whereOf(event)}.`;
  }
}

/** The place with what the format adds to it: "Webinar (online)". */
function whereOf({ place, format }: Pick<Schedule, 'place' | 'format'>): string {
  if (format === 'in-person' || /\bonline\b/i.test(place)) return place;
  return format === 'hybrid' ? `${place}, or online` : `${place} (online)`;
}

const whoAndMore = ({ event, links }: MailView): Fact[] => [
  { label: 'Organiser', text: event.organiser.name },
  { label: 'More', text: 'About the event', url: links.event },
];

function times({ event, registration, now }: MailView): Fact[] {
  const { startInstant, endInstant, timeZone } = event;
  const when = whenOf(startInstant, endInstant, timeZone);
  switch (phaseOf(event, now * 1000)) {
    case 'postponed':
      return [{ label: 'When', text: 'A new date is to be announced' }];
    case 'cancelled':
      return [{ label: 'Was to be', text: when }];
    default: {
      const elsewhere = whenElsewhere(startInstant, endInstant, timeZone, readersZone(registration.timeZone));
      const forYou = elsewhere === undefined ? [] : [{ label: 'For you', text: elsewhere }];
      return [{ label: 'When', text: when }, ...forYou];
    }
  }
}

/** A zone the runtime may have forgotten since must not stop a mail. */
const readersZone = (zone: string | undefined) => (zone !== undefined && isTimeZone(zone) ? zone : undefined);

function tileOf({ event, now }: MailView): DateTile | undefined {
  if (['postponed', 'cancelled'].includes(phaseOf(event, now * 1000))) return undefined;
  const [weekday = '', day = '', month = ''] = dayOf(event.startInstant, event.timeZone, true).split(' ');
  return { weekday, day, month };
}
