import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { fireTime, isDayScale, Trigger, triggerFault } from '#shared/domain/trigger.ts';
import { anEvent } from '#test/support/builders.ts';

/** When the trigger fires for an event at these wall times, as an instant. */
function fires(trigger: Record<string, unknown>, startsAt: string, timeZone: string, endsAt?: string): string {
  const event = anEvent({ startsAt, endsAt: endsAt ?? `${startsAt.slice(0, 10)}T23:30`, timeZone });
  const epoch = fireTime(Trigger.parse(trigger), event);
  return epoch === undefined ? 'never' : new Date(epoch * 1000).toISOString().slice(0, 16);
}
const before = (offset: string, at?: string) => ({ before: 'start', offset, ...(at !== undefined && { at }) });
const after = (offset: string, at?: string) => ({ after: 'end', offset, ...(at !== undefined && { at }) });

test.each([
  ['a day before, at a time of day', before('P1D', '09:00'), '2027-02-18T09:30', 'Europe/London', '2027-02-17T09:00'],
  ['a day before, at the same time', before('P1D'), '2027-02-18T09:30', 'Europe/London', '2027-02-17T09:30'],
  ['a week before', before('P1W'), '2027-02-18T09:30', 'Europe/London', '2027-02-11T09:30'],
  ['an hour before', before('PT1H'), '2027-02-18T09:30', 'Europe/London', '2027-02-18T08:30'],
  ['an hour and a half before', before('PT1H30M'), '2027-02-18T09:30', 'Europe/London', '2027-02-18T08:00'],
  ['a day before, over the turn of the year', before('P1D'), '2027-01-01T09:30', 'Europe/London', '2026-12-31T09:30'],
  // Clocks went forward in London at 01:00 on 28 March 2027: that day has 23 hours.
  ['a calendar day over the shorter day', before('P1D'), '2027-03-28T12:00', 'Europe/London', '2027-03-27T12:00'],
  ['24 hours over the shorter day', before('PT24H'), '2027-03-28T12:00', 'Europe/London', '2027-03-27T11:00'],
  ['at nine before the shorter day', before('P1D', '09:00'), '2027-03-28T12:00', 'Europe/London', '2027-03-27T09:00'],
  ['at nine on the shorter day', before('P1D', '09:00'), '2027-03-29T12:00', 'Europe/London', '2027-03-28T08:00'],
  // Clocks went back at 02:00 on 31 October 2027: that day has 25 hours.
  ['a calendar day over the longer day', before('P1D'), '2027-10-31T12:00', 'Europe/London', '2027-10-30T11:00'],
  ['24 hours over the longer day', before('PT24H'), '2027-10-31T12:00', 'Europe/London', '2027-10-30T12:00'],
  ['at nine on the longer day', before('P1D', '09:00'), '2027-11-01T12:00', 'Europe/London', '2027-10-31T09:00'],
  ['at a time clocks skip, later', before('P1D', '01:30'), '2027-03-29T12:00', 'Europe/London', '2027-03-28T01:30'],
  ['at a time clocks repeat, earlier', before('P1D', '01:30'), '2027-11-01T12:00', 'Europe/London', '2027-10-31T00:30'],
  ['in a gap of half an hour', before('P1D', '02:15'), '2026-10-05T12:00', 'Australia/Lord_Howe', '2026-10-03T15:45'],
  ['where clocks never change', before('P1D', '09:00'), '2027-03-29T12:00', 'Asia/Tokyo', '2027-03-28T00:00'],
  ['24 hours where clocks never change', before('PT24H'), '2027-03-28T12:00', 'Asia/Tokyo', '2027-03-27T03:00'],
  ['in a zone of half an hour', before('P1D', '09:00'), '2027-03-29T12:00', 'Asia/Kolkata', '2027-03-28T03:30'],
  ['in a zone of three quarters', before('P1D', '09:00'), '2027-03-29T12:00', 'Asia/Kathmandu', '2027-03-28T03:15'],
  ['on a leap day', before('P1D', '09:00'), '2028-03-01T12:00', 'Europe/London', '2028-02-29T09:00'],
  ['on no leap day', before('P1D', '09:00'), '2027-03-01T12:00', 'Europe/London', '2027-02-28T09:00'],
  ['a week before a leap day', before('P1W'), '2028-02-29T12:00', 'Europe/London', '2028-02-22T12:00'],
])('%s', (_, trigger, startsAt, zone, instant) => {
  expect(fires(trigger, startsAt, zone)).toBe(instant);
});

