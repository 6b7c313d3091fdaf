import { expect, test } from 'vitest';
import type { SearchQuery } from '#shared/domain/search-query.ts';
import { initialsOf } from '#shared/pages/event-people.ts';
import { countOf, filtersInWords } from '#shared/pages/search-words.ts';
import { seatsInWords, standingOf } from '#shared/pages/standing.ts';
import { timeLeft } from '#shared/pages/time-left.ts';
import { anEvent, NOW } from '#test/support/builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [20_000, 'less than a minute'],
  [MINUTE, '1 minute'],
  [25 * MINUTE, '25 minutes'],
  [HOUR, '1 hour'],
  [3 * HOUR + 20 * MINUTE, '3 hours and 20 minutes'],
  [DAY + 4 * HOUR + 59 * MINUTE, '1 day and 4 hours'],
  [2 * DAY + 10 * MINUTE, '2 days'],
  [87 * DAY + 5 * HOUR, '87 days'],
])('%i ms are left: %s', (ms, words) => {
  expect(timeLeft(ms)).toBe(words);
});

test.each([
  ['Professor John Coxhead', 'JC'],
  ['Dr Anne-Marie O’Neill', 'AO'],
  ['Plato', 'P'],
  ['Det. Superintendent', 'DS'],
  ['Ørsted Ångström', 'ØÅ'],
  ['—', ''],
])('the initials of %s are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('filters are told as people would say them', () => {
  const query: SearchQuery = {
    q: 'police',
    format: 'online',
    topic: 'Drugs',
    from: '2026-12-01',
    when: 'upcoming',
    page: 1,
  };
  expect(filtersInWords(query)).toBe('matching “police”, online, on the topic “Drugs”, from 1 December 2026');
});

test.each([
  [0, 'No events'],
  [1, '1 event'],
  [1234, '1,234 events'],
])('%i of them: %s', (count, words) => {
  expect(countOf(count)).toBe(words);
});

const standing = (taken: number, waiting: number) =>
  standingOf(anEvent({ capacity: 10 }), { taken, waiting, nextTicket: 1, version: 1 }, Date.parse(NOW));

test.each([
  [0, 0, '10 seats left'],
  [9, 0, '1 seat left'],
  [10, 0, 'Waiting list open'],
  [12, 0, 'Waiting list open'],
])('with %i taken and %i waiting, %s', (taken, waiting, words) => {
  expect(seatsInWords(standing(taken, waiting))).toBe(words);
});

test('a seat that came free belongs to whoever waits, so the event is still full', () => {
  expect(standing(9, 1)).toMatchObject({ isFull: true, seatsLeft: 0 });
});

test('an event that takes everybody counts no seats', () => {
  expect(seatsInWords(standingOf(anEvent(), undefined, Date.parse(NOW)))).toBeUndefined();
});
