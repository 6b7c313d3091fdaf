import { expect, test, vi } from 'vitest';
import { instantOf } from '#shared/domain/time.ts';
import { clockOf, dayOf, whenElsewhere, whenOf, zoneName } from '#shared/domain/when.ts';

const JANUARY = '2026-01-15T12:00:00Z';
const JULY = '2026-07-15T12:00:00Z';
/** How an event reads whose wall times these are. */
const read = (start: string, end: string, zone: string, short = false) =>
  whenOf(instantOf(start, zone), instantOf(end, zone), zone, short);

test.each([
  ['Europe/London', 'GMT', 'BST'],
  ['Europe/Dublin', 'GMT', 'IST'],
  ['Europe/Paris', 'CET', 'CEST'],
  ['America/New_York', 'EST', 'EDT'],
  ['America/St_Johns', 'NST', 'NDT'],
  ['Australia/Sydney', 'AEDT', 'AEST'],
  ['Pacific/Auckland', 'NZDT', 'NZST'],
  ['Asia/Kolkata', 'IST', 'IST'],
  ['Asia/Singapore', 'SGT', 'SGT'],
  ['Africa/Johannesburg', 'SAST', 'SAST'],
  ['Asia/Tokyo', 'GMT+9', 'GMT+9'],
  ['Asia/Kathmandu', 'GMT+5:45', 'GMT+5:45'],
  ['UTC', 'UTC', 'UTC'],
  ['GMT', 'GMT', 'GMT'],
  ['Etc/GMT', 'GMT', 'GMT'],
])('%s is %s in January and %s in July', (zone, winter, summer) => {
  expect([zoneName(JANUARY, zone), zoneName(JULY, zone)]).toEqual([winter, summer]);
});

test('a day and a time read as the British write them', () => {
  expect(dayOf(JANUARY, 'Europe/London')).toBe('Thursday 15 January 2026');
  expect(dayOf('2026-09-03T12:00:00Z', 'Europe/London', true)).toBe('Thu 3 Sep 2026');
  expect(clockOf('2026-07-14T23:05:00Z', 'Europe/London')).toBe('00:05');
});

test('the seed listing reads as its organiser wrote it', () => {
  expect(read('2026-02-19T09:30', '2026-02-19T13:00', 'Europe/London')).toBe(
    'Thursday 19 February 2026, 09:30–13:00 GMT',
  );
  expect(read('2026-02-19T09:30', '2026-02-19T13:00', 'Europe/London', true)).toBe('Thu 19 Feb 2026, 09:30–13:00 GMT');
});

test.each([
  [
    'over midnight, with both days',
    '2026-02-19T22:00',
    '2026-02-20T01:00',
    'Thu 19 Feb 2026, 22:00 – Fri 20 Feb 2026, 01:00 GMT',
  ],
  ['until midnight', '2026-02-19T22:00', '2026-02-20T00:00', 'Thu 19 Feb 2026, 22:00 – Fri 20 Feb 2026, 00:00 GMT'],
  ['over new year', '2026-12-31T22:00', '2027-01-01T02:00', 'Thu 31 Dec 2026, 22:00 – Fri 1 Jan 2027, 02:00 GMT'],
  ['while clocks go forward', '2026-03-29T00:30', '2026-03-29T03:00', 'Sun 29 Mar 2026, 00:30 GMT–03:00 BST'],
  ['while clocks go back', '2026-10-25T00:30', '2026-10-25T03:00', 'Sun 25 Oct 2026, 00:30 BST–03:00 GMT'],
  [
    'over days and a change of clocks',
    '2026-10-24T09:00',
    '2026-10-26T17:00',
    'Sat 24 Oct 2026, 09:00 BST – Mon 26 Oct 2026, 17:00 GMT',
  ],
  ['at a time that clocks skip', '2026-03-29T01:30', '2026-03-29T04:00', 'Sun 29 Mar 2026, 02:30–04:00 BST'],
])('%s', (_, start, end, when) => {
  expect(read(start, end, 'Europe/London', true)).toBe(when);
});

test('a reader elsewhere is told the same times by their own clocks, the day included', () => {
  const [start, end] = ['2026-02-19T20:00:00Z', '2026-02-19T22:00:00Z'];
  expect(whenElsewhere(start, end, 'Europe/London', 'America/New_York')).toBe(
    'Thursday 19 February 2026, 15:00–17:00 EST',
  );
  expect(whenElsewhere(start, end, 'Europe/London', 'Asia/Tokyo')).toBe('Friday 20 February 2026, 05:00–07:00 GMT+9');
  expect(whenElsewhere(start, end, 'Europe/London', 'Asia/Kolkata')).toBe('Friday 20 February 2026, 01:30–03:30 IST');
});

test('a reader whose clocks show the same is told nothing twice', () => {
  const [start, end] = ['2026-02-19T20:00:00Z', '2026-02-19T22:00:00Z'];
  expect(whenElsewhere(start, end, 'Europe/London', 'Europe/London')).toBeUndefined();
  expect(whenElsewhere(start, end, 'Europe/London', 'Europe/Lisbon')).toBeUndefined();
  expect(whenElsewhere(start, end, 'Europe/London', 'UTC')).toBeUndefined();
  expect(whenElsewhere(start, end, 'Europe/London', undefined)).toBeUndefined();
});

test('a reader whose clocks change during the event is told, though it starts at the same time', () => {
  const [start, end] = ['2026-03-29T00:30:00Z', '2026-03-29T02:00:00Z'];
  expect(whenElsewhere(start, end, 'UTC', 'Europe/London')).toBe('Sunday 29 March 2026, 00:30 GMT–03:00 BST');
});

test('a day apart on the same clock is another time', () => {
  const [start, end] = ['2026-02-19T20:00:00Z', '2026-02-19T22:00:00Z'];
  expect(whenElsewhere(start, end, 'Pacific/Honolulu', 'Pacific/Kiritimati')).toBe(
    'Friday 20 February 2026, 10:00–12:00 GMT+14',
  );
});

test('the format of a zone is made once, for making one is what takes long', () => {
  const write = () => whenElsewhere(JANUARY, JULY, 'Asia/Kathmandu', 'Asia/Tbilisi');
  const first = write();
  const made = vi.spyOn(Intl, 'DateTimeFormat');
  expect(write()).toBe(first);
  expect(made).not.toHaveBeenCalled();
  whenOf(JANUARY, JULY, 'Asia/Yerevan');
  expect(made).toHaveBeenCalled();
});

test('formats of more zones than anybody has are not all kept, and each still reads right', () => {
  for (const zone of Intl.supportedValuesOf('timeZone')) zoneName(JULY, zone);
  expect(read('2026-02-19T09:30', '2026-02-19T13:00', 'Europe/London', true)).toBe('Thu 19 Feb 2026, 09:30–13:00 GMT');
});
