import { expect, test } from 'vitest';
import { SHARDS } from '#shared/domain/ids.ts';
import type { FanOut } from '#shared/queue/messages.ts';
import { anEvent } from '#test/support/builders.ts';
import { type Running, running } from '#test/support/running.ts';

const walks = ({ queues }: Running) => queues.fanOut.map(({ body }) => body as FanOut);

test('what is due starts a run for its occasion, and a walk through every shard', async () => {
  const world = await running();
  await world.start();
  expect(await world.run()).toMatchObject({ occasion: 's1', firedAt: world.dueAt, startedAt: world.dueAt, pass: 1 });
  expect(walks(world).map(({ shard }) => shard)).toEqual(Array.from({ length: SHARDS }, (_, shard) => shard));
  expect(walks(world)).toEqual(walks(world).map(({ shard }) => ({ v: 1, ...world.id, pass: 1, shard })));
});

test('a run that has started is armed no longer', async () => {
  const world = await running();
  await world.start();
  const campaign = await world.campaigns.get(world.event.eventId, world.campaign.campaignId);
  expect(campaign).not.toHaveProperty('dueAt');
  expect(campaign).not.toHaveProperty('dueOccasion');
  expect(await world.campaigns.overdue(world.dueAt + 1)).toEqual([]);
});

test('a message that comes too early starts nothing and leaves it armed; the one that is on time does', async () => {
  const world = await running();
  world.pass(-1);
  await world.start();
  expect(await world.runs.get(world.id)).toBeUndefined();
  expect(walks(world)).toEqual([]);
  world.pass(1);
  await world.start();
  expect(await world.run()).toMatchObject({ firedAt: world.dueAt });
});

test('started late, a run still counts from its fire time', async () => {
  const world = await running();
  world.pass(1800);
  await world.start();
  expect(await world.run()).toMatchObject({ firedAt: world.dueAt, startedAt: world.dueAt + 1800 });
});

test('repeated, a message starts nothing more', async () => {
  const world = await running();
  await world.start();
  await world.walk();
  for (let n = 0; n < 3; n++) await world.start();
  expect(walks(world)).toHaveLength(SHARDS);
});

test('of many messages at once one starts the run', async () => {
  const world = await running();
  await Promise.allSettled(Array.from({ length: 6 }, () => world.start()));
  const started = world.logger.lines.filter(({ message }) => message === 'Run started');
  expect(started).toHaveLength(1);
});

test('a worker that died before it sent the walks out is made good by the repeated message', async () => {
  const world = await running();
  const dies = () => Promise.reject(new Error('gone'));
  await expect(world.start({}, { fanOut: dies })).rejects.toThrow('gone');
  expect(await world.run()).toBeDefined();
  await world.start();
  expect(walks(world)).toHaveLength(SHARDS);
});

test.each([
  ['another occasion', { occasion: 's2' }],
  ['an occasion of hand', { occasion: 'm0' }],
  ['another campaign', { campaignId: '9' }],
  ['another event', { eventId: '0000000000000000' }],
])('forged for %s, a message does nothing', async (_, message) => {
  const world = await running();
  await world.start(message);
  expect(await world.runs.list(world.event.eventId, world.campaign.campaignId)).toEqual([]);
  expect(walks(world)).toEqual([]);
});

test('what is not armed starts nothing, even if its time has come: switching on is not sending', async () => {
  const world = await running();
  await world.campaigns.arm(world.id, undefined, 1);
  await world.start();
  expect(await world.runs.get(world.id)).toBeUndefined();
});

test.each<[string, (world: Running) => Promise<unknown>]>([
  ['the campaign was edited after its time', ({ setCampaign }) => setCampaign({ changedAt: '2027-02-18T08:30:01Z' })],
  ['the campaign is a draft again', ({ setCampaign }) => setCampaign({ state: 'draft' })],
  ['the campaign fires later now', ({ setCampaign }) => setCampaign({ trigger: { before: 'start', offset: 'PT5M' } })],
  ['the campaign fires by hand now', ({ setCampaign }) => setCampaign({ trigger: { manual: true } })],
])('armed still, but not any more by what it is now: %s', async (_, change) => {
  const world = await running();
  await change(world);
  await world.start();
  expect(await world.runs.get(world.id)).toBeUndefined();
});

