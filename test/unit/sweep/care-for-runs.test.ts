import { expect, test } from 'vitest';
import { SHARDS, shardOf } from '#shared/domain/ids.ts';
import type { FanOut } from '#shared/queue/messages.ts';
import { crowd, type Running, running } from '#test/support/running.ts';

const everyShard = Array.from({ length: SHARDS }, (_, shard) => shard);
const walks = ({ queues }: Running) => queues.fanOut.map(({ body }) => body as FanOut);
const shardsOfPeople = ({ rows }: Running) =>
  [...new Set(rows.map(({ registrationId }) => shardOf(registrationId)))].sort();
const shardsOf = (world: Running) => walks(world).map(({ shard }) => shard);

/** A run whose first pass has walked through everybody, and whose chunks are still in the lane. */
async function walked(given: Parameters<typeof running>[0] = {}) {
  const world = await running(given);
  await world.begin();
  for (const shard of everyShard) await world.walk({ shard });
  return world;
}

test('a run whose walks and chunks are under way is left alone', async () => {
  const world = await walked({ people: crowd(20) });
  const before = await world.run();
  world.pass(299);
  await world.care();
  expect(await world.run()).toEqual(before);
  expect(walks(world)).toEqual([]);
});

test('a walk that got lost is sent again, that shard only, and once in five minutes', async () => {
  const world = await running({ people: crowd(20) });
  await world.begin();
  for (const shard of [0, 1, 2, 4, 5, 6]) await world.walk({ shard });
  world.pass(300);
  await world.care();
  expect(shardsOf(world)).toEqual([3, 7]);
  expect(walks(world)).toEqual([3, 7].map((shard) => ({ v: 1, ...world.id, pass: 1, shard })));
  world.pass(299);
  await world.care();
  expect(walks(world)).toHaveLength(2);
  world.pass(1);
  await world.care();
  expect(walks(world)).toHaveLength(4);
});

test('chunks that got lost are made good by another pass after five quiet minutes, and the run ends', async () => {
  const world = await walked({ people: crowd(20), rate: 20 });
  world.queues.timed.splice(1);
  await world.drive(4);
  expect((await world.standings())['none']).toBeGreaterThan(0);
  await world.drive(10, async () => (await world.run()).finishedAt !== undefined);
  expect(await world.standings()).toEqual({ sent: 20 });
  expect(world.calls).toHaveLength(20);
  expect(await world.run()).toMatchObject({ pass: 3 });
  expect(Object.values((await world.run()).shards).every(({ open }) => open === 0)).toBe(true);
});

test('once all that was open seems settled, a closing pass counts everybody, and ends the run', async () => {
  const world = await walked({ people: [...crowd(9), { muted: true }, { status: 'cancelled' }] });
  await world.send();
  await world.care();
  expect(walks(world)).toEqual(everyShard.map((shard) => ({ v: 1, ...world.id, pass: 2, shard })));
  for (const walk of walks(world).splice(0)) await world.walk(walk);
  expect(await world.run()).not.toHaveProperty('finishedAt');
  await world.care();
  const run = await world.run();
  expect(run).toMatchObject({ finishedAt: world.now(), pass: 2 });
  expect(await world.runs.unfinished()).toEqual([]);
  const counted = Object.values(run.shards).reduce((sum, { sent, skipped }) => sum + sent + skipped, 0);
  expect(counted).toBe(10);
});

test('a run of nobody ends with its first pass', async () => {
  const world = await walked();
  await world.care();
  expect(await world.run()).toMatchObject({ finishedAt: world.now(), pass: 1 });
});

test('a finished run is looked after no more', async () => {
  const world = await walked();
  await world.care();
  const finished = await world.run();
  world.pass(3600);
  await world.care();
  expect(await world.run()).toEqual(finished);
  expect(walks(world)).toEqual([]);
});