test.each([
  ['two hours after', after('PT2H'), '2027-02-18T13:00', '2027-02-18T15:00'],
  ['three days after', after('P3D'), '2027-02-18T13:00', '2027-02-21T13:00'],
  ['the next morning', after('P1D', '09:00'), '2027-02-18T13:00', '2027-02-19T09:00'],
  ['a day after, over the shorter day', after('P1D'), '2027-03-27T13:00', '2027-03-28T12:00'],
  ['24 hours after, over the shorter day', after('PT24H'), '2027-03-27T13:00', '2027-03-28T13:00'],
  ['24 hours after, over the longer day', after('PT24H'), '2027-10-30T13:00', '2027-10-31T12:00'],
  ['into a time clocks skip', after('P1D', '01:15'), '2027-03-27T13:00', '2027-03-28T01:15'],
  ['of an event over midnight', after('PT1H'), '2027-02-19T01:00', '2027-02-19T02:00'],
])('what counts from the end counts from the end: %s', (_, trigger, endsAt, instant) => {
  const startsAt = Temporal.PlainDateTime.from(endsAt).subtract({ hours: 4 }).toString({ smallestUnit: 'minute' });
  expect(fires(trigger, startsAt, 'Europe/London', endsAt)).toBe(instant);
});

test.each([
  ['in winter', '2027-02-17T09:00', 'Europe/London', '2027-02-17T09:00'],
  ['in summer', '2027-07-01T09:00', 'Europe/London', '2027-07-01T08:00'],
  ['that clocks skip, later', '2027-03-28T01:30', 'Europe/London', '2027-03-28T01:30'],
  ['that clocks repeat, earlier', '2027-10-31T01:30', 'Europe/London', '2027-10-31T00:30'],
  ['in a zone of half an hour', '2027-07-01T09:00', 'Asia/Kolkata', '2027-07-01T03:30'],
])('an absolute time is one of the zone of the event: one %s', (_, at, zone, instant) => {
  expect(fires({ at }, '2027-08-01T09:30', zone)).toBe(instant);
});

test.each([[{ on: 'registration' }], [{ manual: true }]])('no clock fires %j', (trigger) => {
  expect(fires(trigger, '2027-02-18T09:30', 'Europe/London')).toBe('never');
});

test.each([
  ['an absolute date there is not', { at: '2027-02-29T09:00' }],
  ['an absolute time there is not', { at: '2027-02-18T24:00' }],
  ['an instant', { at: '2027-02-18T09:00:00Z' }],
  ['no duration at all', before('PT')],
  ['nothing', before('P0D')],
  ['no time', before('PT0H0M')],
  ['months', before('P1M')],
  ['years', before('P1Y')],
  ['seconds', before('PT90S')],
  ['days and hours together', before('P1DT2H')],
  ['weeks and days together', before('P1W1D')],
  ['a fraction', before('PT1.5H')],
  ['a negative duration', before('-P1D')],
  ['small letters', before('p1d')],
  ['a thousand days', before('P1000D')],
  ['a line end', before('P1D\n')],
  ['hour 24', before('P1D', '24:00')],
  ['a minute 60', before('P1D', '09:60')],
  ['a time without zero', before('P1D', '9:00')],
  ['after the start', { after: 'start', offset: 'P1D' }],
  ['before the end', { before: 'end', offset: 'P1D' }],
  ['two triggers in one', { ...before('P1D'), manual: true }],
  ['before and after', { before: 'start', after: 'end', offset: 'P1D' }],
  ['an offset of nothing', { before: 'start' }],
  ['something unknown', { on: 'cancellation' }],
  ['not by hand', { manual: false }],
  ['nothing at all', {}],
])('%s is no trigger', (_, trigger) => {
  expect(Trigger.safeParse(trigger).success).toBe(false);
});

