import { expect, test } from 'vitest';
import { pace } from '#functions/send/pace.ts';
import { cancel, mute } from '#shared/domain/change-registration.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { instantAt } from '#shared/domain/time.ts';
import type { SendOutcome } from '#shared/mail/mailer.ts';
import type { Chunk } from '#shared/queue/messages.ts';
import { type Call, crowd, type Running, running } from '#test/support/running.ts';
import { TIMINGS } from '#test/support/sending.ts';

const UNKNOWN: SendOutcome = { is: 'unknown', reason: 'TimeoutError' };
const THROTTLED: SendOutcome = { is: 'refused', reason: 'TooManyRequestsException' };

const returned = ({ queues }: Running) => queues.timed.map(({ body, delay }) => ({ ...(body as Chunk), delay }));
const ids = (rows: readonly Registration[]) => rows.map(({ registrationId }) => registrationId).toSorted();
const gaps = (calls: readonly Call[]) => calls.slice(1).map(({ at }, n) => at - (calls[n]?.at ?? 0));
/** SES's answers to its first calls; then it accepts. */
const answers =
  (...first: SendOutcome[]) =>
  (_: unknown, nth: number): SendOutcome =>
    first[nth - 1] ?? { is: 'accepted', messageId: `m${nth}` };
const once = (world: Running) => new Map(world.rows.map(({ registrationId }) => [registrationId, 1]));

test('everybody in a chunk gets their mail, each at a slot of their own, and the run knows', async () => {
  const world = await running({ people: crowd(10), rate: 10 });
  await world.begin();
  await world.send();
  expect(world.mailed()).toEqual(once(world));
  expect(gaps(world.calls)).toEqual(Array.from({ length: 9 }, () => 100));
  expect(await world.standings()).toEqual({ sent: 10 });
  expect(await world.run()).toMatchObject({ settledInPass: 10, sentHint: 10, touchedAt: world.dueAt });
  expect(returned(world)).toEqual([]);
});

test('calls overlap: slow replies of SES cost no rate', async () => {
  const world = await running({ people: crowd(10), rate: 10 });
  world.ses.latency = 3000;
  await world.begin();
  await world.send();
  expect(gaps(world.calls)).toEqual(Array.from({ length: 9 }, () => 100));
  expect(await world.standings()).toEqual({ sent: 10 });
});

test('a slow claim does not make its call late: each leaves at its slot, so that no two bunch up', async () => {
  const world = await running({ people: crowd(6), rate: 10 });
  await world.begin();
  await world.setPacer({ tat: world.clock.now() + 500 });
  const slots = Array.from({ length: 6 }, (_, n) => world.clock.now() + 500 + n * 100);
  let claims = 0;
  const claim: Running['registrations']['claim'] = async (...args) => {
    await world.clock.sleep(claims++ % 3 === 0 ? 45 : 5);
    return world.registrations.claim(...args);
  };
  await world.send({}, world.worker({ delivering: { registrations: { ...world.registrations, claim } } }));
  expect(world.calls.map(({ at }) => at)).toEqual(slots);
});

test('two workers with copies of one chunk send each mail once', async () => {
  const world = await running({ people: crowd(12), rate: 50 });
  await world.begin();
  await Promise.all([world.send(), world.send(), world.send()]);
  expect(world.mailed()).toEqual(once(world));
});

test('a repeated chunk sends nothing and takes no slots', async () => {
  const world = await running({ people: crowd(5), rate: 10 });
  await world.begin();
  await world.send();
  const { tat } = (await world.pacer.get()) ?? {};
  await world.send();
  expect(world.calls).toHaveLength(5);
  expect((await world.pacer.get())?.tat).toBe(tat);
});

test('the mail of a run is the run’s: it is known by its campaign and its occasion', async () => {
  const world = await running({ people: crowd(1) });
  await world.begin();
  await world.send();
  expect(world.calls.map(({ subject }) => subject)).toEqual(['3@s1']);
});