test('a run that waits goes on only when its stop is gone, with a walk through whoever was open', async () => {
  const world = await walked({ people: crowd(3) });
  await world.setControl(true);
  await world.runs.wait(world.id, 'stamp-1');
  world.pass(600);
  await world.care();
  expect(await world.run()).toMatchObject({ waiting: 'stamp-1', pass: 1 });
  await world.setControl(false);
  await world.care();
  expect(await world.run()).toMatchObject({ pass: 2, settledInPass: 0 });
  expect(await world.run()).not.toHaveProperty('waiting');
  expect(shardsOf(world)).toEqual(shardsOfPeople(world));
});

test.each<[string, (world: Running, stop: boolean) => Promise<unknown>]>([
  ['its campaign', (world, stop) => world.setCampaign({ state: stop ? 'paused' : 'active' })],
  ['the quota', (world, stop) => world.setPacer({ quotaLeft: stop ? 0 : 10 })],
  [
    'its event',
    async ({ events, event }, stop) => {
      const [now, text] = await Promise.all([events.get(event.eventId), events.text(event.eventId)]);
      if (!now || !text) throw new Error('There is no event');
      const next = { ...now, paused: stop, revision: now.revision + 1 };
      await events.save(next, text, { revision: now.revision, fact: undefined });
    },
  ],
])('a run that %s stops waits for that', async (_, set) => {
  const world = await walked({ people: crowd(3) });
  await set(world, true);
  await world.runs.wait(world.id, 'stamp-1');
  await world.care();
  expect(await world.run()).toMatchObject({ waiting: 'stamp-1' });
  await set(world, false);
  await world.care();
  expect(await world.run()).not.toHaveProperty('waiting');
});

test('when its time is over a waiting run goes on, stopped or not: everybody is told off as too late', async () => {
  const world = await walked({ people: crowd(3) });
  await world.setControl(true);
  await world.runs.wait(world.id, 'stamp-1');
  const { notAfter } = await world.run();
  world.pass(notAfter - world.now() - 1);
  await world.care();
  expect(await world.run()).toMatchObject({ waiting: 'stamp-1' });
  world.pass(1);
  await world.care();
  expect(await world.run()).toMatchObject({ pass: 2 });
  await world.drive(5);
  expect(await world.standings()).toEqual({ skipped: 3 });
  expect(await world.run()).toMatchObject({ finishedAt: expect.any(Number) });
});

test('only the stamp that was read is cleared: who finds the run stopped meanwhile is not overlooked', async () => {
  const world = await walked({ people: crowd(3) });
  await world.runs.wait(world.id, 'stamp-1');
  const read = await world.run();
  await world.runs.wait(world.id, 'stamp-2');
  expect(await world.runs.nextPass(read, world.now())).toBeUndefined();
  expect(await world.run()).toMatchObject({ waiting: 'stamp-2', pass: 1 });
  await world.care();
  expect(await world.run()).not.toHaveProperty('waiting');
});

test('a run that began to wait while sweep thought it was running is not taken on', async () => {
  const world = await walked({ people: crowd(3) });
  const read = await world.run();
  await world.runs.wait(world.id, 'stamp-1');
  expect(await world.runs.nextPass(read, world.now())).toBeUndefined();
  expect(await world.run()).toMatchObject({ waiting: 'stamp-1', pass: 1 });
});

test('two sweeps at once begin one pass', async () => {
  const world = await walked({ people: crowd(3) });
  world.pass(300);
  await Promise.all([world.care(), world.care()]);
  expect(await world.run()).toMatchObject({ pass: 2 });
  expect(shardsOf(world)).toEqual(shardsOfPeople(world));
});

test('a run that cannot be done in time says so once, and is counted', async () => {
  const world = await walked({ people: crowd(100), rate: 10 });
  const { notAfter } = await world.run();
  world.pass(notAfter - world.now() - 11);
  await world.runs.touch(world.id, world.now());
  await world.care();
  expect(await world.run()).not.toHaveProperty('tooSlow');
  world.pass(2);
  await world.care();
  await world.care();
  expect(await world.run()).toMatchObject({ tooSlow: true });
  expect(world.counted).toEqual(['RunTooSlow']);
});

