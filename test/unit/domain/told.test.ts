import { describe, expect, test } from 'vitest';
import { scheduleOf } from '#shared/domain/schedule.ts';
import { knowsSchedule, lastTold } from '#shared/domain/told.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';

const was = { ...scheduleOf(anEvent()), startsAt: '2027-02-17T09:30', endsAt: '2027-02-17T13:00' };
const now = scheduleOf(anEvent());
/** Once another day, then this one; once more the same as at first. */
const event = anEvent({ scheduleRevision: 3, schedules: { 1: now, 2: was, 3: now } });
const row = (deliveries: Record<string, string>, greetDue?: string[]) =>
  aRegistration({ deliveries, ...(greetDue && { greetDue: new Set(greetDue), greetDueAt: 1 }) });

describe('what a person was told last', () => {
  test.each<[string, Record<string, string>, unknown]>([
    ['nothing', {}, 'nothing'],
    ['by their confirmation', { '1@a1': 'delivered|900|1|abcdef|2.100' }, { schedule: was }],
    [
      'by the latest of two',
      { '1@a1': 'sent|900|1|abcdef|1.100', '3@s1': 'sent|300|1|abcdef|2.200' },
      { schedule: was },
    ],
    [
      'by the one claimed later, whichever was settled later',
      { '1@a1': 'delivered|999|1|abcdef|1.100', '3@s1': 'sent|300|1|abcdef|2.200' },
      { schedule: was },
    ],
    [
      'the older of two claimed in one second',
      { '1@a1': 'sent|300|1|abcdef|2.200', '3@s1': 'sent|300|1|abcdef|1.200' },
      { schedule: now },
    ],
    ['even if it came back or was complained about', { '1@a1': 'bounced|900|1|abcdef|2.100' }, { schedule: was }],
    [
      'by no mail that was held, failed or skipped',
      { '1@a1': 'held|900|2|abcdef|2.100', '3@s1': 'failed|9|1|a|2.1', '4@s1': 'skipped|9|0||2.1' },
      'nothing',
    ],
    ['by none that shows no times', { 'own-cancellation@a1': 'sent|900|1|abcdef' }, 'nothing'],
    [
      'nobody knows while one is under way',
      { '1@a1': 'sent|900|1|abcdef|2.100', '3@s1': 'claimed|950|1|abcdef|2' },
      'unsettled',
    ],
  ])('%s', (_, deliveries, expected) => {
    expect(lastTold(event, row(deliveries))).toEqual(expected);
  });

  test('the mail that is asked about says nothing about itself', () => {
    expect(lastTold(event, row({ 'change@r3': 'claimed|1|1|abcdef|3' }), 'change@r3')).toBe('nothing');
  });

  test('a first mail that is owed will tell; one more changes nothing about what was told', () => {
    expect(lastTold(event, row({}, ['1@a1']))).toBe('unsettled');
    expect(lastTold(event, row({}, ['seat']))).toBe('unsettled');
    expect(lastTold(event, row({}, ['own-cancellation@a1']))).toBe('nothing');
    expect(lastTold(event, row({ '1@a1': 'sent|900|1|abcdef|2.100' }, ['resend@q1-a']))).toEqual({ schedule: was });
  });
});

describe('whether somebody knows', () => {
  const knows = (told: number, given = {}) =>
    knowsSchedule({ ...event, ...given }, row({ '1@a1': `sent|900|1|abcdef|${told}.100` }));

  test('goes by what it says, not by which revision it was', () => {
    expect([knows(1), knows(2), knows(3)]).toEqual(['yes', 'no', 'yes']);
  });

  test('a postponed event is known by whoever was told that it is', () => {
    const off = { state: 'postponed' as const };
    expect(knows(3, off)).toBe('no');
    expect(knows(3, { ...off, schedules: { 3: { ...now, ...off } } })).toBe('yes');
  });
});
