import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { remembered } from './remembered.ts';

/** Epoch seconds: what the ledger counts in. */
export type Epoch = number;

/** Wall time without a zone: "2026-02-19T09:30". */
export const WallTime = z
  .string({ error: 'Enter a date and time like 2026-02-19T09:30' })
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: 'Enter a date and time like 2026-02-19T09:30', abort: true })
  .refine(isWallTime, { error: 'There is no such date or time', abort: true })
  .refine((wall) => wall >= '2000-01-01' && wall < '2100-01-01', { error: 'The year must be between 2000 and 2099' });

/** Without Temporal, which takes ten times as long: each event that is read names several. */
function isWallTime(wall: string): boolean {
  const at = Date.parse(`${wall}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, wall.length) === wall;
}

/**
 * An IANA time zone by its own name, "Europe/London", however it was capitalised. Offsets such as "+01:00" name no zone,
 * for they know no summer; nor do the bare letters that ICU takes: its BST is Bangladesh's.
 */
export const TimeZone = z
  .string({ error: 'Enter a time zone like Europe/London' })
  .max(64)
  .refine(isTimeZone, { error: 'Enter an IANA time zone like Europe/London' })
  .overwrite((zone) => zoneIdOf(zone) ?? zone);

/** Twice the longest name there is. */
const LONGEST_ZONE = 64;
/** Every zone anybody named, by its lower-case name: each event that is read names one several times. */
const zoneIds = new Map<string, string>();

function zoneIdOf(zone: string): string | undefined {
  if (zone.length > LONGEST_ZONE) return undefined;
  const known = zoneIds.get(zone.toLowerCase());
  if (known !== undefined || !/^[A-Za-z]/.test(zone)) return known;
  try {
    const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    zoneIds.set(zone.toLowerCase(), timeZoneId);
    return timeZoneId;
  } catch {
    return undefined;
  }
}

export function isTimeZone(zone: string): boolean {
  return zoneIdOf(zone) !== undefined;
}

/** The instant of a wall time in a zone. A time the clocks skip moves forward; one they repeat means the earlier. */
export const instantOf = remembered((wall: string, zone: string): string =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant().toString(),
);

/** Epoch seconds of an instant. */
export const epochOf = (instant: string): Epoch => Math.floor(Date.parse(instant) / 1000);

/** The instant of epoch seconds, "2026-02-19T09:30:00Z". */
export const instantAt = (epoch: Epoch): string => `${new Date(epoch * 1000).toISOString().slice(0, 19)}Z`;

/** Whether a zone is called after Greenwich, by any of the names it has. */
export const isGreenwich = (zone: string): boolean => /^(Etc\/)?(GMT([+-]?0)?|Greenwich)$/i.test(zone);

/**
 * Why "GMT" is no zone for this wall time, or undefined when it is. People write GMT and mean London; in summer London
 * keeps BST, and taking them at their word would put the event an hour late.
 */
export function gmtRefusal(zone: string, wall: string): string | undefined {
  if (!isGreenwich(zone)) return undefined;
  const london = Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/London');
  if (london.offsetNanoseconds === 0) return undefined;
  return `London is on BST, not GMT, on ${wall.slice(0, 10)}. Write "Europe/London" for London time, or "UTC" if you mean an hour later.`;
}
