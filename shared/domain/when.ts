/** How times read to people: British dates, 24-hour clock, the zone by its everyday name. */

import { remembered } from './remembered.ts';
import { isGreenwich } from './time.ts';

/** English-speaking places know different zones by name; the first that does names it. */
const NAMING = ['en-GB', 'en-IE', 'en-US', 'en-CA', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'en-SG', 'en-HK'];
const BRITISH = 'en-GB';
const NAMELESS = /^(GMT|UTC)[+-]/;

const FORMATS = {
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  short: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  name: { timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a format costs a hundred times what using it does. */
const formatOf = remembered(
  (kind: keyof typeof FORMATS, timeZone: string, locale: string) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...FORMATS[kind] }),
);

function partsOf(format: Intl.DateTimeFormat, instant: string): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  return Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
}

/** The zone's name at that instant: "GMT", "BST", "EST", "AEDT"; "GMT+9" where English has none. */
export const zoneName = remembered((instant: string, zone: string): string => {
  // Intl says UTC for it; who wrote GMT reads GMT.
  if (isGreenwich(zone)) return 'GMT';
  let offset: string | undefined;
  for (const locale of NAMING) {
    const { timeZoneName = zone } = partsOf(formatOf('name', zone, locale), instant);
    if (!NAMELESS.test(timeZoneName)) return timeZoneName;
    offset ??= timeZoneName;
  }
  return offset ?? zone;
});

/** "Thursday 19 February 2026"; with `short`, "Thu 19 Feb 2026". */
export const dayOf = (instant: string, zone: string, short = false): string => dayIn(instant, zone, short);

const dayIn = remembered((instant: string, zone: string, short: boolean): string => {
  const { weekday, day, month = '', year } = partsOf(formatOf(short ? 'short' : 'long', zone, BRITISH), instant);
  return [weekday, day, short ? month.replace('Sept', 'Sep') : month, year].join(' ');
});

/** "09:30". */
export const clockOf = remembered((instant: string, timeZone: string): string =>
  formatOf('clock', timeZone, BRITISH).format(new Date(instant)),
);

/** "Wednesday 17 February 2027, 09:00 GMT"; with `short`, "Wed 17 Feb 2027, 09:00 GMT". */
export const momentOf = (instant: string, zone: string, short = false): string =>
  `${dayOf(instant, zone, short)}, ${clockOf(instant, zone)} ${zoneName(instant, zone)}`;

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
