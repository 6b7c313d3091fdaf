import { type Event, phaseOf } from '#shared/domain/event.ts';
import { instantsOf, type Schedule } from '#shared/domain/schedule.ts';
import { isTimeZone } from '#shared/domain/time.ts';
import { dayOf, whenElsewhere, whenOf } from '#shared/domain/when.ts';
import type { DateTile, Fact, Facts } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** What people were told where it is true no more. */
export interface Before {
  readonly when?: string | undefined;
  readonly where?: string | undefined;
}

/** When, where and who: everything a person was told of the event's schedule. */
export const scheduleFacts = (view: MailView, before: Before = {}): Facts => ({
  title: view.event.title,
  tile: tileOf(view),
  rows: [...times(view, before.when), ...places(view, before.where), ...whoAndMore(view)],
});

/** Which event it is, for mails that must not tell its schedule. */
export const bareFacts = (view: MailView): Facts => ({ title: view.event.title, rows: whoAndMore(view) });

/** When and where in one sentence, for a preview; empty for an event that will not be. */
export function inShort({ event, now }: MailView): string {
  switch (phaseOf(event, now * 1000)) {
    case 'postponed':
      return 'A new date is to be announced.';
    case 'cancelled':
      return '';
    default:
      return `${whenOfEvent(event, true)}, ${whereOf(event)}.`;
  }
}

/** When an event is, in its own zone. */
export const whenOfEvent = (
  { startInstant, endInstant, timeZone }: Pick<Event, 'startInstant' | 'endInstant' | 'timeZone'>,
  short = false,
): string => whenOf(startInstant, endInstant, timeZone, short);

/** The same of a schedule that an event had. */
export const whenOfSchedule = (schedule: Schedule): string => whenOfEvent({ ...schedule, ...instantsOf(schedule) });

/** When it is where the reader is; undefined where their clocks show the same. */
export function whenForReader({ event, registration }: Pick<MailView, 'event' | 'registration'>): string | undefined {
  const { timeZone: zone } = registration;
  // A zone the runtime may have forgotten since must not stop a mail.
  const reader = zone !== undefined && isTimeZone(zone) ? zone : undefined;
  return whenElsewhere(event.startInstant, event.endInstant, event.timeZone, reader);
}

/** The place with what the format adds to it: "Webinar (online)". */
export function whereOf({ place, format }: Pick<Schedule, 'place' | 'format'>): string {
  if (format === 'in-person' || /\bonline\b/i.test(place)) return place;
  return format === 'hybrid' ? `${place}, or online` : `${place} (online)`;
}

const whoAndMore = ({ event, links }: MailView): Fact[] => [
  { label: 'Organiser', text: event.organiser.name },
  { label: 'More', text: 'About the event', url: links.event },
];

function times(view: MailView, before: string | undefined): Fact[] {
  const { event, now } = view;
  const wasToBe = { label: 'Was to be', text: view.before ? whenOfSchedule(view.before) : whenOfEvent(event) };
  switch (phaseOf(event, now * 1000)) {
    case 'postponed':
      return [{ label: 'When', text: 'A new date is to be announced' }, wasToBe];
    case 'cancelled':
      return [wasToBe];
    default: {
      const elsewhere = whenForReader(view);
      const forYou = elsewhere === undefined ? [] : [{ label: 'For you', text: elsewhere }];
      return [{ label: 'When', text: whenOfEvent(event), before }, ...forYou];
    }
  }
}

const places = ({ event }: MailView, before: string | undefined): Fact[] =>
  event.state === 'cancelled' ? [] : [{ label: 'Where', text: whereOf(event), before }];

function tileOf({ event, now }: MailView): DateTile | undefined {
  if (['postponed', 'cancelled'].includes(phaseOf(event, now * 1000))) return undefined;
  const [weekday = '', day = '', month = ''] = dayOf(event.startInstant, event.timeZone, true).split(' ');
  return { weekday, day, month };
}
