import { describe, expect, test } from 'vitest';
import { attendanceFinalAt } from '#shared/domain/attendance.ts';
import type { Event } from '#shared/domain/event.ts';
import { confirmMinutes, finalise, withImport } from '#shared/domain/finalise-attendance.ts';
import { epochOf, instantAt } from '#shared/domain/time.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';

const event = anEvent();
const END = epochOf(event.endInstant);
const DAY = 24 * 3600;

describe.each([
  ['to say that it is final', (of: Event, now: number) => finalise(of, now)],
  ['to import a report', (of: Event, now: number) => withImport(of, { since: now, now })],
])('it is refused %s', (_, say) => {
  test.each<[string, Partial<Event>, number, string]>([
    ['before the end', {}, END - 1, 'not-the-time'],
    ['of a draft', { state: 'draft' }, END, 'event-not-published'],
    ['of a cancelled event', { state: 'cancelled' }, END, 'event-not-published'],
    ['of a postponed event', { state: 'postponed' }, END, 'event-not-published'],
    ['once its people are being purged', { purgingAt: instantAt(END + DAY) }, END + 2 * DAY, 'not-the-time'],
  ])('%s', (__, other, now, code) => {
    expect(() => say({ ...event, ...other }, now)).toThrow(expect.objectContaining({ code }));
  });
});

test('it is final from the moment somebody says so, and saying it twice changes nothing', () => {
  const final = finalise(event, END + 60) as Event;
  expect(final).toEqual({ ...event, attendanceFinalAt: instantAt(END + 60), revision: event.revision + 1 });
  expect(finalise(final, END + 120)).toBeUndefined();
});

test('what became final by itself stays so since then: mail that was due in between is not due again', () => {
  expect(finalise(event, END + DAY)).toBeUndefined();
  const imported = withImport(event, { since: END + 3 * DAY, now: END + 3 * DAY }) as Event;
  expect(imported.attendanceImportedAt).toBe(instantAt(END + 3 * DAY));
  expect(attendanceFinalAt(imported)).toBe(END + DAY);
});

test('an import makes it final, and keeps an earlier word of the organiser', () => {
  const imported = withImport(event, { since: END + 60, now: END + 61 }) as Event;
  expect(imported).toMatchObject({ attendanceImportedAt: instantAt(END + 61), attendanceFinalAt: instantAt(END + 61) });
  const said = finalise(event, END + 30) as Event;
  expect(withImport(said, { since: END + 60, now: END + 61 })).toMatchObject({
    attendanceFinalAt: instantAt(END + 30),
  });
});

test('an import that is written down already is not written again; a later one is', () => {
  const imported = withImport(event, { since: END + 60, now: END + 61 }) as Event;
  expect(withImport(imported, { since: END + 60, now: END + 90 })).toBeUndefined();
  expect(withImport(imported, { since: END + 62, now: END + 90 })).toMatchObject({
    attendanceImportedAt: instantAt(END + 90),
    attendanceFinalAt: instantAt(END + 61),
  });
});

test('minutes only rise', () => {
  const row = aRegistration();
  expect(confirmMinutes(row, 0)).toEqual({ row: { ...row, minutes: 0 } });
  expect(confirmMinutes({ ...row, minutes: 30 }, 31)).toEqual({ row: { ...row, minutes: 31 } });
  expect(confirmMinutes({ ...row, minutes: 30 }, 30)).toBeUndefined();
  expect(confirmMinutes({ ...row, minutes: 30 }, 29)).toBeUndefined();
});
