import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkOn } from '#functions/sweep/walk-on.ts';
import { SHARDS, shardOf } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { type Chunk, FanOut } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { aRegistration } from '#test/support/builders.ts';
import { crowd, type Running, running } from '#test/support/running.ts';

type Page = Running['registrations']['page'];

/** Everybody in the lane, as often as they are named. */
const inLane = (messages: readonly Outgoing[]): string[] => messages.flatMap(({ body }) => (body as Chunk).people);
const everyShard = Array.from({ length: SHARDS }, (_, shard) => shard);
const idsOf = (rows: readonly Registration[]): string[] => rows.map(({ registrationId }) => registrationId);

/** The pages of a shard as DynamoDB gives them: only so many people each. */
const pagesOf =
  (world: Running, size: number): Page =>
  async (eventId, shard, after) => {
    const range = { partition: `EVENT#${eventId}#${shard}`, prefix: 'REG#', consistent: true, limit: size, after };
    const { items, after: next } = await world.table.query(range);
    const rows = await world.registrations.getMany(items as unknown as Registration[]);
    const inOrder = items.flatMap(({ sk }) => rows.find(({ registrationId }) => sk === `REG#${registrationId}`) ?? []);
    return { people: inOrder, ...(next && { after: next }) };
  };

/** People of one shard. */
const neighbours = (count: number, shard = 0): Partial<Registration>[] =>
  Array.from({ length: count }, (_, n) => ({ registrationId: `${shard}${String(n).padStart(15, '0')}` }));

test('everybody open is put into the lane once, in messages of a second or two’s worth', async () => {
  const world = await running({ people: crowd(100), rate: 20 });
  await world.begin();
  for (const shard of everyShard) await world.walk({ shard });
  expect(inLane(world.queues.timed).toSorted()).toEqual(idsOf(world.rows).toSorted());
  for (const { body } of world.queues.timed) expect((body as Chunk).people.length).toBeLessThanOrEqual(40);
  expect(await world.run()).toMatchObject({ shards: { 0: { pass: 1, sent: 0 } } });
});

test.each([
  ['reminder', 'timed'],
  ['joining', 'timed'],
  ['survey', 'bulk'],
  ['nudge', 'bulk'],
  ['announcement', 'bulk'],
] as const)('a %s goes by lane %s', async (kind, lane) => {
  const trigger = { after: 'end', offset: 'PT2H' } as const;
  const timed = lane === 'timed';
  const world = await running({ people: crowd(9), campaign: { kind, ...(timed ? {} : { trigger }) } });
  await world.begin();
  for (const shard of everyShard) await world.walk({ shard });
  expect(inLane(world.queues[lane])).toHaveLength(9);
  expect(world.queues[timed ? 'bulk' : 'timed']).toEqual([]);
});

test('people with a settled mail are counted and left out, people who are not addressed are neither', async () => {
  const entry = (state: string) => ({ deliveries: { '3@s1': `${state}|1|1|abcdef` } });
  const states: Partial<Registration>[] = [
    entry('delivered'),
    entry('bounced'),
    entry('skipped'),
    entry('failed'),
    entry('held'),
    entry('claimed'),
    { status: 'cancelled' },
    { status: 'waitlisted' },
    {},
  ];
  const people = states.map((each, n) => ({ ...each, ...neighbours(10)[n] }));
  const world = await running({ people });
  await world.begin();
  await world.walk();
  expect(inLane(world.queues.timed)).toEqual(['0000000000000005', '0000000000000008']);
  expect((await world.run()).shards['0']).toEqual({ pass: 1, open: 2, sent: 2, skipped: 1, failed: 1, held: 1 });
});

test('a shard of nobody is walked through, too', async () => {
  const world = await running();
  await world.begin();
  for (const shard of everyShard) await world.walk({ shard });
  expect(world.queues.timed).toEqual([]);
  expect(Object.keys((await world.run()).shards)).toHaveLength(SHARDS);
});

test('page after page is read and sent out before the next: memory does not grow with the event', async () => {
  const world = await running({ people: neighbours(60), rate: 40 });
  await world.begin();
  const pages = pagesOf(world, 7);
  let [held, most] = [0, 0];
  const counting: Page = async (...args) => {
    const page = await pages(...args);
    held += page.people.length;
    most = Math.max(most, held);
    return page;
  };
  const lane = async (messages: readonly Outgoing[]) => {
    held -= inLane(messages).length;
    world.queues.timed.push(...messages);
  };
  const registrations = { page: counting };
  await world.walk({}, { registrations, lanes: { timed: lane, bulk: lane } });
  expect(most).toBe(7);
  expect(inLane(world.queues.timed)).toHaveLength(60);
  expect((await world.run()).shards['0']).toMatchObject({ open: 60 });
});

