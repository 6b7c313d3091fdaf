import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit } from '#functions/admit/admit.ts';
import { cancel, registerAgain } from '#shared/domain/change-registration.ts';
import { awaitConfirmation } from '#shared/domain/confirm-address.ts';
import { erase } from '#shared/domain/erase.ts';
import type { Event } from '#shared/domain/event.ts';
import { chance, newId, randomWord } from '#shared/domain/ids.ts';
import { apply, type Registration } from '#shared/domain/registration.ts';
import { ticketOf } from '#shared/domain/seats.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { seatStore } from '#shared/store/seats.ts';
import { anEvent, aText, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';

const FREELY = { delay: 0, dropped: false };

/** A capped event, people who come and go, and the nudges that `admit` gets about them. */
async function hall(capacity: number, given: Partial<Event> = {}) {
  const table = memoryTable();
  const events = eventStore(table);
  const registrations = registrationStore(table);
  const seats = seatStore(table);
  const event = anEvent({ capacity, ...given });
  const { eventId } = event;
  await events.create(event, aText());
  const work = admit({
    events,
    registrations,
    seats,
    eraser: eraser(table),
    now: () => Date.parse(NOW),
    logger: recordedLog(),
  });
  const row = async (id: string) => (await registrations.get(eventId, id)) as Registration;
  const everybody = async () => (await registrations.list(eventId, { limit: 1000 })).people;
  return {
    seats: () => seats.get(eventId),
    row,
    everybody,
    nudge: (registrationId?: string) => work({ v: 1, eventId, registrationId }),
    async applies(): Promise<string> {
      const registrationId = newId(chance);
      const person = {
        eventId,
        registrationId,
        name: 'Ada',
        email: 'ada@example.org',
        linkSeed: randomWord(16, chance),
        source: 'form' as const,
      };
      await registrations.add(apply(person, true, NOW, FREELY), {}, registrationId);
      return registrationId;
    },
    leaves: async (id: string) => registrations.revise(await row(id), (current) => cancel(current, NOW)),
    returns: async (id: string) =>
      registrations.revise(await row(id), (current) =>
        registerAgain(current, { capped: true, now: NOW, allowance: FREELY }),
      ),
    /** By the form, of an event that has addresses confirmed. */
    returnsUnconfirmed: async (id: string) =>
      registrations.revise(await row(id), (current) => {
        const again = registerAgain(current, { capped: true, now: NOW, allowance: FREELY });
        const moment = { now: NOW_EPOCH, allowance: FREELY, chance: 'abcdef', confirmBy: NOW_EPOCH + 86_400 };
        return again && awaitConfirmation(again.row, moment);
      }),
    erases: async (id: string) => registrations.revise(await row(id), (current) => erase(current, NOW_EPOCH)),
    tombstone: (id: string) => registrations.tombstone(eventId, id),
    async resize(to: number) {
      const now = (await events.get(eventId)) as Event;
      await events.save({ ...now, capacity: to, revision: now.revision + 1 }, aText(), {
        revision: now.revision,
        fact: 'event.changed',
      });
    },
  };
}

const statuses = (people: readonly Registration[]) => people.map(({ status }) => status);

test('200 people for 10 seats: 10 in, 190 in line at 190 places; 5 leave and the first 5 in line are in', async () => {
  const { applies, nudge, everybody, seats, leaves, row } = await hall(10);
  const ids: string[] = [];
  for (let n = 0; n < 200; n++) ids.push(await applies());
  for (const id of ids) await nudge(id);
  const people = await everybody();
  expect(statuses(people).filter((status) => status === 'confirmed')).toHaveLength(10);
  const tickets = people.flatMap(({ seat }) => ticketOf(seat) ?? []);
  expect([...tickets].sort((a, b) => a - b)).toEqual(Array.from({ length: 190 }, (_, n) => n + 1));

  const first = people.filter(({ seat }) => (ticketOf(seat) ?? 999) <= 5).map(({ registrationId }) => registrationId);
  const seated = people.filter(({ status }) => status === 'confirmed').slice(0, 5);
  for (const { registrationId } of seated) {
    await leaves(registrationId);
    await nudge(registrationId);
  }
  expect(await seats()).toMatchObject({ taken: 10, waiting: 185 });
  for (const id of first) expect(await row(id)).toMatchObject({ status: 'confirmed', seat: 'taken' });
});

test('two seat-keepers at once, against all rules, still sell no seat twice', async () => {
  const { applies, nudge, seats, everybody } = await hall(3);
  const ids = await Promise.all(Array.from({ length: 8 }, applies));
  for (const id of ids) await Promise.all([nudge(id), nudge(id)]);
  expect(await seats()).toMatchObject({ taken: 3, waiting: 5 });
  expect(statuses(await everybody()).filter((status) => status === 'confirmed')).toHaveLength(3);
});

test('while anyone waits, a newcomer queues behind them even if a seat has come free', async () => {
  const { applies, nudge, leaves, row } = await hall(1);
  const [ada, bob, cyd] = [await applies(), await applies(), await applies()];
  await nudge(ada);
  await nudge(bob);
  await leaves(ada);
  await nudge(cyd);
  await nudge(ada);
  expect(await row(bob)).toMatchObject({ status: 'confirmed' });
  expect(await row(cyd)).toMatchObject({ status: 'waitlisted', seat: 'waiting:2' });
});

test('a seat that more capacity made is not for the newcomer who is seen first, but for the first in line', async () => {
  const { applies, nudge, resize, row } = await hall(1);
  const [ada, bob] = [await applies(), await applies()];
  await nudge(ada);
  await nudge(bob);
  await resize(2);
  const cyd = await applies();
  await nudge(cyd);
  expect(await row(bob)).toMatchObject({ status: 'confirmed' });
  expect(await row(cyd)).toMatchObject({ status: 'waitlisted' });
});

test('undone before the seat was given on, it is still theirs; later they queue', async () => {
  const { applies, nudge, leaves, returns, row } = await hall(1);
  const [ada, bob] = [await applies(), await applies()];
  await nudge(ada);
  await nudge(bob);
  await leaves(ada);
  await returns(ada);
  await nudge(ada);
  expect(await row(ada)).toMatchObject({ status: 'confirmed', seat: 'taken', admissions: 2 });
  await leaves(ada);
  await nudge(ada);
  await returns(ada);
  await nudge(ada);
  expect(await row(bob)).toMatchObject({ status: 'confirmed' });
  expect(await row(ada)).toMatchObject({ status: 'waitlisted' });
});

test('more capacity brings the first in line in; less takes nobody out', async () => {
  const { applies, nudge, resize, everybody, seats } = await hall(1);
  for (let n = 0; n < 4; n++) await nudge(await applies());
  await resize(3);
  await nudge();
  expect(await seats()).toMatchObject({ taken: 3, waiting: 1 });
  await resize(1);
  await nudge();
  expect(statuses(await everybody()).filter((status) => status === 'confirmed')).toHaveLength(3);
});

test('nobody is promoted into an event that has ended', async () => {
  const { applies, nudge, leaves, seats } = await hall(1, { startsAt: '2026-11-01T09:00', endsAt: '2026-11-01T10:00' });
  const [ada, bob] = [await applies(), await applies()];
  await nudge(ada);
  await nudge(bob);
  await leaves(ada);
  await nudge(ada);
  expect(await seats()).toMatchObject({ taken: 0, waiting: 1 });
});

test('whoever was promoted is owed a confirmation, and whoever waits the waitlist mail', async () => {
  const { applies, nudge, leaves, row } = await hall(1);
  const [ada, bob] = [await applies(), await applies()];
  await nudge(ada);
  await nudge(bob);
  expect(await row(bob)).toMatchObject({ greetDue: new Set(['waitlist@a1']) });
  await leaves(ada);
  await nudge(ada);
  expect((await row(bob)).greetDue).toContain('1@a1');
  expect((await row(ada)).greetDue).toEqual(new Set(['1@a1', 'own-cancellation@a1']));
});

type Move = { readonly do: 'applies' | 'leaves' | 'returns' | 'nudge' | 'resize'; readonly who: number };

test('whatever people do and however nudges come, no seat is sold twice and everybody ends decided', async () => {
  const move: fc.Arbitrary<Move> = fc.record({
    do: fc.constantFrom('applies', 'applies', 'leaves', 'returns', 'nudge', 'nudge', 'resize'),
    who: fc.nat(20),
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(move, { maxLength: 40 }), async (size, moves) => {
      const { applies, leaves, returns, nudge, resize, everybody, seats } = await hall(size);
      const ids: string[] = [];
      let capacity = size;
      for (const { do: act, who } of moves) {
        const id = ids[who % Math.max(1, ids.length)];
        if (act === 'applies') ids.push(await applies());
        else if (act === 'resize') {
          capacity += who % 2;
          await resize(capacity);
        } else if (id) await { leaves, returns, nudge }[act](id);
        expect((await seats()).taken).toBeLessThanOrEqual(capacity);
      }
      for (const id of ids) await nudge(id);
      await nudge();
      const people = await everybody();
      const count = await seats();
      const inside = people.filter(({ status }) => status === 'confirmed');
      const waiting = people.filter(({ status }) => status === 'waitlisted');
      expect(statuses(people)).not.toContain('applied');
      expect(count).toMatchObject({ taken: inside.length, waiting: waiting.length });
      expect(inside.length === Math.min(capacity, inside.length + waiting.length)).toBe(true);
      for (const { status, seat, greetDue } of people) {
        expect(seat ?? 'none').toMatch(
          { confirmed: /^taken$/, waitlisted: /^waiting:/, cancelled: /^none$/, applied: /^$/ }[status],
        );
        expect(greetDue ?? new Set()).not.toContain('seat');
      }
    }),
    { numRuns: 150 },
  );
}, 30_000);

test('whoever is erased gives their seat on, and their row goes in the step that frees it', async () => {
  const { applies, nudge, erases, tombstone, seats, row, everybody } = await hall(1);
  const [ada, bob] = [await applies(), await applies()];
  for (const id of [ada, bob]) await nudge(id);
  await erases(ada);
  expect(await tombstone(ada)).toMatchObject({ erased: true, seat: 'taken', deliveries: {} });
  expect((await everybody()).map(({ registrationId }) => registrationId)).toEqual([bob]);
  await nudge(ada);
  expect(await tombstone(ada)).toBeUndefined();
  expect(await row(bob)).toMatchObject({ status: 'confirmed', seat: 'taken' });
  expect(await seats()).toMatchObject({ taken: 1, waiting: 0 });
});

test('whoever is erased while they wait leaves no place in the queue, even if their nudge comes late', async () => {
  const { applies, nudge, erases, leaves, tombstone, seats, row } = await hall(1);
  const [ada, bob, cyd] = [await applies(), await applies(), await applies()];
  for (const id of [ada, bob, cyd]) await nudge(id);
  await erases(bob);
  await leaves(ada);
  await nudge(ada);
  expect(await row(cyd)).toMatchObject({ status: 'confirmed', seat: 'taken' });
  expect(await tombstone(bob)).toBeUndefined();
  expect(await seats()).toMatchObject({ taken: 1, waiting: 0 });
});

test('who came back and has yet to confirm their address is passed over, though they still have a place in line', async () => {
  const { applies, nudge, leaves, returnsUnconfirmed, seats, row } = await hall(1);
  const [ada, bob, cyd] = [await applies(), await applies(), await applies()];
  for (const id of [ada, bob, cyd]) await nudge(id);
  await leaves(bob);
  await returnsUnconfirmed(bob);
  await leaves(ada);
  await nudge(ada);
  expect(await row(bob)).toMatchObject({ status: 'applied', confirmBy: expect.any(Number) });
  expect(await row(bob)).not.toHaveProperty('seat');
  expect(await row(cyd)).toMatchObject({ status: 'confirmed', seat: 'taken' });
  expect(await seats()).toMatchObject({ taken: 1, waiting: 0 });
});

test('nobody decides about somebody erased before they had a seat', async () => {
  const { applies, nudge, erases, tombstone, seats } = await hall(1);
  const ada = await applies();
  await erases(ada);
  await nudge(ada);
  expect(await tombstone(ada)).toBeUndefined();
  expect(await seats()).toMatchObject({ taken: 0, waiting: 0 });
});