test.each(['postponed', 'cancelled', 'draft'] as const)('a %s event starts nothing', async (state) => {
  const world = await running({ event: anEvent({ state }) });
  await world.start();
  expect(await world.runs.get(world.id)).toBeUndefined();
});

test('a schedule of an earlier start does nothing once the event was moved', async () => {
  const moved = anEvent({ startRevision: 2, scheduleRevision: 2 });
  const world = await running({ event: moved });
  await world.start({ occasion: 's1' });
  expect(await world.runs.list(moved.eventId, '3')).toEqual([]);
  await world.start({ occasion: 's2' });
  expect(await world.run()).toMatchObject({ occasion: 's2' });
});

test('armed still for an earlier start, it does nothing for that one', async () => {
  const world = await running({ event: anEvent({ startRevision: 2, scheduleRevision: 2 }) });
  await world.campaigns.arm(world.id, { dueAt: world.dueAt, occasion: 's1' }, 1);
  await world.start({ occasion: 's1' });
  expect(await world.runs.list(world.event.eventId, '3')).toEqual([]);
});

test('a paused campaign starts its run, which will wait', async () => {
  const world = await running();
  await world.setCampaign({ state: 'paused' });
  await world.start();
  expect(await world.run()).toMatchObject({ pass: 1 });
});

test('when the campaign changes between reading and starting, nothing starts, and the message comes back', async () => {
  const world = await running();
  const moving: Running['campaigns']['get'] = async (...args) => {
    const read = await world.campaigns.get(...args);
    await world.setCampaign({ trigger: { before: 'start', offset: 'PT5M' } });
    return read;
  };
  await expect(world.start({}, { campaigns: { get: moving } })).rejects.toThrow('look again');
  expect(await world.runs.get(world.id)).toBeUndefined();
  await world.start();
  expect(await world.runs.get(world.id)).toBeUndefined();
  expect(walks(world)).toEqual([]);
});

test.each([
  ['moved', { startRevision: 2, revision: 3 }],
  ['cancelled', { state: 'cancelled' as const, revision: 3 }],
])('when the event is %s between reading and starting, nothing starts', async (_, change) => {
  const world = await running();
  const { events } = world;
  const moving: Running['events']['get'] = async (...args) => {
    const read = await events.get(...args);
    const text = await events.text(world.event.eventId);
    if (read && text) await events.save({ ...read, ...change }, text, { revision: read.revision, fact: undefined });
    return read;
  };
  await expect(world.start({}, { events: { get: moving } })).rejects.toThrow('look again');
  expect(await world.runs.get(world.id)).toBeUndefined();
});

test('an edit that changes no time does not hold a run up', async () => {
  const world = await running();
  const { events } = world;
  const retitled: Running['events']['get'] = async (...args) => {
    const read = await events.get(...args);
    const text = await events.text(world.event.eventId);
    if (read && text) {
      await events.save({ ...read, title: 'New', revision: 3 }, text, { revision: read.revision, fact: undefined });
    }
    return read;
  };
  await world.start({}, { events: { get: retitled } });
  expect(await world.run()).toBeDefined();
});

test('a message that was lost is made good by sweep two minutes later, and not before', async () => {
  const world = await running();
  world.pass(119);
  await world.plan();
  expect(world.queues.startRun).toEqual([]);
  world.pass(1);
  await world.plan();
  expect(world.queues.startRun.map(({ body }) => body)).toEqual([world.message]);
  await world.start();
  world.queues.startRun.length = 0;
  await world.plan();
  expect(world.queues.startRun).toEqual([]);
});
