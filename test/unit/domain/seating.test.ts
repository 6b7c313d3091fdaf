import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cancel, registerAgain, settledOwing } from '#shared/domain/change-registration.ts';
import { apply, type Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import { giveUp, joinQueue, keepSeat, promote, type Seating, takeSeat } from '#shared/domain/seat-person.ts';
import { NO_SEATS, seatChange, seatIsFree, ticketOf } from '#shared/domain/seats.ts';
import { aRegistration, NOW, NOW_EPOCH } from '#test/support/builders.ts';

const FREELY = { delay: 0, dropped: false };

/** What people and the organiser do, and nudges: late, twice, out of order, not at all, or dying half-way. */
const act = fc.oneof(
  fc.constant({ do: 'apply' as const }),
  fc.record({ do: fc.constantFrom('cancel' as const, 'undo' as const), who: fc.nat(20) }),
  fc.record({ do: fc.constant('nudge' as const), who: fc.nat(20), dies: fc.boolean() }),
  fc.record({ do: fc.constant('nudge' as const), who: fc.nat(20), dies: fc.boolean() }),
  fc.record({ do: fc.constant('resize' as const), to: fc.integer({ min: 1, max: 6 }) }),
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** A capped event and its seat-keeper, who takes one step at a time, as `admit` does in its transactions. */
class Hall {
  capacity: number;
  seats = NO_SEATS;
  readonly rows: Registration[] = [];
  /** Who was given a seat while others were first. */
  overtaken = 0;
  oversold = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  does(one: Act): void {
    const row = 'who' in one && this.rows.length > 0 ? this.rows[one.who % this.rows.length] : undefined;
    switch (one.do) {
      case 'apply':
        this.rows.push(apply({ ...aRegistration(), source: 'form' }, true, NOW, FREELY));
        break;
      case 'cancel':
        if (row) this.put(cancel(row, NOW)?.row ?? row);
        break;
      case 'undo':
        if (row) this.put(registerAgain(row, { capped: true, now: NOW, allowance: FREELY })?.row ?? row);
        break;
      case 'nudge':
        if (row) this.nudge(row, one.dies);
        break;
      case 'resize':
        this.capacity = one.to;
    }
  }

  nudge(row: Registration, dies = false): void {
    const seating = { row, seats: this.seats };
    const change = seatChange(row, this.seats, this.capacity);
    switch (change.do) {
      case 'nothing':
        this.put(settledOwing(row, SEAT_DUE));
        break;
      case 'take':
        this.grant(takeSeat(seating, NOW_EPOCH), this.queue());
        break;
      case 'queue':
        this.step(joinQueue(seating, NOW_EPOCH));
        expect(ticketOf(this.rowOf(row).seat)).toBe(change.ticket);
        break;
      case 'keep':
        this.step(keepSeat(seating, NOW_EPOCH));
        break;
      case 'free-seat':
      case 'leave-queue':
        this.step(giveUp(seating));
    }
    if (!dies) this.fill();
  }

  private fill(): void {
    while (seatIsFree(this.seats, this.capacity)) {
      const [first, ...others] = this.queue();
      if (!first) throw new Error('Somebody is counted who does not wait');
      const seating = { row: first, seats: this.seats };
      if (first.status === 'cancelled') this.step(giveUp(seating));
      else
        this.grant(
          promote(seating, NOW_EPOCH),
          others.filter((each) => this.isBefore(each, first)),
        );
    }
  }

  /** Everybody with a place in the queue, the first one first. */
  queue(): Registration[] {
    return this.rows.filter(({ seat }) => ticketOf(seat) !== undefined).sort((a, b) => (this.isBefore(a, b) ? -1 : 1));
  }

  private isBefore = (a: Registration, b: Registration) => (ticketOf(a.seat) ?? 0) < (ticketOf(b.seat) ?? 0);

  private grant(to: Seating, before: Registration[]): void {
    this.overtaken += before.length;
    if (this.seats.taken >= this.capacity) this.oversold += 1;
    this.step(to);
  }

  private step({ row, seats }: Seating): void {
    this.put(row);
    this.seats = { ...seats, version: seats.version + 1 };
  }

  private put(row: Registration): void {
    this.rows[this.rows.findIndex(({ registrationId }) => registrationId === row.registrationId)] = row;
  }

  rowOf({ registrationId }: Registration): Registration {
    return this.rows.find((row) => row.registrationId === registrationId) as Registration;
  }

  countsAreRight(): void {
    const taken = this.rows.filter(({ seat }) => seat === 'taken').length;
    expect({ taken: this.seats.taken, waiting: this.seats.waiting }).toEqual({ taken, waiting: this.queue().length });
    const tickets = this.queue().map(({ seat }) => ticketOf(seat));
    expect(new Set(tickets).size).toBe(tickets.length);
  }
}

test('whatever people do and however nudges come: never oversold, nobody overtaken, all decided, all counted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(act, { maxLength: 60, size: 'max' }), (capacity, acts) => {
      const hall = new Hall(capacity);
      for (const one of acts) {
        hall.does(one);
        hall.countsAreRight();
      }
      for (const row of [...hall.rows]) hall.nudge(hall.rowOf(row));
      hall.countsAreRight();

      expect(hall).toMatchObject({ oversold: 0, overtaken: 0 });
      for (const { status, seat, greetDue } of hall.rows) {
        expect([status, seat?.split(':')[0]]).toBeOneOf([
          ['confirmed', 'taken'],
          ['waitlisted', 'waiting'],
          ['cancelled', undefined],
        ]);
        expect(greetDue?.has(SEAT_DUE) ?? false).toBe(false);
      }
      if (hall.seats.waiting > 0) expect(hall.seats.taken).toBeGreaterThanOrEqual(hall.capacity);
    }),
    { numRuns: 300 },
  );
});

test('200 people for 10 seats: ten are in, the others have different places, and five who leave let in the first five', () => {
  const hall = new Hall(10);
  for (let n = 0; n < 200; n++) hall.does({ do: 'apply' });
  for (const row of [...hall.rows]) hall.nudge(row);
  expect(hall.seats).toMatchObject({ taken: 10, waiting: 190 });
  const firstFive = hall.queue().slice(0, 5);
  for (const who of [0, 1, 2, 3, 4]) {
    hall.does({ do: 'cancel', who });
    hall.does({ do: 'nudge', who, dies: false });
  }
  expect(firstFive.map((row) => hall.rowOf(row).status)).toEqual(Array(5).fill('confirmed'));
  expect(hall.seats).toMatchObject({ taken: 10, waiting: 185 });
});
