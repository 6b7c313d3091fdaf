import { Temporal } from 'temporal-polyfill';
import type { Event } from '#shared/domain/event.ts';
import type { Period } from './vtimezone.ts';

type Times = Pick<Event, 'startInstant' | 'endInstant' | 'timeZone'>;

/**
 * The zone an event's times are written in: its own, but UTC where the clocks show one of them twice. RFC 5545 §3.3.5
 * takes the earlier then, and not every program knows.
 */
export const writtenZone = ({ startInstant, endInstant, timeZone }: Times): string =>
  comesTwice(startInstant, timeZone) || comesTwice(endInstant, timeZone) ? 'UTC' : timeZone;

function comesTwice(instant: string, zone: string): boolean {
  const wall = inZone(instant, zone).toPlainDateTime();
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(zone, { disambiguation }).toInstant().toString(),
  );
  return earlier !== later;
}

/** An instant as the clocks of a zone show it. */
export const inZone = (instant: string, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone);

/** The zones these events are written in, each with the time from its first start to its last end. */
export const zonesOf = (events: readonly Times[]): ReadonlyMap<string, Period> =>
  new Map([...Map.groupBy(events, writtenZone)].map(([zone, group]) => [zone, spanOf(group)]));

const spanOf = (events: readonly Times[]): Period => ({
  start:
    events
      .map(({ startInstant }) => startInstant)
      .toSorted()
      .at(0) ?? '',
  end:
    events
      .map(({ endInstant }) => endInstant)
      .toSorted()
      .at(-1) ?? '',
});
