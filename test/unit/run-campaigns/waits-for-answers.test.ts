import { expect, test } from 'vitest';
import { SHARDS } from '#shared/domain/ids.ts';
import { optionCalled } from '#shared/domain/option.ts';
import { Question } from '#shared/domain/question.ts';
import { type Chunk, FanOut } from '#shared/queue/messages.ts';
import { keys } from '#shared/store/keys.ts';
import { sortingStore } from '#shared/store/sortings.ts';
import { anEvent } from '#test/support/builders.ts';
import { type Running, running } from '#test/support/running.ts';

const DIET = Question.parse({ id: 'diet', label: 'Diet', type: 'choice', options: ['None', 'Vegan'], segment: true });
const [none = '', vegan = ''] = ['None', 'Vegan'].map((name) => optionCalled(DIET, name));
const ADA = '0aaaaaaaaaaaaaaa';
const BOB = '1bbbbbbbbbbbbbbb';

/** A run for who chose “Vegan”: Ada did, Bob did not, and nobody has sorted what they said. */
const waitingRun = () =>
  running({
    event: anEvent({ questions: [DIET] }),
    campaign: { audience: { chose: { diet: [vegan] } } },
    people: [
      { registrationId: ADA, chose: { diet: vegan } },
      { registrationId: BOB, chose: { diet: none } },
    ],
  });
const sort = ({ table, event }: Running, sorted: string[] | undefined) => {
  const path = [['sorted']] as const;
  const change = sorted ? { set: [[path[0], sorted]] as const } : { remove: path };
  return table.update({ ...keys.event(event.eventId), ...change, when: [], fact: undefined });
};
const entries = async ({ table, event, mailKey }: Running) => {
  const rows = await Promise.all([ADA, BOB].map((id) => table.get(keys.registration(event.eventId, id))));
  return rows.map((item) => ((item?.['deliveries'] ?? {}) as Record<string, string>)[mailKey]?.split('|')[0]);
};

/** All walks and chunks that lie there, until none do. */
async function workOff(world: Running): Promise<void> {
  for (let n = 0; n < 20 && world.queues.fanOut.length + world.queues.timed.length > 0; n++) {
    for (const { body } of world.queues.fanOut.splice(0)) await world.walk(FanOut.parse(body));
    for (const { body } of world.queues.timed.splice(0)) await world.send(body as Chunk);
  }
}

test('a run by answers waits while it is not known who chose what, and then goes to who did; nobody is skipped meanwhile', async () => {
  const world = await waitingRun();
  await world.begin();
  for (let shard = 0; shard < SHARDS; shard++) await world.walk({ shard });
  expect(world.queues.timed).toEqual([]);
  expect((await world.run()).waiting).toBeDefined();
  await world.care();
  await workOff(world);
  expect([world.calls, await entries(world)]).toEqual([[], [undefined, undefined]]);
  // Nobody listed the event: that it is sorted is seen to by whoever meets the run that waits.
  expect(await sortingStore(world.table).get(world.event.eventId)).toBeDefined();

  await sort(world, ['diet']);
  await world.care();
  await workOff(world);
  expect(world.calls.map(({ who }) => who)).toEqual([ADA]);
  expect(await entries(world)).toEqual(['sent', undefined]);
});

test('people who are in the lane already wait, too', async () => {
  const world = await waitingRun();
  await sort(world, ['diet']);
  await world.begin();
  for (let shard = 0; shard < SHARDS; shard++) await world.walk({ shard });
  expect(world.queues.timed).toHaveLength(1);
  await sort(world, undefined);
  await workOff(world);
  expect([world.calls, await entries(world)]).toEqual([[], [undefined, undefined]]);
  expect((await world.run()).waiting).toBeDefined();
});

test('what waits too long is too late, as ever: its people are told to the organiser as skipped', async () => {
  const world = await waitingRun();
  await world.begin();
  for (let shard = 0; shard < SHARDS; shard++) await world.walk({ shard });
  await world.pass((await world.run()).notAfter - world.now());
  await world.care();
  await workOff(world);
  expect(world.calls).toEqual([]);
  expect(await entries(world)).toEqual(['skipped', 'skipped']);
});

test('a row of an earlier version waits alone: its run goes on with the others, and comes back to it', async () => {
  const world = await waitingRun();
  await sort(world, ['diet']);
  const row = keys.registration(world.event.eventId, BOB);
  await world.table.update({ ...row, set: [[['segments'], { diet: [1] }]], when: [], fact: undefined });
  await world.begin();
  for (let shard = 0; shard < SHARDS; shard++) await world.walk({ shard });
  await workOff(world);
  expect(await entries(world)).toEqual(['sent', undefined]);
  expect((await world.run()).finishedAt).toBeUndefined();
  const changed = { set: [[['chose'], { diet: vegan }]] as const, remove: [['segments']] as const };
  await world.table.update({ ...row, ...changed, when: [], fact: undefined });
  world.pass(600);
  await world.care();
  await workOff(world);
  expect(await entries(world)).toEqual(['sent', 'sent']);
});
