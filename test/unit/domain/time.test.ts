import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochOf, gmtRefusal, instantAt, instantOf, isTimeZone, TimeZone, WallTime } from '#shared/domain/time.ts';

test.each(['2026-02-19T09:30', '2028-02-29T00:00', '2000-01-01T00:00', '2099-12-31T23:59'])(
  '%s is a wall time',
  (wall) => {
    expect(WallTime.parse(wall)).toBe(wall);
  },
);

test.each([
  ['a 29 February of no leap year', '2026-02-29T09:30', 'There is no such date or time'],
  ['a 29 February of a year of no leap century', '2100-02-29T09:30', 'There is no such date or time'],
  ['a 31 April', '2026-04-31T09:30', 'There is no such date or time'],
  ['month 13', '2026-13-01T09:30', 'There is no such date or time'],
  ['hour 24', '2026-02-19T24:00', 'There is no such date or time'],
  ['minute 60', '2026-02-19T09:60', 'There is no such date or time'],
  ['1999', '1999-12-31T23:59', 'The year must be between 2000 and 2099'],
  ['2100', '2100-01-01T00:00', 'The year must be between 2000 and 2099'],
  ['seconds', '2026-02-19T09:30:00', 'Enter a date and time like 2026-02-19T09:30'],
  ['a zone', '2026-02-19T09:30Z', 'Enter a date and time like 2026-02-19T09:30'],
  ['a space', '2026-02-19 09:30', 'Enter a date and time like 2026-02-19T09:30'],
  ['a line end', '2026-02-19T09:30\n', 'Enter a date and time like 2026-02-19T09:30'],
  ['a number', 20260219, 'Enter a date and time like 2026-02-19T09:30'],
])('%s is refused in one sentence', (_, wall, message) => {
  expect(WallTime.safeParse(wall).error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test.each([
  ['in winter', '2026-02-19T09:30', 'Europe/London', '2026-02-19T09:30:00Z'],
  ['in summer', '2026-07-01T09:30', 'Europe/London', '2026-07-01T08:30:00Z'],
  ['the minute before clocks go forward', '2026-03-29T00:59', 'Europe/London', '2026-03-29T00:59:00Z'],
  ['a time that clocks skip, which moves forward', '2026-03-29T01:30', 'Europe/London', '2026-03-29T01:30:00Z'],
  ['the first time after the gap', '2026-03-29T02:00', 'Europe/London', '2026-03-29T01:00:00Z'],
  ['a time that clocks repeat, the earlier', '2026-10-25T01:30', 'Europe/London', '2026-10-25T00:30:00Z'],
  ['the first time after the overlap', '2026-10-25T02:00', 'Europe/London', '2026-10-25T02:00:00Z'],
  ['a gap in New York', '2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00Z'],
  ['an overlap in New York', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
  ['a gap of half an hour', '2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
  ['summer at the turn of the year', '2027-01-01T09:00', 'Australia/Sydney', '2026-12-31T22:00:00Z'],
  ['a zone without summer time', '2026-07-01T09:30', 'Asia/Tokyo', '2026-07-01T00:30:00Z'],
  ['a zone of half an hour', '2026-07-01T09:30', 'Asia/Kolkata', '2026-07-01T04:00:00Z'],
  ['a zone of three quarters', '2026-07-01T09:30', 'Asia/Kathmandu', '2026-07-01T03:45:00Z'],
  ['a leap day', '2028-02-29T09:30', 'America/Los_Angeles', '2028-02-29T17:30:00Z'],
])('%s: the instant of a wall time', (_, wall, zone, instant) => {
  expect(instantOf(wall, zone)).toBe(instant);
});

test.each([
  ['Europe/London', 'Europe/London'],
  ['europe/LONDON', 'Europe/London'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['utc', 'UTC'],
  ['GMT', 'GMT'],
  ['etc/gmt+5', 'Etc/GMT+5'],
])('%s is a time zone, kept as %s', (zone, kept) => {
  expect(TimeZone.parse(zone)).toBe(kept);
});

test.each(['', 'London', 'BST', 'PST', '+01:00', '-05', 'Mars/Olympus', 'Europe/London ', '../../etc', 'é', 7])(
  '%j names no time zone',
  (zone) => {
    expect(TimeZone.safeParse(zone).success).toBe(false);
    expect(isTimeZone(String(zone))).toBe(false);
  },
);

test.each(['GMT', 'gmt', 'Etc/GMT', 'GMT0', 'GMT+0', 'GMT-0', 'Etc/GMT0', 'Etc/GMT+0', 'Greenwich', 'Etc/Greenwich'])(
  '%s on a summer date of London is refused with a hint, and fine in winter',
  (zone) => {
    expect(gmtRefusal(zone, '2026-07-01T09:30')).toMatch(/BST, not GMT, on 2026-07-01\. Write "Europe\/London"/);
    expect(gmtRefusal(zone, '2026-03-29T03:00')).toBeDefined();
    expect(gmtRefusal(zone, '2026-10-25T01:30')).toBeDefined();
    expect(gmtRefusal(zone, '2026-02-19T09:30')).toBeUndefined();
    expect(gmtRefusal(zone, '2026-10-25T02:00')).toBeUndefined();
  },
);

test.each(['Europe/London', 'UTC', 'Etc/UTC', 'Etc/GMT-1', 'Africa/Accra', 'Europe/Lisbon'])(
  '%s means what it says in summer, too',
  (zone) => {
    expect(gmtRefusal(zone, '2026-07-01T09:30')).toBeUndefined();
  },
);

test('epoch seconds and instants are two ways to say one thing', () => {
  expect(epochOf('1970-01-01T00:01:00Z')).toBe(60);
  expect(epochOf('2026-02-19T09:30:00.999Z')).toBe(epochOf('2026-02-19T09:30:00Z'));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (epoch) => {
      expect(instantAt(epoch)).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
      expect(epochOf(instantAt(epoch))).toBe(epoch);
    }),
  );
});
