import { escape as escapeText, ICalCalendar, type ICalCalendarMethod, type ICalEventData } from 'ical-generator';
import { oneLine } from './calendar-text.ts';
import { type Period, vtimezone } from './vtimezone.ts';

/** A calendar as it is subscribed to: what it is called and how often programs ask again. */
export interface Feed {
  readonly name: string;
  readonly refreshSeconds: number;
}

export interface CalendarFile {
  readonly method: ICalCalendarMethod;
  readonly entries: readonly ICalEventData[];
  /** The time from the first start to the last end in each zone. */
  readonly zones: ReadonlyMap<string, Period>;
  readonly feed?: Feed;
}

/** An iCalendar stream (RFC 5545): folded at 75 octets, every line ended by CRLF. */
export function calendarFile({ method, entries, zones, feed }: CalendarFile): string {
  const calendar = new ICalCalendar({
    prodId: '//Rollcall//Events//EN',
    method,
    events: [...entries],
    // Without a name of its own: a calendar with a zone writes DTSTAMP in it, and RFC 5545 §3.8.7.2 demands UTC.
    timezone: { name: null, generator: (zone) => vtimezone(zone, periodOf(zones, zone)) },
    // The library escapes neither of these.
    ...(feed && { name: escapeText(oneLine(feed.name), false), ttl: feed.refreshSeconds }),
  });
  return `${calendar.toString()}\r\n`;
}

function periodOf(zones: ReadonlyMap<string, Period>, zone: string): Period {
  const period = zones.get(zone);
  if (!period) throw new Error(`No event of this calendar is in ${zone}`);
  return period;
}