test('a run that is stopped is not called too slow', async () => {
  const world = await walked({ people: crowd(100), rate: 10 });
  await world.setControl(true);
  world.pass(3595);
  await world.runs.touch(world.id, world.now());
  await world.care();
  expect(world.counted).toEqual([]);
});

test('bulk that timed keeps away is not taken for stuck', async () => {
  const world = await walked({
    people: crowd(20),
    campaign: { kind: 'survey', trigger: { after: 'end', offset: 'PT2H' } },
  });
  world.pass(600);
  await world.setPacer({ timedUntil: world.clock.now() + 1000 });
  await world.care();
  expect(await world.run()).toMatchObject({ pass: 1 });
});

test('bulk of which nothing is heard for a minute after timed has left is walked through again', async () => {
  const world = await walked({
    people: crowd(20),
    campaign: { kind: 'survey', trigger: { after: 'end', offset: 'PT2H' } },
  });
  world.pass(600);
  await world.setPacer({ timedUntil: world.clock.now() - 59_000 });
  await world.care();
  expect(await world.run()).toMatchObject({ pass: 1 });
  world.pass(1);
  await world.care();
  expect(await world.run()).toMatchObject({ pass: 2 });
});

test('bulk that has gone on since timed left has as long as any other run', async () => {
  const world = await walked({
    people: crowd(20),
    campaign: { kind: 'survey', trigger: { after: 'end', offset: 'PT2H' } },
  });
  await world.setPacer({ timedUntil: world.clock.now() - 2000 });
  world.pass(299);
  await world.care();
  expect(await world.run()).toMatchObject({ pass: 1 });
  world.pass(1);
  await world.care();
  expect(await world.run()).toMatchObject({ pass: 2 });
});

test('a run that got lost is looked after, however often somebody registers meanwhile', async () => {
  const world = await walked({ people: crowd(20) });
  world.pass(300);
  await world.setPacer({ nowUntil: world.clock.now() + 300 });
  await world.care();
  expect(await world.run()).toMatchObject({ pass: 2 });
});

test('a run whose campaign is gone ends', async () => {
  const world = await walked({ people: crowd(3) });
  await world.campaigns.remove(world.event.eventId, world.campaign.campaignId, 1);
  await world.care();
  expect(await world.run()).toMatchObject({ finishedAt: world.now() });
});

test('one run’s trouble is not another’s, and is told', async () => {
  const world = await walked({ people: crowd(3) });
  const broken = { eventId: '0000000000000000', campaignId: '3', occasion: 's1' };
  await world.table.put({ item: { pk: 'EVENT#0000000000000000', sk: 'EVENT', title: 7 }, fact: undefined });
  const run = { ...(await world.run()), ...broken };
  await world.table.put({
    item: { pk: 'EVENT#0000000000000000', sk: 'RUN#3@s1', ...run, due: 'run', dueAt: 1 },
    fact: undefined,
  });
  await world.send();
  await expect(world.care()).rejects.toThrow('Some runs could not be looked after');
  expect(await world.run()).toMatchObject({ pass: 2 });
});

test('events not planned for two minutes are planned again, until they are', async () => {
  const world = await running();
  const later = async (seconds: number) => {
    world.pass(seconds);
    return (await world.plan()).map(({ body }) => body);
  };
  await world.campaigns.add(world.event.eventId, { ...world.campaign, campaignId: '8' }, world.now());
  expect(await later(119)).toEqual([]);
  expect(await later(1)).toEqual([{ v: 1, eventId: world.event.eventId }]);
  expect(await later(60)).toHaveLength(1);
  await world.events.planned(world.event.eventId, world.now() - 180);
  expect(await later(60)).toEqual([]);
});

test('what is to be planned since is not struck off by who planned what was before', async () => {
  const world = await running();
  await world.setCampaign({ name: 'Other words' });
  const first = world.now() - 10;
  await world.events.planned(world.event.eventId, first);
  await world.campaigns.add(world.event.eventId, { ...world.campaign, campaignId: '8' }, world.now());
  await world.events.planned(world.event.eventId, first);
  expect(await world.events.planDueAt(world.event.eventId)).toBe(world.now());
});
