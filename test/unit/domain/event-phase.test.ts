import { expect, test } from 'vitest';
import {
  closedBecause,
  type Event,
  type EventPhase,
  ensureOpen,
  phaseOf,
  registrationClosesInstant,
} from '#shared/domain/event.ts';
import { anEvent } from '#test/support/builders.ts';

const START = Date.parse('2027-02-18T09:30:00Z');
const END = Date.parse('2027-02-18T13:00:00Z');
const MS = 1;

test.each([
  ['long before', 0, 'upcoming'],
  ['a moment before the start', START - MS, 'upcoming'],
  ['at the start', START, 'live'],
  ['a moment before the end', END - MS, 'live'],
  ['at the end', END, 'ended'],
] as const)('%s, a published event is as the clock says', (_, now, phase) => {
  expect(phaseOf(anEvent(), now)).toBe(phase);
});

test.each(['draft', 'postponed', 'cancelled'] as const)('a %s event is neither live nor ended, whenever', (state) => {
  for (const now of [0, START, END, END + 1e10]) expect(phaseOf(anEvent({ state }), now)).toBe(state);
});

test('registration closes at the end, or earlier in the zone of the event, never later', () => {
  const closes = (given: Partial<Event>) =>
    registrationClosesInstant(anEvent({ timeZone: 'America/New_York', ...given }));
  expect(closes({})).toBe('2027-02-18T18:00:00Z');
  expect(closes({ registrationClosesAt: '2027-02-17T17:00' })).toBe('2027-02-17T22:00:00Z');
  expect(closes({ registrationClosesAt: '2027-02-18T13:00' })).toBe('2027-02-18T18:00:00Z');
  expect(closes({ registrationClosesAt: '2027-02-19T13:00' })).toBe('2027-02-18T18:00:00Z');
});

test.each([
  ['draft', 0, { state: 'draft' }, 'Registration has not opened yet.'],
  ['upcoming', 0, {}, undefined],
  ['live', START, {}, undefined],
  ['live', END - MS, {}, undefined],
  ['ended', END, {}, 'This event has ended.'],
  ['postponed', 0, { state: 'postponed' }, /postponed/],
  ['cancelled', 0, { state: 'cancelled' }, 'This event has been cancelled.'],
  ['upcoming', START - MS, { registrationClosesAt: '2027-02-18T09:30' }, undefined],
  ['live', START, { registrationClosesAt: '2027-02-18T09:30' }, 'Registration has closed.'],
] as const satisfies readonly (readonly [EventPhase, number, Partial<Event>, string | RegExp | undefined])[])(
  'a visitor of a %s event (at %d, %j) can register, or reads why not',
  (_, now, given, why) => {
    const event = anEvent(given);
    if (why === undefined) {
      expect(closedBecause(event, now)).toBeUndefined();
      expect(() => ensureOpen(event, now)).not.toThrow();
    } else {
      expect(closedBecause(event, now)).toEqual(expect.stringMatching(why));
      expect(() => ensureOpen(event, now)).toThrow(
        expect.objectContaining({ code: 'registration-closed', message: expect.stringMatching(why) }),
      );
    }
  },
);
