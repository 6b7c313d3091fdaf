import { expect, test } from 'vitest';
import { skippedTime } from '#shared/domain/skipped-time.ts';
import type { Trigger } from '#shared/domain/trigger.ts';
import { anEvent } from '#test/support/builders.ts';

/** An event in London on the night after the clocks went forward. */
const event = anEvent({ startsAt: '2027-03-29T01:30', endsAt: '2027-03-29T03:00' });

test.each<[string, Trigger, string | undefined]>([
  ['an absolute time', { at: '2027-03-28T01:30' }, '01:30'],
  ['the start’s own time a day before', { before: 'start', offset: 'P1D' }, '01:30'],
  ['a time of day', { before: 'start', offset: 'P1D', at: '01:59' }, '01:59'],
  ['one there is', { before: 'start', offset: 'P1D', at: '02:00' }, undefined],
  ['the day before', { before: 'start', offset: 'P2D' }, undefined],
  ['elapsed time', { before: 'start', offset: 'PT24H' }, undefined],
  ['the end’s own time', { after: 'end', offset: 'P1W' }, undefined],
  ['a time that comes twice', { at: '2027-10-31T01:30' }, undefined],
  ['no time at all', { manual: true }, undefined],
])('%s', (_, trigger, skipped) => {
  expect(skippedTime(trigger, event)).toBe(skipped);
});

test('in a zone without summer time nothing is skipped', () => {
  const tokyo = anEvent({ startsAt: '2027-03-29T01:30', endsAt: '2027-03-29T03:00', timeZone: 'Asia/Tokyo' });
  expect(skippedTime({ before: 'start', offset: 'P1D' }, tokyo)).toBeUndefined();
});
