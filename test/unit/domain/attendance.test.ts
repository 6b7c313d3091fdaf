import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attendanceFinalAt, attendanceOf, evidenceOf } from '#shared/domain/attendance.ts';
import { firesAt, waitsUntil } from '#shared/domain/audience.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { epochOf, instantAt } from '#shared/domain/time.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';

const joining = { url: 'https://meet.example.org/1', opensBefore: 'PT15M' };
const online = anEvent({ format: 'online', joining });
const END = epochOf(online.endInstant);
const FINAL = END + 24 * 3600;

test.each<[string, Partial<Event>, Partial<Registration>, string]>([
  ['was let in', {}, { joinedAt: END - 60 }, 'attended'],
  ['left no trace at an online event', {}, {}, 'no-show'],
  ['stood at the door', {}, { openedAt: END - 60 }, 'unknown'],
  ['is on the report', {}, { minutes: 3 }, 'attended'],
  ['gave up their place', {}, { status: 'cancelled' }, 'unknown'],
  ['left no trace, in a room nobody watches', { format: 'in-person' }, {}, 'unknown'],
  ['left no trace, where nobody was ever let in', { joining: undefined }, {}, 'unknown'],
  ['is not on the report of a room', { format: 'in-person', attendanceImportedAt: instantAt(END) }, {}, 'no-show'],
  ['was there long enough', { attendedFrom: 'provider-minutes:30' }, { minutes: 30 }, 'attended'],
  ['was there, but not for long', { attendedFrom: 'provider-minutes:30' }, { minutes: 29 }, 'unknown'],
  ['was let in, but minutes count', { attendedFrom: 'provider-minutes:30' }, { joinedAt: END - 60 }, 'unknown'],
])('once it is final, who %s: %j %j is %s', (_, event, row, attendance) => {
  expect(attendanceOf({ ...online, ...event }, aRegistration(row), FINAL)).toBe(attendance);
  expect(attendanceOf({ ...online, ...event }, aRegistration(row), FINAL - 1)).toBe('unknown');
});

test('it is final a day after the end, or when somebody said so', () => {
  expect(attendanceFinalAt(online)).toBe(FINAL);
  const said = { ...online, attendanceFinalAt: instantAt(END + 60) };
  expect(attendanceOf(said, aRegistration({ joinedAt: END }), END + 60)).toBe('attended');
  expect(attendanceOf(said, aRegistration({ joinedAt: END }), END + 59)).toBe('unknown');
});

test('nobody of whom there is any trace is ever a no-show', () => {
  const seen = fc.record({ openedAt: fc.nat(), joinedAt: fc.nat(), minutes: fc.nat(600) }, { requiredKeys: [] });
  const attendedFrom = fc.constantFrom('joined', 'provider-minutes:0', 'provider-minutes:30', 'provider-minutes:9999');
  fc.assert(
    fc.property(seen, attendedFrom, fc.boolean(), (traces, from, imported) => {
      const event = { ...online, attendedFrom: from, ...(imported && { attendanceImportedAt: online.endInstant }) };
      const row = aRegistration(traces);
      if (evidenceOf(row) !== 'none') expect(attendanceOf(event, row, FINAL)).not.toBe('no-show');
    }),
  );
});

test('evidence only rises: the report counts for more than the gate, and that for more than the door', () => {
  expect(evidenceOf({})).toBe('none');
  expect(evidenceOf({ openedAt: 1 })).toBe('opened');
  expect(evidenceOf({ openedAt: 1, joinedAt: 2 })).toBe('joined');
  expect(evidenceOf({ openedAt: 1, joinedAt: 2, minutes: 0 })).toBe('provider-confirmed');
});

test('mail for who came, or did not, waits until that is final; mail for everybody does not', () => {
  const trigger = { after: 'end', offset: 'PT2H' } as const;
  const two = END + 2 * 3600;
  expect(firesAt({ trigger, audience: { attendance: ['attended'] } }, online)).toBe(FINAL);
  expect(firesAt({ trigger, audience: { attendance: ['no-show', 'unknown'] } }, online)).toBe(two);
  expect(firesAt({ trigger, audience: {} }, online)).toBe(two);
  const said = { ...online, attendanceFinalAt: instantAt(END + 60) };
  expect(firesAt({ trigger, audience: { attendance: ['no-show'] } }, said)).toBe(two);
  expect(waitsUntil({ audience: { attendance: ['no-show'] } }, online, FINAL - 1)).toBe(FINAL);
  expect(waitsUntil({ audience: { attendance: ['no-show'] } }, online, FINAL)).toBeUndefined();
  expect(waitsUntil({ audience: {} }, online, END)).toBeUndefined();
});
