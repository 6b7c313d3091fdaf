import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evidenceOf } from '#shared/domain/attendance.ts';
import { gateOf } from '#shared/domain/gate.ts';
import { join, knock } from '#shared/domain/join.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { epochOf } from '#shared/domain/time.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';

const event = anEvent();
const START = epochOf(event.startInstant);
const END = epochOf(event.endInstant);

test('who is let in has joined, at the moment of the first press; a second changes nothing', () => {
  const inside = join(aRegistration(), { event, now: START })?.row as Registration;
  expect(inside.joinedAt).toBe(START);
  expect(join(inside, { event, now: START + 60 })).toBeUndefined();
});

test('who comes before anybody can be let in has been at the door, and joins later', () => {
  const waiting = knock(aRegistration(), { event, now: START - 60 })?.row as Registration;
  expect(waiting).toMatchObject({ openedAt: START - 60 });
  expect(waiting.joinedAt).toBeUndefined();
  expect(knock(waiting, { event, now: START })).toBeUndefined();
  const inside = join(waiting, { event, now: START + 60 })?.row as Registration;
  expect(inside).toMatchObject({ openedAt: START - 60, joinedAt: START + 60 });
  expect(knock(inside, { event, now: START + 90 })).toBeUndefined();
});

test.each<[string, Partial<Registration>, number]>([
  ['waits', { status: 'waitlisted' }, START],
  ['is not decided about', { status: 'applied' }, START],
  ['gave up', { status: 'cancelled' }, START],
  ['was erased', { erased: true }, START],
  ['is early', {}, START - 15 * 60 - 1],
  ['is late', {}, END + 30 * 60],
])('who %s neither joins nor is at the door', (_, given, now) => {
  const row = aRegistration(given);
  expect(join(row, { event, now })).toBeUndefined();
  expect(knock(row, { event, now })).toBeUndefined();
});

const LEVELS = ['none', 'opened', 'joined', 'provider-confirmed'];

test('whatever is pressed when, evidence only rises, one field at a time, and only while the gate is open to them', () => {
  const row = fc
    .record(
      {
        status: fc.constantFrom('applied', 'confirmed', 'confirmed', 'waitlisted', 'cancelled'),
        erased: fc.boolean(),
        openedAt: fc.nat(),
        joinedAt: fc.nat(),
        minutes: fc.nat(600),
      },
      { requiredKeys: ['status'] },
    )
    .map((given) => aRegistration(given as Partial<Registration>));
  const press = fc.record({
    step: fc.constantFrom(join, knock),
    now: fc.integer({ min: START - 3600, max: END + 3600 }),
  });
  fc.assert(
    fc.property(row, fc.array(press, { maxLength: 8 }), (start, presses) => {
      let current = start;
      for (const { step, now } of presses) {
        const next = step(current, { event, now });
        if (!next) continue;
        expect(gateOf(event, current, now)).toBe('open');
        expect(current.erased).not.toBe(true);
        expect(LEVELS.indexOf(evidenceOf(next.row))).toBeGreaterThanOrEqual(LEVELS.indexOf(evidenceOf(current)));
        const field = step === join ? 'joinedAt' : 'openedAt';
        expect(current[field]).toBeUndefined();
        expect(next).toEqual({ row: { ...current, [field]: now } });
        current = next.row;
      }
    }),
  );
});