test('who needs no mail is skipped with the reason, and takes nobody’s slot', async () => {
  const world = await running({
    people: [...crowd(3), { muted: true }, { bounced: true }, ...crowd(3), { muted: true }],
    rate: 10,
  });
  await world.begin();
  const before = (await world.pacer.get())?.tat ?? 0;
  await world.send();
  expect(await world.standings()).toEqual({ sent: 6, skipped: 3 });
  expect(gaps(world.calls)).toEqual([100, 100, 100, 100, 100]);
  const after = (await world.pacer.get())?.tat ?? 0;
  expect(after - Math.max(before, world.dueAt * 1000)).toBe(600);
  expect(await world.run()).toMatchObject({ settledInPass: 9, sentHint: 6 });
});

test('a slot that ends in no call passes to the next person of the chunk', async () => {
  const world = await running({ people: crowd(4), rate: 10 });
  await world.begin();
  const [first] = world.rows;
  // The first person mutes the event after the chunk was read and before their slot.
  const read: Running['registrations']['getMany'] = async (people) => {
    const rows = await world.registrations.getMany(people);
    if (first) await world.registrations.revise(first, (row) => mute(row, true));
    return rows;
  };
  await world.send({}, world.worker({ registrations: { getMany: read } }));
  expect(await world.standings()).toEqual({ sent: 3, skipped: 1 });
  expect(world.calls.map(({ at }) => at - (world.calls[0]?.at ?? 0))).toEqual([0, 100, 200]);
  expect(world.calls[0]?.at).toBe(world.dueAt * 1000);
});

test('when nobody needs a mail, no slot is asked for', async () => {
  const world = await running({ people: crowd(5, { muted: true }) });
  await world.begin();
  const pacer = await world.pacer.get();
  await world.send();
  expect(await world.standings()).toEqual({ skipped: 5 });
  expect(await world.pacer.get()).toEqual(pacer);
});

test.each<[string, (world: Running, stop: boolean) => Promise<unknown>]>([
  ['everything', (world, stop) => world.setControl(stop)],
  ['the campaign', (world, stop) => world.setCampaign({ state: stop ? 'paused' : 'active' })],
  [
    'the event',
    async ({ events, event }, stop) => {
      const [now, text] = await Promise.all([events.get(event.eventId), events.text(event.eventId)]);
      if (!now || !text) throw new Error('There is no event');
      const next = { ...now, paused: stop, revision: now.revision + 1 };
      await events.save(next, text, { revision: now.revision, fact: undefined });
    },
  ],
])('with %s paused nothing is sent and the run waits; resumed, all that is owed goes, once', async (_, pause) => {
  const world = await running({ people: crowd(6), rate: 10 });
  await world.begin();
  await pause(world, true);
  const pacer = await world.pacer.get();
  await world.send();
  expect(world.calls).toEqual([]);
  expect(await world.pacer.get()).toEqual(pacer);
  expect(await world.standings()).toEqual({ none: 6 });
  expect(await world.run()).toMatchObject({ waiting: expect.stringMatching(/^\w{8}$/) });
  await pause(world, false);
  await world.drive(10);
  expect(world.mailed()).toEqual(once(world));
  const run = await world.run();
  expect(run).toMatchObject({ finishedAt: expect.any(Number) });
  expect(run).not.toHaveProperty('waiting');
});

