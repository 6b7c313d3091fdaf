import { escape as escapeText, ICalCalendar, type ICalCalendarMethod, type ICalEventData } from 'ical-generator';
import { oneLine } from './calendar-text.ts';
import { type Period, vtimezone } from './vtimezone.ts';

/** A calendar as it is subscribed to: what it is called and how often programs ask again. */
interface Feed {
  readonly name: string;
  readonly refreshSeconds: number;
}

export interface CalendarFile {
  readonly method: ICalCalendarMethod;
  readonly entries: readonly ICalEventData[];
  /** The zones of the entries, each with the time from its first start to its last end. */
  readonly zones: ReadonlyMap<string, Period>;
  readonly feed?: Feed;
}

/** An iCalendar stream (RFC 5545): folded at 75 octets, every line ended by CRLF. */
export function calendarFile({ method, entries, zones, feed }: CalendarFile): string {
  const calendar = new ICalCalendar({
    prodId: '//Rollcall//Events//EN',
    method,
    events: [...entries],
    // The library escapes every text but this one.
    ...(feed && { name: escapeText(oneLine(feed.name), false), ttl: feed.refreshSeconds }),
  });
  return withZones(`${calendar}\r\n`, zones);
}

/**
 * Puts the zones where RFC 5545 §3.6 wants components, after the last property of the calendar. The library's own way
 * puts properties behind them, and a calendar that has a zone writes DTSTAMP in it, not in UTC (§3.8.7.2).
 */
function withZones(calendar: string, zones: ReadonlyMap<string, Period>): string {
  const blocks = [...zones].filter(([zone]) => zone !== 'UTC').map(([zone, period]) => vtimezone(zone, period));
  // No value holds a line break, so this is never inside one.
  const at = calendar.indexOf('\r\nBEGIN:VEVENT\r\n');
  return at < 0 ? calendar : [calendar.slice(0, at), ...blocks, calendar.slice(at + 2)].join('\r\n');
}