test('whoever is committed before a page is read is met by it', async () => {
  const world = await running({ people: neighbours(20) });
  await world.begin();
  const pages = pagesOf(world, 5);
  let read = 0;
  const joined: string[] = [];
  const late: Page = async (...args) => {
    const registrationId = `0z${String(++read).padStart(14, '0')}`;
    joined.push((await world.enrol({ registrationId })).registrationId);
    return pages(...args);
  };
  await world.walk({}, { registrations: { page: late } });
  expect(joined.length).toBeGreaterThan(3);
  expect(inLane(world.queues.timed)).toEqual(expect.arrayContaining(joined));
});

/** The walk goes on by message after each page: its budget is used up at once. */
const pageByPage = (world: Running, over: object = {}) => ({
  registrations: { page: pagesOf(world, 5) },
  budget: 0,
  ...over,
});

test('out of time, the rest of the walk is a message of its own, which knows what was met', async () => {
  const world = await running({ people: neighbours(12) });
  await world.begin();
  await world.walk({}, pageByPage(world));
  expect(inLane(world.queues.timed)).toHaveLength(5);
  const [rest] = world.queues.fanOut.map(({ body }) => body as FanOut);
  expect(rest).toMatchObject({ pass: 1, shard: 0, tally: { open: 5 }, after: { sk: 'REG#0000000000000004' } });
  expect((await world.run()).shards).toEqual({});
  for (let next = world.queues.fanOut.shift(); next; next = world.queues.fanOut.shift()) {
    await world.walk(next.body as FanOut, pageByPage(world));
  }
  expect(inLane(world.queues.timed)).toEqual(idsOf(world.rows));
  expect((await world.run()).shards['0']).toMatchObject({ open: 12 });
});

test('a walk goes on by message three times, then with a new chain of messages that sweep begins', async () => {
  const world = await running({ people: neighbours(48) });
  await world.begin();
  const { fanOut, timed } = world.queues;
  const links: number[][] = [[]];
  fanOut.push({ body: { v: 1, ...world.id, pass: 1, shard: 0 } });
  for (; fanOut.length > 0; await world.walkOn()) {
    for (let next = fanOut.shift(); next; next = fanOut.shift()) {
      const message = FanOut.parse(next.body);
      links.at(-1)?.push(message.links);
      await world.walk(message, pageByPage(world));
    }
    links.push([]);
  }
  expect(links).toEqual([[0, 1, 2, 3], [0, 1, 2, 3], [0, 1], []]);
  expect(inLane(timed)).toEqual(idsOf(world.rows));
  expect((await world.run()).shards['0']).toMatchObject({ open: 48 });
  expect(await world.walks.left(world.now())).toEqual([]);
});

test('sweep that dies before a left walk is struck off repeats people, and loses none', async () => {
  const world = await running({ people: neighbours(12) });
  await world.begin();
  await world.walk({ links: 3 }, pageByPage(world));
  const dying = { left: world.walks.left, takeUp: () => Promise.reject(new Error('gone')) };
  const fanOut = async (messages: readonly Outgoing[]) => void world.queues.fanOut.push(...messages);
  await expect(walkOn({ walks: dying, fanOut }, world.now())).rejects.toThrow('gone');
  await world.walkOn();
  expect(world.queues.fanOut).toHaveLength(2);
  for (let next = world.queues.fanOut.shift(); next; next = world.queues.fanOut.shift()) {
    await world.walk(FanOut.parse(next.body), pageByPage(world));
  }
  expect(new Set(inLane(world.queues.timed))).toEqual(new Set(idsOf(world.rows)));
});

test('the next page comes last: when its message is put, everybody before it is in the lane', async () => {
  const world = await running({ people: neighbours(18) });
  await world.begin();
  const { timed, fanOut } = world.queues;
  let puts = 0;
  const again = async (messages: readonly Outgoing[]) => {
    for (const { body } of messages) {
      const { after } = body as FanOut;
      const before = idsOf(world.rows).filter((id) => `REG#${id}` <= String(after?.['sk']));
      expect(inLane(timed)).toEqual(before);
      puts++;
    }
    fanOut.push(...messages);
  };
  await world.walk({}, pageByPage(world, { again }));
  for (let next = fanOut.shift(); next; next = fanOut.shift()) {
    await world.walk(next.body as FanOut, pageByPage(world, { again }));
  }
  expect(puts).toBe(3);
});

