import { Temporal } from 'temporal-polyfill';
import { zoneName } from '#shared/domain/when.ts';

/** From one instant to another: "2026-02-19T09:30:00Z". */
export interface Period {
  readonly start: string;
  readonly end: string;
}

/** A change of the clocks: the wall time at which it happens, told by the offset before it (RFC 5545 §3.6.5). */
interface Onset {
  readonly wall: Temporal.PlainDateTime;
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** The RRULE by which it happens every year; absent for one that is stated by itself. */
  readonly everyYear?: string;
}

/**
 * The VTIMEZONE of a zone, right for the period given. It is made from the rules the runtime itself reads instants by,
 * so a file can never disagree with the mail around it. Where the clocks change by one plain rule a year it says so:
 * Outlook understands nothing else. Where they do not (Morocco), it lists just what the period needs.
 */
export function vtimezone(zone: string, { start, end }: Period): string {
  const [first, last] = [zonedAt(start, zone), zonedAt(end, zone)];
  const observances = yearlyOnsets(first.year - 1, last.year + 1, zone) ?? onsetsInForce(first, last);
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances.flatMap(draw), 'END:VTIMEZONE'].join('\r\n');
}

const zonedAt = (instant: string, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone);

function draw({ wall, from, to, name, everyYear }: Onset): string[] {
  const kind = to > from ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${wall.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`,
    ...(everyYear ? [`RRULE:${everyYear}`] : []),
    `TZOFFSETFROM:${offset(from)}`,
    `TZOFFSETTO:${offset(to)}`,
    `TZNAME:${name}`,
    `END:${kind}`,
  ];
}

const MINUTE_NS = 60_000_000_000;

function offset(nanoseconds: number): string {
  const minutes = Math.abs(nanoseconds) / MINUTE_NS;
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${nanoseconds < 0 ? '-' : '+'}${two(minutes / 60)}${two(minutes % 60)}`;
}

function onsetAt(change: Temporal.ZonedDateTime): Onset {
  const before = change.subtract({ nanoseconds: 1 });
  const wall = before.toPlainDateTime().add({ nanoseconds: 1 });
  const name = zoneName(change.toInstant().toString(), change.timeZoneId);
  return { wall, from: before.offsetNanoseconds, to: change.offsetNanoseconds, name };
}

/** The changes after `since` and before `until`, in order. */
function onsetsBetween(since: Temporal.ZonedDateTime, until: Temporal.ZonedDateTime): Onset[] {
  const onsets: Onset[] = [];
  let change = since.getTimeZoneTransition('next');
  while (change && Temporal.ZonedDateTime.compare(change, until) < 0) {
    onsets.push(onsetAt(change));
    change = change.getTimeZoneTransition('next');
  }
  return onsets;
}

/** What the clocks show at the start, and every change up to the end. */
function onsetsInForce(first: Temporal.ZonedDateTime, last: Temporal.ZonedDateTime): Onset[] {
  const latest = first.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return [latest ? onsetAt(latest) : alwaysAs(first), ...onsetsBetween(first, last.add({ nanoseconds: 1 }))];
}

function alwaysAs(time: Temporal.ZonedDateTime): Onset {
  const { offsetNanoseconds: from, timeZoneId } = time;
  const name = zoneName(time.toInstant().toString(), timeZoneId);
  return { wall: Temporal.PlainDateTime.from('1970-01-01T00:00'), from, to: from, name };
}

/** The two yearly changes of a zone whose clocks keep one rule in all these years; undefined for any other. */
function yearlyOnsets(firstYear: number, lastYear: number, zone: string): Onset[] | undefined {
  const newYear = (year: number) => Temporal.ZonedDateTime.from({ year, month: 1, day: 1, timeZone: zone });
  const onsets = onsetsBetween(newYear(firstYear), newYear(lastYear + 1));
  const years = lastYear - firstYear + 1;
  const halves = [onsets.filter(({ from, to }) => to > from), onsets.filter(({ from, to }) => to < from)];
  const ruled = halves.map((half) => asRule(half, years));
  return ruled.every((onset) => onset !== undefined) ? ruled : undefined;
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function asRule(onsets: readonly Onset[], years: number): Onset | undefined {
  const [first] = onsets;
  if (!first || onsets.length !== years || new Set(onsets.map(habitOf)).size !== 1) return undefined;
  const weeks = new Set(onsets.map(({ wall }) => Math.ceil(wall.day / 7)));
  const isLast = onsets.every(({ wall }) => wall.day + 7 > wall.daysInMonth);
  const [week] = weeks;
  if (!isLast && weeks.size !== 1) return undefined;
  const day = `${isLast ? -1 : week}${WEEKDAYS[first.wall.dayOfWeek - 1]}`;
  return { ...first, everyYear: `FREQ=YEARLY;BYMONTH=${first.wall.month};BYDAY=${day}` };
}

/** Everything about a change that must be the same every year, but for the week of the month. */
const habitOf = ({ wall, from, to }: Onset): string =>
  [wall.month, wall.dayOfWeek, wall.toPlainTime(), from, to].join(' ');
