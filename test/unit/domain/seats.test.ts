import { expect, test } from 'vitest';
import { Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import { giveUp, joinQueue, keepSeat, promote, takeSeat } from '#shared/domain/seat-person.ts';
import { NO_SEATS, Seats, seatChange, seatIsFree, ticketOf } from '#shared/domain/seats.ts';
import { aRegistration, NOW_EPOCH } from '#test/support/builders.ts';

const CAPACITY = 10;
const count = (taken: number, waiting: number): Seats => ({ taken, waiting, nextTicket: 41, version: 50 });
const FREE = count(9, 0);
const FULL = count(10, 0);
const QUEUED = count(10, 3);
const FREE_BUT_QUEUED = count(9, 3);

test.each([
  ['applied', undefined, FREE, { do: 'take' }],
  ['applied', undefined, NO_SEATS, { do: 'take' }],
  ['applied', undefined, FULL, { do: 'queue', ticket: 41 }],
  ['applied', undefined, QUEUED, { do: 'queue', ticket: 41 }],
  ['applied', undefined, FREE_BUT_QUEUED, { do: 'queue', ticket: 41 }],
  ['applied', undefined, count(12, 0), { do: 'queue', ticket: 41 }],
  ['applied', 'taken', FULL, { do: 'keep' }],
  ['applied', 'waiting:7', QUEUED, { do: 'keep' }],
  ['applied', 'waiting:7', FREE_BUT_QUEUED, { do: 'keep' }],
  ['confirmed', 'taken', FULL, { do: 'nothing' }],
  ['waitlisted', 'waiting:7', QUEUED, { do: 'nothing' }],
  ['cancelled', undefined, FREE, { do: 'nothing' }],
  ['cancelled', 'taken', FULL, { do: 'free-seat' }],
  ['cancelled', 'waiting:7', QUEUED, { do: 'leave-queue', ticket: 7 }],
] as const)('%s with seat %s, of %j: %j', (status, seat, seats, change) => {
  const row = aRegistration({ status, ...(seat && { seat }) });
  expect(seatChange(row, seats, CAPACITY)).toEqual(change);
});

test('a seat is free for the first in line only while there is one and somebody waits', () => {
  expect([FREE, FULL, QUEUED, FREE_BUT_QUEUED].map((seats) => seatIsFree(seats, CAPACITY))).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect(seatIsFree(count(12, 1), CAPACITY)).toBe(false);
});

test('a ticket is the number of a place in the queue', () => {
  expect([ticketOf('waiting:7'), ticketOf('taken'), ticketOf(undefined)]).toEqual([7, undefined, undefined]);
});

const applied = (given: Partial<Registration> = {}) =>
  aRegistration({ status: 'applied', greetDue: new Set([SEAT_DUE]), greetDueAt: NOW_EPOCH - 60, ...given });

test('a full event waitlists the applicant, who is owed the news', () => {
  expect(joinQueue({ row: applied(), seats: FULL }, NOW_EPOCH)).toMatchObject({
    row: { status: 'waitlisted', seat: 'waiting:41', greetDue: new Set(['waitlist@a1']), greetDueAt: NOW_EPOCH - 60 },
    seats: { taken: 10, waiting: 1, nextTicket: 42 },
  });
});

test('a free seat confirms the applicant, who is owed the news', () => {
  expect(takeSeat({ row: applied(), seats: FREE }, NOW_EPOCH)).toMatchObject({
    row: { status: 'confirmed', seat: 'taken', greetDue: new Set(['1@a1']) },
    seats: { taken: 10, waiting: 0, nextTicket: 41 },
  });
});

test.each([
  ['taken', 'confirmed', '1@a2'],
  ['waiting:7', 'waitlisted', 'waitlist@a2'],
])('who came back in time keeps %s', (seat, status, mail) => {
  expect(keepSeat({ row: applied({ seat, admissions: 2 }), seats: QUEUED }, NOW_EPOCH)).toMatchObject({
    row: { status, seat, greetDue: new Set([mail]) },
    seats: QUEUED,
  });
});

test('a freed seat goes to the first in line, who is told, even after their waitlist mail was settled', () => {
  const row = aRegistration({
    status: 'waitlisted',
    seat: 'waiting:7',
    deliveries: { 'waitlist@a1': 'sent|1|1|abcdef|1' },
  });
  expect(promote({ row, seats: FREE_BUT_QUEUED }, NOW_EPOCH)).toMatchObject({
    row: { status: 'confirmed', seat: 'taken', greetDue: new Set(['1@a1']), greetDueAt: NOW_EPOCH },
    seats: { taken: 10, waiting: 2, nextTicket: 41 },
  });
});

test('a budget that dropped the first mail does not drop the news of a seat: no stranger caused it', () => {
  const row = aRegistration({ status: 'waitlisted', seat: 'waiting:7', overBudget: 'a1' });
  expect(promote({ row, seats: FREE_BUT_QUEUED }, NOW_EPOCH).row).not.toHaveProperty('overBudget');
  expect(takeSeat({ row: applied({ overBudget: 'a1' }), seats: FREE }, NOW_EPOCH).row).toMatchObject({
    overBudget: 'a1',
  });
});

test('a budget that delays the mail does not delay the seat, and goes on holding the mail', () => {
  const { row } = takeSeat({ row: applied({ mailAfter: NOW_EPOCH + 7200 }), seats: FREE }, NOW_EPOCH);
  expect(row).toMatchObject({ status: 'confirmed', greetDueAt: NOW_EPOCH + 7200 });
  expect(row).not.toHaveProperty('mailAfter');
});

test.each([
  ['taken', { taken: 9, waiting: 3 }],
  ['waiting:7', { taken: 10, waiting: 2 }],
])('who gives up %s leaves the count right, and a decision is no longer owed', (seat, after) => {
  const row = aRegistration({
    status: 'cancelled',
    seat,
    greetDue: new Set([SEAT_DUE, 'own-cancellation@a1']),
    greetDueAt: 1,
  });
  const { row: left, seats } = giveUp({ row, seats: QUEUED });
  expect(left).not.toHaveProperty('seat');
  expect(left).toMatchObject({ status: 'cancelled', greetDue: new Set(['own-cancellation@a1']) });
  expect(seats).toMatchObject({ ...after, nextTicket: 41 });
  expect(Seats.parse(seats) && Registration.parse(left)).toBeTruthy();
});