test('a crash at any moment of a walk repeats people, and never loses one', async () => {
  // Dies at its n-th call of a queue, before or after the queue took it; then the message comes back.
  for (const when of ['before', 'after'] as const) {
    for (let n = 1; n <= 8; n++) {
      const world = await running({ people: neighbours(18) });
      await world.begin();
      let calls = 0;
      const dying = (queue: Outgoing[]) => async (messages: readonly Outgoing[]) => {
        if (++calls === n && when === 'before') throw new Error('gone');
        queue.push(...messages);
        if (calls === n && when === 'after') throw new Error('gone');
      };
      const { timed, fanOut } = world.queues;
      const mortal = pageByPage(world, { lanes: { timed: dying(timed), bulk: dying([]) }, again: dying(fanOut) });
      const messages: FanOut[] = [{ v: 1, ...world.id, pass: 1, shard: 0, links: 0 }];
      for (let message = messages.shift(); message; message = messages.shift()) {
        const redelivered = message;
        await world.walk(message, mortal).catch(() => messages.push(redelivered));
        messages.push(...fanOut.splice(0).map(({ body }) => body as FanOut));
      }
      expect(new Set(inLane(timed)), `${when} call ${n}`).toEqual(new Set(idsOf(world.rows)));
      expect((await world.run()).shards['0']).toMatchObject({ open: 18 });
    }
  }
});

test('a walk that a crash cut short within its time begins its message anew, and leaves nobody out', async () => {
  const world = await running({ people: neighbours(18) });
  await world.begin();
  let calls = 0;
  const lane = async (messages: readonly Outgoing[]) => {
    if (++calls === 3) throw new Error('The queue did not take 1 of 1 messages');
    world.queues.timed.push(...messages);
  };
  const over = { registrations: { page: pagesOf(world, 5) }, lanes: { timed: lane, bulk: lane } };
  await expect(world.walk({}, over)).rejects.toThrow('did not take');
  expect((await world.run()).shards).toEqual({});
  await world.walk({}, over);
  expect(new Set(inLane(world.queues.timed))).toEqual(new Set(idsOf(world.rows)));
});

test('a message of another pass is ignored, wherever it comes from', async () => {
  const world = await running({ people: neighbours(4) });
  const run = await world.begin();
  await world.runs.nextPass(run, world.now());
  await world.walk({ pass: 1 });
  await world.walk({ pass: 3 });
  expect(world.queues.timed).toEqual([]);
  expect((await world.run()).shards).toEqual({});
  await world.walk({ pass: 2 });
  expect(inLane(world.queues.timed)).toHaveLength(4);
});

test('a pass that is over while its walk is under way counts nothing', async () => {
  const world = await running({ people: neighbours(4) });
  const run = await world.begin();
  const slow: Page = async (...args) => {
    const page = await world.registrations.page(...args);
    await world.runs.nextPass(run, world.now());
    return page;
  };
  await world.walk({}, { registrations: { page: slow } });
  expect((await world.run()).shards).toEqual({});
});

test.each<[string, (world: Running) => Promise<unknown>]>([
  ['finished', async (world) => world.runs.finish(await world.run(), world.now())],
  ['without its campaign', async (world) => world.campaigns.remove(world.event.eventId, world.campaign.campaignId, 1)],
])('a run that is %s sends nobody out', async (_, change) => {
  const world = await running({ people: neighbours(4) });
  await world.begin();
  await change(world);
  await world.walk();
  expect(world.queues.timed).toEqual([]);
});

test('a walk of a run there is not does nothing', async () => {
  const world = await running({ people: neighbours(4) });
  await world.walk();
  expect(world.queues.timed).toEqual([]);
});

test('a repeated walk counts anew: who was settled meanwhile is not open twice', async () => {
  const world = await running({ people: neighbours(4) });
  await world.begin();
  await world.walk();
  const [first] = world.rows;
  if (!first) throw new Error('Nobody is there');
  await world.send(world.chunkOf([first]));
  await world.walk();
  expect((await world.run()).shards['0']).toMatchObject({ open: 3, sent: 1 });
});

test('whatever the sizes of shards, pages and chunks, every open person is in the lane exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 60 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 300 }),
      fc.boolean(),
      async (count, pageSize, rate, cut) => {
        const world = await running({ people: crowd(count), rate });
        await world.begin();
        world.queues.fanOut.push(...everyShard.map((shard) => ({ body: { v: 1, ...world.id, pass: 1, shard } })));
        const over = { registrations: { page: pagesOf(world, pageSize) }, budget: cut ? 0 : 30 };
        for (; world.queues.fanOut.length > 0; await world.walkOn()) {
          for (let next = world.queues.fanOut.shift(); next; next = world.queues.fanOut.shift()) {
            await world.walk(FanOut.parse(next.body), over);
          }
        }
        expect(inLane(world.queues.timed).toSorted()).toEqual(idsOf(world.rows).toSorted());
        const tallies = Object.values((await world.run()).shards);
        expect(tallies.reduce((sum, { open }) => sum + open, 0)).toBe(count);
      },
    ),
    { numRuns: 40 },
  );
});

test('the people of a shard are those whose ids say so', () => {
  for (const { registrationId } of neighbours(3, 5).map((each) => aRegistration(each))) {
    expect(shardOf(registrationId)).toBe(5);
  }
});