test('paused in the middle of a chunk: no call two seconds later, the run waits, and the rest goes on resume', async () => {
  const world = await running({ people: crowd(50), rate: 10 });
  await world.begin();
  world.ses.answer = async (_, nth) => {
    if (nth === 10) await world.setControl(true);
    return { is: 'accepted', messageId: 'm' };
  };
  await world.send();
  const pausedAt = world.calls[9]?.at ?? 0;
  expect(Math.max(...world.calls.map(({ at }) => at)) - pausedAt).toBeLessThan(2000);
  expect(world.calls.length).toBeLessThan(50);
  expect(await world.standings()).toEqual({ sent: world.calls.length, none: 50 - world.calls.length });
  expect(await world.run()).toMatchObject({ waiting: expect.any(String) });
  await world.drive(5);
  expect(world.calls.length).toBeLessThan(50);
  await world.setControl(false);
  await world.drive(10);
  expect(world.mailed()).toEqual(once(world));
  expect(await world.run()).toMatchObject({ finishedAt: expect.any(Number) });
});

test('paused until it is too late, everybody is skipped as expired, and the run ends', async () => {
  const world = await running({ people: crowd(6) });
  await world.begin();
  await world.setControl(true);
  await world.send();
  await world.drive(59);
  expect(await world.standings()).toEqual({ none: 6 });
  await world.drive(10);
  expect(world.calls).toEqual([]);
  expect(await world.standings()).toEqual({ skipped: 6 });
  const [delivery] = [...(await world.deliveries()).values()];
  expect(delivery).toMatchObject({ state: 'skipped', reason: 'expired' });
  expect(world.counted.filter((name) => name === 'MailExpired')).toHaveLength(6);
  expect(await world.run()).toMatchObject({ finishedAt: expect.any(Number) });
});

test('nothing leaves past its not after, however long its slot was ahead', async () => {
  const world = await running({
    people: crowd(40),
    rate: 10,
    campaign: { trigger: { before: 'start', offset: 'PT1M' } },
  });
  await world.begin();
  world.pass(58);
  await world.send();
  const start = Date.parse(world.event.startInstant);
  expect(Math.max(...world.calls.map(({ at }) => at))).toBeLessThan(start);
  expect(await world.standings()).toEqual({ sent: 20, skipped: 20 });
});

test('out of quota the run waits until there is some', async () => {
  const world = await running({ people: crowd(4) });
  await world.begin();
  await world.setPacer({ quotaLeft: 0 });
  await world.send();
  expect(world.calls).toEqual([]);
  expect(await world.run()).toMatchObject({ waiting: expect.any(String) });
  await world.drive(3);
  expect(world.calls).toEqual([]);
  await world.setPacer({ quotaLeft: 100 });
  await world.drive(5);
  expect(world.mailed()).toEqual(once(world));
});

test('out of quota, who needs no mail is settled all the same', async () => {
  const world = await running({ people: [...crowd(2), { muted: true }] });
  await world.begin();
  await world.setPacer({ quotaLeft: 0 });
  await world.send();
  expect(await world.standings()).toEqual({ none: 2, skipped: 1 });
});

test('when all slots for the next seconds are taken, the worker waits for its turn, and the message stays with it', async () => {
  const world = await running({ people: crowd(3), rate: 10 });
  await world.begin();
  await world.setPacer({ tat: world.clock.now() + 30_000 });
  await world.send({ tries: 4 });
  expect(world.calls.map(({ at }) => at - world.dueAt * 1000)).toEqual([30_000, 30_100, 30_200]);
  expect(returned(world)).toEqual([]);
});

test.each([
  [0, 2],
  [1, 15],
  [2, 120],
  [3, 120],
])(
  'without a turn in forty seconds a message that came back %i times does so once more, in %i s',
  async (tries, delay) => {
    const world = await running({ people: crowd(3), rate: 10 });
    await world.begin();
    await world.setPacer({ tat: world.clock.now() + 600_000 });
    const before = world.clock.now();
    await world.send({ tries });
    expect(world.clock.now() - before).toBe(40_000);
    expect(world.calls).toEqual([]);
    expect(returned(world)).toEqual([{ ...world.chunkOf(), tries: tries + 1, delay }]);
  },
);

