import { expect, test } from 'vitest';
import { instantsOf, Schedule, scheduleFaults, scheduleOf } from '#shared/domain/schedule.ts';
import { anEvent } from '#test/support/builders.ts';

const london = (startsAt: string, endsAt: string, timeZone = 'Europe/London') => ({ startsAt, endsAt, timeZone });
const fieldsAtFault = (times: ReturnType<typeof london>) => scheduleFaults(times).map(({ field }) => field);

test.each([
  ['a morning', london('2026-02-19T09:30', '2026-02-19T13:00'), []],
  ['a minute', london('2026-02-19T09:30', '2026-02-19T09:31'), []],
  ['no time at all', london('2026-02-19T09:30', '2026-02-19T09:30'), ['endsAt']],
  ['an end before the start', london('2026-02-19T09:30', '2026-02-19T09:29'), ['endsAt']],
  ['31 days', london('2026-01-01T09:00', '2026-02-01T09:00'), []],
  ['31 days and a minute', london('2026-01-01T09:00', '2026-02-01T09:01'), ['endsAt']],
  ['an end within the hour that clocks skip', london('2026-03-29T00:30', '2026-03-29T01:30'), []],
  ['a start that moves behind its end', london('2026-03-29T01:30', '2026-03-29T02:00'), ['endsAt']],
  ['an hour by the clock that the clocks repeat', london('2026-10-25T01:30', '2026-10-25T02:30'), []],
  ['GMT in winter', london('2026-02-19T09:30', '2026-02-19T13:00', 'GMT'), []],
  ['GMT in summer', london('2026-07-01T09:30', '2026-07-01T13:00', 'GMT'), ['timeZone']],
  ['GMT into summer', london('2026-03-28T09:30', '2026-03-30T13:00', 'GMT'), ['timeZone']],
  ['UTC in summer', london('2026-07-01T09:30', '2026-07-01T13:00', 'UTC'), []],
])('%s', (_, times, fields) => {
  expect(fieldsAtFault(times)).toEqual(fields);
});

test('a change of clocks during the event makes it an hour longer or shorter', () => {
  const hours = (times: ReturnType<typeof london>) => {
    const { startInstant, endInstant } = instantsOf(times);
    return (Date.parse(endInstant) - Date.parse(startInstant)) / 3_600_000;
  };
  expect(hours(london('2026-03-28T12:00', '2026-03-29T12:00'))).toBe(23);
  expect(hours(london('2026-10-24T12:00', '2026-10-25T12:00'))).toBe(25);
  expect(hours(london('2026-10-24T12:00', '2026-10-25T12:00', 'Asia/Tokyo'))).toBe(24);
});

test('the schedule of an event is what people are told, and nothing else', () => {
  const schedule = scheduleOf(anEvent());
  expect(Object.keys(schedule).toSorted()).toEqual(['endsAt', 'format', 'place', 'startsAt', 'state', 'timeZone']);
  expect(Schedule.parse(schedule)).toEqual(schedule);
});
