/** How times read to people: British dates, 24-hour clock, the zone by its everyday name. */

/** English-speaking places know different zones by name; the first that does names it. */
const NAMING = ['en-GB', 'en-US', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'];

/** The zone's name at that instant: "GMT", "BST", "EST", "AEDT"; "GMT+9" where English has none. */
export function zoneName(instant: string, zone: string): string {
  const names = NAMING.map((locale) => part(instant, zone, { timeZoneName: 'short' }, 'timeZoneName', locale));
  return names.find((name) => !/^(GMT|UTC)[+-]/.test(name)) ?? names[0] ?? zone;
}

const MOST_FORMATTERS = 500;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter takes a hundred times as long to make as to use, and a page of events asks for the same few. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  const kept = formatters.get(name);
  if (kept) return kept;
  if (formatters.size >= MOST_FORMATTERS) formatters.clear();
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(name, made);
  return made;
}

function part(
  instant: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
  type: Intl.DateTimeFormatPartTypes,
  locale = 'en-GB',
): string {
  const parts = formatter(locale, { timeZone, ...options }).formatToParts(new Date(instant));
  return parts.find((each) => each.type === type)?.value ?? '';
}

/** "Thursday 19 February 2026"; with `short`, "Thu 19 Feb 2026". */
export function dayOf(instant: string, zone: string, short = false): string {
  const style = short ? 'short' : 'long';
  const read = (options: Intl.DateTimeFormatOptions, type: Intl.DateTimeFormatPartTypes) =>
    part(instant, zone, options, type);
  const month = read({ month: style }, 'month').replace('Sept', 'Sep');
  return [
    read({ weekday: style }, 'weekday'),
    read({ day: 'numeric' }, 'day'),
    short ? month : read({ month: 'long' }, 'month'),
    read({ year: 'numeric' }, 'year'),
  ].join(' ');
}

/** "09:30". */
export const clockOf = (instant: string, timeZone: string): string =>
  formatter('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant));

/** What a person needs to be there: "Thursday 19 February 2026, 09:30–13:00 GMT", over midnight with both days. */
export function whenOf(start: string, end: string, zone: string, short = false): string {
  const [from, to] = [dayOf(start, zone, short), dayOf(end, zone, short)];
  const [starts, ends] = [zoneName(start, zone), zoneName(end, zone)];
  const first = `${from}, ${clockOf(start, zone)}${starts === ends ? '' : ` ${starts}`}`;
  return `${first}${from === to ? '–' : ` – ${to}, `}${clockOf(end, zone)} ${ends}`;
}

/** The same times where the reader is, or undefined when their clocks show the same. */
export function whenElsewhere(
  start: string,
  end: string,
  zone: string,
  reader: string | undefined,
): string | undefined {
  if (reader === undefined) return undefined;
  const same = clockOf(start, zone) === clockOf(start, reader) && clockOf(end, zone) === clockOf(end, reader);
  return same && dayOf(start, zone) === dayOf(start, reader) ? undefined : whenOf(start, end, reader);
}