test.each([4, 5, 100])(
  'one that came back %i times, by this version or an earlier one, is the last of its chain',
  async (tries) => {
    const world = await running({ people: crowd(3), rate: 10 });
    await world.begin();
    await world.setPacer({ tat: world.clock.now() + 600_000 });
    await world.send({ tries });
    expect(returned(world)).toEqual([]);
    expect(await world.standings()).toEqual({ none: 3 });
    await world.setPacer({ tat: world.clock.now() });
    await world.drive(10);
    expect(world.mailed()).toEqual(once(world));
  },
);

test('whoever has no slot when the time is up goes back, and nobody else', async () => {
  const world = await running({ people: crowd(50), rate: 1 });
  await world.begin();
  await world.send();
  expect(world.calls).toHaveLength(41);
  const [back] = returned(world);
  expect(back).toMatchObject({ tries: 1, delay: 2 });
  expect(back?.people).toHaveLength(9);
  await world.send(back);
  expect(world.mailed()).toEqual(once(world));
});

test('a message is several leases: no lane waits longer for another than a quarter of a second’s worth takes', async () => {
  const world = await running({ people: crowd(20), rate: 20 });
  await world.begin();
  const { finish, chunkOf } = world;
  await finish(
    Promise.all([world.worker()(chunkOf(world.rows.slice(0, 10))), world.worker()(chunkOf(world.rows.slice(10)))]),
  );
  const first = new Set(world.rows.slice(0, 10).map(({ registrationId }) => registrationId));
  const turns = world.calls.map(({ who }) => first.has(who));
  expect(gaps(world.calls)).toEqual(Array.from({ length: 19 }, () => 50));
  const changes = turns.filter((each, n) => n > 0 && each !== turns[n - 1]).length;
  expect(changes).toBeGreaterThanOrEqual(3);
});

test('paused while it waits for a turn: nothing is leased, and the run waits', async () => {
  const world = await running({ people: crowd(3), rate: 10 });
  await world.begin();
  const tat = world.clock.now() + 30_000;
  await world.setPacer({ tat });
  const sending = world.worker()(world.chunkOf());
  const pausing = world.clock.sleep(5000).then(() => world.setControl(true));
  await world.finish(Promise.all([sending, pausing]));
  expect(world.clock.now()).toBeLessThan(tat);
  expect(world.calls).toEqual([]);
  expect((await world.pacer.get())?.tat).toBe(tat);
  expect(await world.run()).toMatchObject({ waiting: expect.any(String) });
  expect(returned(world)).toEqual([]);
});

test('a stamp that says the run waits is not written again', async () => {
  const world = await running({ people: crowd(3) });
  await world.begin();
  await world.setControl(true);
  await world.runs.wait(world.id, 'stamp-1');
  await world.send();
  expect(await world.run()).toMatchObject({ waiting: 'stamp-1' });
});

test('whatever was begun is over before the message comes back, and the first error is told', async () => {
  const world = await running({ people: crowd(8), rate: 20 });
  world.ses.latency = 3000;
  await world.begin();
  const [unlucky] = world.rows;
  const claim: Running['registrations']['claim'] = async (row, ...rest) => {
    if (row.registrationId === unlucky?.registrationId) throw new Error('The table is busy');
    return world.registrations.claim(row, ...rest);
  };
  const busy = world.worker({ delivering: { registrations: { ...world.registrations, claim } } });
  await expect(world.send({}, busy)).rejects.toThrow('busy');
  expect(await world.standings()).toEqual({ sent: 7, none: 1 });
  expect(await world.run()).toMatchObject({ settledInPass: 7 });
});

test('a pacer that fails while mails are under way is told when they are written down', async () => {
  const world = await running({ people: crowd(8), rate: 20 });
  world.ses.latency = 3000;
  await world.begin();
  let asked = 0;
  const { clock, pacer } = world;
  const failing = pace({
    pacer: { ...pacer, get: () => (++asked === 2 ? Promise.reject(new Error('No pacer')) : pacer.get()) },
    clock,
    lane: 'timed',
    initialRate: 20,
    jitter: () => 0,
    timings: TIMINGS,
  });
  await expect(world.send({}, world.worker({ pace: failing }))).rejects.toThrow('No pacer');
  expect(await world.standings()).toEqual({ sent: 5, none: 3 });
  await world.send();
  expect(world.mailed()).toEqual(once(world));
});