test('a time of day goes with calendar days only, and the hint says what to write', () => {
  expect(triggerFault(Trigger.parse(before('PT24H', '09:00')))).toBe(
    'A time of day goes with calendar days: write P1D at 09:00, or PT24H without it',
  );
  for (const trigger of [before('P1D', '09:00'), before('PT24H'), { at: '2027-02-17T09:00' }, { manual: true }]) {
    expect(triggerFault(Trigger.parse(trigger))).toBeUndefined();
  }
});

test.each([
  ['P1D', true],
  ['P1W', true],
  ['PT12H', true],
  ['PT24H', true],
  ['PT720M', true],
  ['PT11H59M', false],
  ['PT719M', false],
  ['PT1H', false],
])('%s is day-scale: %s', (offset, dayScale) => {
  expect(isDayScale(offset)).toBe(dayScale);
});

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const wall = fc
  .record({ day: fc.integer({ min: 0, max: 20_000 }), minute: fc.integer({ min: 0, max: 1439 }) })
  .map(({ day, minute }) =>
    Temporal.PlainDateTime.from('2026-01-01').add({ days: day, minutes: minute }).toString({ smallestUnit: 'minute' }),
  );
const eventAt = (startsAt: string, timeZone: string) => {
  const endsAt = Temporal.PlainDateTime.from(startsAt).add({ hours: 6 }).toString({ smallestUnit: 'minute' });
  return anEvent({ startsAt, endsAt, timeZone });
};

test('elapsed time is elapsed time, whatever the clocks of any zone do', () => {
  fc.assert(
    fc.property(wall, zone, fc.integer({ min: 1, max: 9999 }), (startsAt, timeZone, minutes) => {
      const event = eventAt(startsAt, timeZone);
      const [start, end] = [Date.parse(event.startInstant) / 1000, Date.parse(event.endInstant) / 1000];
      const offset = `PT${minutes}M`;
      expect(fireTime({ before: 'start', offset }, event)).toBe(start - minutes * 60);
      expect(fireTime({ after: 'end', offset }, event)).toBe(end + minutes * 60);
    }),
  );
});

test('calendar days keep the wall time in every zone, but where clocks skip it', () => {
  const time = fc.integer({ min: 0, max: 1439 }).map((minute) => {
    const [hours, minutes] = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0'));
    return `${hours}:${minutes}`;
  });
  fc.assert(
    fc.property(wall, zone, fc.integer({ min: 1, max: 60 }), time, (startsAt, timeZone, days, at) => {
      const event = eventAt(startsAt, timeZone);
      // A start that clocks skip has moved: what it moved to is what counts.
      const start = Temporal.Instant.from(event.startInstant).toZonedDateTimeISO(timeZone);
      const wanted = start.toPlainDate().subtract({ days }).toPlainDateTime(at);
      const fired = fireTime({ before: 'start', offset: `P${days}D`, at }, event) ?? 0;
      const there = Temporal.Instant.fromEpochMilliseconds(fired * 1000).toZonedDateTimeISO(timeZone);
      const late = wanted.until(there.toPlainDateTime()).total('minutes');
      const exists = wanted.toZonedDateTime(timeZone).toPlainDateTime().equals(wanted);
      if (exists) expect(late).toBe(0);
      else expect(late).toBeGreaterThan(0);
    }),
  );
});
