import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { publishCalendar } from '#shared/calendar/publish-calendar.ts';
import { vtimezone } from '#shared/calendar/vtimezone.ts';
import type { Event } from '#shared/domain/event.ts';
import { anEvent } from '#test/support/builders.ts';
import { readCalendar } from '#test/support/read-calendar.ts';

const publisher = { site: { name: 'Rollcall', url: 'https://events.example.org' }, now: 1_795_000_000 };
const readBack = (given: Partial<Event>) => readCalendar(publishCalendar([anEvent(given)], publisher));

const of = (timeZone: string, year: number) =>
  vtimezone(timeZone, { start: `${year}-02-18T09:30:00Z`, end: `${year}-02-18T13:00:00Z` }).split('\r\n');

test('a zone with one rule a year says it as a rule, which is all that Outlook understands', () => {
  expect(of('Europe/London', 2027)).toEqual([
    'BEGIN:VTIMEZONE',
    'TZID:Europe/London',
    'BEGIN:DAYLIGHT',
    'DTSTART:20260329T010000',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'TZOFFSETFROM:+0000',
    'TZOFFSETTO:+0100',
    'TZNAME:BST',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'DTSTART:20261025T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0000',
    'TZNAME:GMT',
    'END:STANDARD',
    'END:VTIMEZONE',
  ]);
});

test('a southern zone starts its summer in the spring of the south', () => {
  const lines = of('Australia/Sydney', 2027);
  expect(lines).toContain('RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU');
  expect(lines).toContain('RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU');
});

test('a zone that never changes its clocks has one standard time, its half hours included', () => {
  const lines = of('Asia/Kolkata', 2027);
  expect(lines.filter((line) => line.startsWith('BEGIN:'))).toEqual(['BEGIN:VTIMEZONE', 'BEGIN:STANDARD']);
  expect(lines).toContain('TZOFFSETTO:+0530');
});

test('a zone whose summers follow the moon has just the times the event needs, and no rule', () => {
  const lines = of('Africa/Casablanca', 2024);
  expect(lines.filter((line) => /^(BEGIN:STANDARD|BEGIN:DAYLIGHT|RRULE)/.test(line))).toHaveLength(1);
  expect(lines).toContain('TZOFFSETTO:+0100');
});

test('clocks that change during the event change in the file too', () => {
  const { events } = readBack({
    timeZone: 'Africa/Casablanca',
    startsAt: '2024-03-09T20:00',
    endsAt: '2024-03-10T12:00',
  });
  expect(events[0]).toMatchObject({ start: '2024-03-09T19:00:00Z', end: '2024-03-10T12:00:00Z' });
});

test.each([
  ['the hour the clocks skip moves forward', 'Europe/London', '2027-03-28T01:30', '2027-03-28T01:30:00Z'],
  ['the hour they repeat means the earlier', 'Europe/London', '2027-10-31T01:30', '2027-10-31T00:30:00Z'],
  ['half an hour of summer', 'Australia/Lord_Howe', '2027-01-10T09:00', '2027-01-09T22:00:00Z'],
  ['a day of fourteen hours ahead', 'Pacific/Kiritimati', '2027-01-10T09:00', '2027-01-09T19:00:00Z'],
  ['a zone without summer', 'Asia/Tokyo', '2027-07-10T09:00', '2027-07-10T00:00:00Z'],
  ['a zone of the south in its summer', 'America/Santiago', '2027-01-10T09:00', '2027-01-10T12:00:00Z'],
  ['UTC', 'UTC', '2027-01-10T09:00', '2027-01-10T09:00:00Z'],
  ['a fixed offset', 'Etc/GMT+5', '2027-01-10T09:00', '2027-01-10T14:00:00Z'],
])('%s: %s %s', (_, timeZone, startsAt, start) => {
  const { events } = readBack({ timeZone, startsAt, endsAt: `${startsAt.slice(0, 10)}T23:00` });
  expect(events[0]?.start).toBe(start);
});

/** Zone data is slow to read the first time; a busy machine must not fail a property. */
const PATIENT = { timeout: 20_000 };

const wall = fc
  .date({ min: new Date('2000-01-02T00:00:00Z'), max: new Date('2099-11-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16));
const later = (from: string, minutes: number) =>
  new Date(Date.parse(`${from}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);

test('whatever the zone and the time, another program reads the instants we keep', PATIENT, () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  fc.assert(
    fc.property(zone, wall, fc.integer({ min: 180, max: 31 * 1440 }), (timeZone, startsAt, minutes) => {
      const event = anEvent({ timeZone, startsAt, endsAt: later(startsAt, minutes) });
      const [read] = readCalendar(publishCalendar([event], publisher)).events;
      expect(read).toMatchObject({ start: event.startInstant, end: event.endInstant });
    }),
    { numRuns: 120 },
  );
});

test('around the hours the clocks skip or repeat it is no different', PATIENT, () => {
  const zones = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Africa/Casablanca'];
  const change = fc
    .tuple(fc.constantFrom(...zones), wall)
    .map(([zone, from]) => Temporal.PlainDateTime.from(from).toZonedDateTime(zone).getTimeZoneTransition('previous'))
    .filter((found) => found !== null);
  fc.assert(
    fc.property(
      change,
      fc.integer({ min: -180, max: 180 }),
      fc.integer({ min: 30, max: 240 }),
      (at, minutes, length) => {
        const startsAt = at.toPlainDateTime().add({ minutes }).toString({ smallestUnit: 'minute' });
        fc.pre(startsAt > '2000');
        const event = anEvent({ timeZone: at.timeZoneId, startsAt, endsAt: later(startsAt, length + 60) });
        const [read] = readCalendar(publishCalendar([event], publisher)).events;
        expect(read).toMatchObject({ start: event.startInstant, end: event.endInstant });
      },
    ),
    { numRuns: 80 },
  );
});

test('one zone over many years is right for every event in it', PATIENT, () => {
  const zone = fc.constantFrom('Europe/London', 'Africa/Casablanca', 'America/Sao_Paulo', 'Asia/Gaza', 'Africa/Cairo');
  fc.assert(
    fc.property(zone, fc.array(wall, { minLength: 2, maxLength: 6 }), (timeZone, walls) => {
      const events = walls.map((startsAt) => anEvent({ timeZone, startsAt, endsAt: later(startsAt, 180) }));
      const read = readCalendar(publishCalendar(events, publisher));
      expect(read.zones).toHaveLength(1);
      expect(read.events.map(({ start, end }) => ({ start, end }))).toEqual(
        events.map(({ startInstant, endInstant }) => ({ start: startInstant, end: endInstant })),
      );
    }),
    { numRuns: 40 },
  );
});

test('a file carries the zones of its events and no others', () => {
  const zones = ['Europe/London', 'Asia/Tokyo', 'Europe/London', 'UTC'];
  const { zones: told } = readCalendar(
    publishCalendar(
      zones.map((timeZone) => anEvent({ timeZone })),
      publisher,
    ),
  );
  expect(told).toEqual(['Europe/London', 'Asia/Tokyo']);
});