test('what SES throttled goes into a new delayed message, and everybody slows down', async () => {
  const world = await running({ people: crowd(6), rate: 50 });
  world.ses.answer = answers(THROTTLED, THROTTLED);
  await world.begin();
  await world.send();
  expect(await world.standings()).toEqual({ sent: 4, none: 2 });
  expect(returned(world)).toMatchObject([{ people: expect.any(Array), tries: 1, delay: 5 }]);
  expect(returned(world)[0]?.people).toHaveLength(2);
  expect((await world.pacer.get())?.rate).toBe(40);
  await world.send(returned(world)[0]);
  expect(await world.standings()).toEqual({ sent: 6 });
  expect(world.counted.filter((name) => name === 'MailRefused')).toHaveLength(2);
});

test('a sender who is not verified for five minutes: the run waits, few are asked for, and then everybody gets their mail once', async () => {
  const world = await running({ people: crowd(30), rate: 10 });
  const verifiedAt = world.dueAt * 1000 + 300_000;
  const refused: number[] = [];
  world.ses.answer = (_, nth) => {
    if (world.clock.now() >= verifiedAt) return { is: 'accepted', messageId: `m${nth}` };
    refused.push(world.clock.now());
    return { is: 'barred', whom: 'sender', reason: 'MessageRejected' };
  };
  let waited = 0;
  await world.drive(15, async () => {
    const run = await world.runs.get(world.id);
    if (run?.waiting !== undefined) waited += 1;
    return run?.finishedAt !== undefined;
  });
  expect(waited).toBeGreaterThan(0);
  expect(await world.standings()).toEqual({ sent: 30 });
  expect(world.calls.length - refused.length).toBe(30);
  expect((await world.pacer.get())?.rate).toBe(10);
  expect(new Set(world.counted)).toEqual(new Set(['MailNotVerified']));
  expect(await world.run()).toMatchObject({ bouncedHint: 0, sentHint: 30 });
  // Once a minute, and then no more than a second's worth: not everybody, again and again.
  const minutes = Map.groupBy(refused, (at) => Math.floor((at - world.dueAt * 1000) / 60_000));
  expect([...minutes.keys()]).toEqual([2, 3, 4]);
  for (const calls of minutes.values()) expect(calls.length).toBeLessThanOrEqual(10);
});

test('people who are not verified, in the sandbox, are met by the next pass; the others have their mail', async () => {
  const world = await running({ people: crowd(6), rate: 10 });
  const bad = new Set(world.rows.slice(0, 2).map(({ registrationId }) => registrationId));
  world.ses.answer = ({ tags }, nth) =>
    bad.has(tags['registration'] ?? '')
      ? { is: 'barred', whom: 'recipient', reason: 'MessageRejected' }
      : { is: 'accepted', messageId: `m${nth}` };
  await world.drive(4);
  expect(await world.standings()).toEqual({ sent: 4, none: 2 });
  expect(await world.run()).not.toHaveProperty('waiting');
  bad.clear();
  await world.drive(10, async () => (await world.run()).finishedAt !== undefined);
  expect(await world.standings()).toEqual({ sent: 6 });
});

test('a mail in doubt comes back after its grace, and is not sent again before the doubt is resolved', async () => {
  const world = await running({ people: crowd(3), rate: 50 });
  world.ses.answer = answers(UNKNOWN);
  await world.begin();
  await world.send();
  expect(await world.standings()).toEqual({ claimed: 1, sent: 2 });
  expect(returned(world)).toMatchObject([{ tries: 1, delay: 75 }]);
  expect(await world.run()).toMatchObject({ settledInPass: 2 });
  world.pass(75);
  await world.send(returned(world)[0]);
  expect(world.calls).toHaveLength(3);
});

