import type { Registration } from '#shared/domain/registration.ts';
import { ticketOf } from '#shared/domain/seats.ts';
import { exactly, type Figure } from './table.ts';
import { benchWorld } from './world.ts';

/** 200 people at once for 10 seats, then 5 of the lucky ones leave. */
export async function rushFigures(): Promise<{ title: string; figures: Figure[] }> {
  const world = await benchWorld(10);
  await Promise.all(Array.from({ length: 200 }, (_, n) => world.register(n)));
  for (const row of await world.people()) await world.seat(row);
  const people = await world.people();
  const inside = people.filter(({ status }) => status === 'confirmed');
  const waiting = people.filter(({ status }) => status === 'waitlisted');
  const ticket = ({ seat }: Registration) => ticketOf(seat) ?? 0;
  const firstFive = waiting.filter((row) => ticket(row) <= 5).map(({ registrationId }) => registrationId);

  for (const row of inside.slice(0, 5)) {
    await world.cancel(row);
    await world.seat(row);
  }
  const after = await world.people();
  const nowIn = after.filter(
    ({ status, registrationId }) => status === 'confirmed' && firstFive.includes(registrationId),
  );
  return {
    title: '200 registrations at once for 10 seats',
    figures: [
      exactly('confirmed', inside.length, 10),
      exactly('waitlisted', waiting.length, 190),
      exactly('different places in line', new Set(waiting.map(ticket)).size, 190),
      exactly('after 5 cancellations: of the first 5 in line, in', nowIn.length, 5),
      exactly('after 5 cancellations: confirmed in all', (await world.seats()).taken, 10),
    ],
  };
}
