import { expect, test } from 'vitest';
import type { Chunk } from '#shared/queue/messages.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { crowd, type Running, running } from '#test/support/running.ts';

const OWED = { source: 'form', greetDue: new Set(['1@a1']), greetDueAt: 0, deliveries: {} } as const;

/** A run to two people who came by the form, of whom one still waits for their confirmation. */
async function oneWaits() {
  const [ada = {}, ben = {}] = crowd(2);
  const world = await running({
    people: [
      { ...ada, ...OWED },
      { ...ben, source: 'form' },
    ],
    rate: 10,
  });
  const [waits, ready] = world.rows;
  if (!waits || !ready) throw new Error('There are two');
  await world.begin();
  return { world, waits, ready };
}
const returned = ({ queues }: Running) => queues.timed.map(({ body }) => body as Chunk);

test('what many get does not overtake the first mail, however long that is held back, and follows it', async () => {
  const { world, waits, ready } = await oneWaits();
  await world.send();
  expect([...world.mailed().keys()]).toEqual([ready.registrationId]);
  const [again] = returned(world);
  expect(again?.people).toEqual([waits.registrationId]);

  const { greetDue: _, greetDueAt: __, ...row } = waits;
  const told = { ...row, deliveries: { '1@a1': `sent|${Math.floor(world.clock.now() / 1000)}|1|owner1` } };
  await world.table.put({ item: toItem(told), fact: undefined });
  await world.send({ people: again?.people ?? [] });
  expect(world.mailed().get(waits.registrationId)).toBe(1);
});

test('past its own time it is skipped, and said so: nobody waits for ever', async () => {
  const { world, waits } = await oneWaits();
  await world.send();
  world.pass(72 * 3600);
  await world.send({ people: [waits.registrationId] });
  expect(world.mailed().has(waits.registrationId)).toBe(false);
  expect(await world.standings()).toMatchObject({ sent: 1, skipped: 1 });
});