test('each return waits longer than the one before, and after four the next pass looks after them', async () => {
  const world = await running({ people: crowd(1), rate: 50 });
  world.ses.answer = () => THROTTLED;
  await world.begin();
  const delays: (number | undefined)[] = [];
  for (let tries = 0; tries <= 4; tries++) {
    await world.setPacer({ rate: 50, tat: 0 });
    await world.send({ tries });
    const [message] = returned(world).splice(0);
    delays.push(message?.delay);
    world.queues.timed.length = 0;
  }
  expect(delays).toEqual([5, 8, 12, 17, undefined]);
  expect(await world.standings()).toEqual({ none: 1 });
});

test('unsettled people are in a new message before the old one is acknowledged', async () => {
  const world = await running({ people: crowd(2) });
  world.ses.answer = answers(THROTTLED);
  await world.begin();
  const full = () => Promise.reject(new Error('The queue did not take 1 of 1 messages'));
  await expect(world.send({}, world.worker({ again: full }))).rejects.toThrow('did not take');
  await world.send();
  expect(await world.standings()).toEqual({ sent: 2 });
});

test('one person’s trouble is not another’s: the rest of the chunk is sent before the message comes back', async () => {
  const world = await running({ people: crowd(5), rate: 50 });
  await world.begin();
  const [unlucky] = world.rows;
  const claim: Running['registrations']['claim'] = async (row, ...rest) => {
    if (row.registrationId === unlucky?.registrationId) throw new Error('The table is busy');
    return world.registrations.claim(row, ...rest);
  };
  const busy = world.worker({ delivering: { registrations: { ...world.registrations, claim } } });
  await expect(world.send({}, busy)).rejects.toThrow('busy');
  expect(await world.standings()).toEqual({ sent: 4, none: 1 });
  await world.send();
  expect(world.mailed()).toEqual(once(world));
});

test.each<[string, (world: Running) => Promise<unknown>]>([
  ['that is finished', async (world) => world.runs.finish(await world.run(), world.now())],
  ['whose campaign is gone', async (world) => world.campaigns.remove(world.event.eventId, '3', 1)],
])('a chunk of a run %s sends nothing', async (_, change) => {
  const world = await running({ people: crowd(3) });
  await world.begin();
  await change(world);
  await world.send();
  expect(world.calls).toEqual([]);
});

test('a chunk of a run there is not, or of people there are not, sends nothing', async () => {
  const world = await running({ people: crowd(3) });
  await world.send();
  await world.begin();
  await world.send({ people: ['0000000000000000'] });
  expect(world.calls).toEqual([]);
});

test('a chunk names people, it orders nothing: who is not addressed any more gets no mail and no entry', async () => {
  const world = await running({ people: crowd(3) });
  await world.begin();
  const [first] = world.rows;
  if (first) await world.registrations.revise(first, (row) => cancel(row, instantAt(world.now())));
  await world.send();
  expect(await world.standings()).toEqual({ sent: 2, none: 1 });
});

test('who cancels between reading and slot is skipped, and their slot is used', async () => {
  const world = await running({ people: crowd(3), rate: 1 });
  await world.begin();
  const last = world.rows.at(-1);
  world.ses.answer = async (_, nth) => {
    if (nth === 1 && last) {
      await world.registrations.revise(last, (row) => cancel(row, instantAt(world.now())));
    }
    return { is: 'accepted', messageId: 'm' };
  };
  await world.send();
  expect(world.calls.map(({ who }) => who)).not.toContain(last?.registrationId);
  expect(await world.standings()).toMatchObject({ sent: 2, skipped: 1 });
});

test('people of the message and no others are written to', async () => {
  const world = await running({ people: crowd(6) });
  await world.begin();
  const named = world.rows.slice(0, 2);
  await world.send(world.chunkOf(named));
  expect(world.calls.map(({ who }) => who).toSorted()).toEqual(ids(named));
});

test('killed anywhere in a chunk: redelivered and swept, everybody has one mail, and it is written down', async () => {
  for (const when of ['before', 'after'] as const) {
    for (let n = 1; n <= 12; n++) {
      const world = await running({ people: crowd(4), rate: 50 });
      await world.begin();
      let calls = 0;
      const died = Promise.withResolvers<void>();
      const mortal =
        <Args extends unknown[], Result>(port: (...args: Args) => Promise<Result>) =>
        async (...args: Args): Promise<Result> => {
          const dies = ++calls >= n;
          if (dies && (when === 'before' || calls > n)) {
            died.resolve();
            return new Promise<never>(() => {});
          }
          const result = await port(...args);
          if (!dies) return result;
          died.resolve();
          return new Promise<never>(() => {});
        };
      const { registrations, runs } = world;
      const doomed = world.worker({
        registrations: { getMany: mortal(registrations.getMany) },
        runs: { ...runs, noteProgress: mortal(runs.noteProgress) },
        delivering: {
          registrations: { claim: mortal(registrations.claim), revise: mortal(registrations.revise) } as never,
        },
      });
      await world.finish(Promise.race([doomed(world.chunkOf()), died.promise]));
      world.queues.timed.push({ body: world.chunkOf(), delay: 75 });
      // What SES took is told by receipts; there are none for what it never got.
      const sentBefore = new Set(world.calls.map(({ who }) => who));
      for (const row of await registrations.getMany(world.rows)) {
        const entry = row.deliveries[world.mailKey];
        if (!sentBefore.has(row.registrationId) || entry === undefined) continue;
        const deliveries = { ...row.deliveries, [world.mailKey]: entry.replace('claimed', 'delivered') };
        await registrations.revise(row, (current) => ({ row: { ...current, deliveries } }));
      }
      await world.receipts.set({ emptySince: world.now(), emptyAt: world.now() + 3600, deadLetters: false });
      await world.drive(30, async () => (await world.run()).finishedAt !== undefined);
      expect(world.mailed(), `${when} call ${n}`).toEqual(once(world));
      expect((await world.standings())['claimed'], `${when} call ${n}`).toBeUndefined();
    }
  }
});

test.each([
  ['reminder', { before: 'start', offset: 'PT1H' }, { sent: 1 }, 2],
  ['survey', { after: 'end', offset: 'PT2H' }, { held: 1 }, 1],
  ['announcement', { after: 'end', offset: 'PT2H' }, { held: 1 }, 1],
] as const)(
  'nobody knows whether a %s was sent, and no receipt came: as its kind says',
  async (kind, trigger, standings, calls) => {
    const world = await running({ people: crowd(1), campaign: { kind, trigger } });
    world.ses.answer = answers(UNKNOWN);
    await world.begin();
    await world.send();
    await world.receipts.set({ emptySince: world.now(), emptyAt: world.now() + 3600, deadLetters: false });
    world.pass(300);
    await world.send();
    expect(world.calls).toHaveLength(calls);
    expect(await world.standings()).toEqual(standings);
  },
);

test('a second doubt is held, whatever the kind, and the run ends with it', async () => {
  const world = await running({ people: crowd(3) });
  world.ses.answer = answers(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
  await world.begin();
  await world.send();
  for (let n = 0; n < 3; n++) {
    await world.receipts.set({ emptySince: world.now(), emptyAt: world.now() + 3600, deadLetters: false });
    world.pass(300);
    await world.send();
  }
  expect(await world.standings()).toEqual({ sent: 2, held: 1 });
  world.queues.timed.length = 0;
  await world.drive(10);
  expect(await world.run()).toMatchObject({ finishedAt: expect.any(Number) });
  expect(world.calls).toHaveLength(6);
});
