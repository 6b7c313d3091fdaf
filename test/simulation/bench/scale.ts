import { fanOut } from '#functions/run-campaigns/fan-out.ts';
import { planSchedules } from '#functions/run-campaigns/plan-schedules.ts';
import { newCampaign } from '#shared/domain/edit-campaign.ts';
import { newId, SHARDS } from '#shared/domain/ids.ts';
import { lease, type Pacer, retuned } from '#shared/domain/pacer.ts';
import { startRun } from '#shared/domain/run.ts';
import { instantAt } from '#shared/domain/time.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { eventStore } from '#shared/store/events.ts';
import { fromItem, toItem } from '#shared/store/registration-items.ts';
import { runStore } from '#shared/store/runs.ts';
import { aCampaign, anEvent, aRegistration, aText } from '#test/support/builders.ts';
import { dice } from '../dice.ts';
import { virtualTime } from '../virtual-time.ts';
import { benchTable } from './bench-table.ts';
import { ourWorld, START, workersFor } from './our-way.ts';
import { workerLife } from './worker-life.ts';

const logger = { info() {}, warn() {}, error() {} };
const MB = 1024 * 1024;

/** Seconds until a `timed` run of so many is through, alone or while a `bulk` run is under way. */
export async function timedRun({ bulk, timed, rate }: { bulk: number; timed: number; rate: number }): Promise<number> {
  const world = await ourWorld({ rate, latency: 50, crashes: 0, receiptLoss: 0.001, ...workersFor(rate) });
  const { time, ses } = world;
  if (bulk > 0) await world.run(await world.event(bulk), 'announcement', '2');
  await time.pass(time.now() + 60_000);
  const event = await world.event(timed);
  const before = new Set(ses.accepted.keys());
  const startedAt = time.now();
  const run = await world.run(event, 'reminder', '3');
  const done = async () => (await run()).settledInPass >= timed;
  while (!(await done())) await time.pass(time.now() + 100);
  if (before.size === 0 && bulk > 0) throw new Error('The bulk run had not begun');
  return (time.now() - startedAt) / 1000;
}

/** Fans out to a million people, made page by page as they are read; the seconds it takes, and the heap it needs. */
export async function fanOutMillion({ people, rate, workers }: { people: number; rate: number; workers: number }) {
  const time = virtualTime(START);
  const chance = dice('fan-out');
  const PAGE = 1700;
  const event = anEvent();
  const campaign = aCampaign({ campaignId: '2', kind: 'reminder', trigger: { before: 'start', offset: 'PT1H' } });
  const run = startRun(event, campaign, { occasion: 's1', firedAt: START / 1000, now: START / 1000 });
  const pacer: Pacer = retuned(undefined, { maxSendRate: rate }, START);
  if (!lease(pacer, { count: 1, lane: 'timed', now: START }).granted) throw new Error('A pacer that gives nothing');
  const perShard = people / SHARDS;
  let [messages, met, requests, open, heap] = [0, 0, 0, 0, 0];
  const walks = Array.from(
    { length: SHARDS },
    (_, shard): Outgoing => ({ body: { v: 1, ...ids(run), pass: 1, shard } }),
  );

  const work = async (): Promise<void> => {
    const life = workerLife(time, chance, () => {});
    const into = async (all: readonly Outgoing[]): Promise<void> => {
      for (let from = 0; from < all.length; from += 10)
        await life.call(chance.between(8, 16), () => {
          requests++;
        });
      messages += all.length;
    };
    const task = fanOut({
      chance: (length) => new Uint8Array(length),
      events: { get: () => life.call(5, () => event) },
      campaigns: { get: () => life.call(5, () => campaign) },
      runs: {
        get: () => life.call(5, () => run),
        wait: async () => run,
        tally: (_, __, tally) =>
          life.call(6, () => {
            open += tally.open;
            return run;
          }),
      },
      registrations: {
        page: (eventId, shard, after) =>
          life.call(30, () => {
            const from = Number(after?.from ?? 0);
            const count = Math.min(PAGE, perShard - from);
            met += count;
            heap = Math.max(heap, process.memoryUsage().heapUsed);
            const page = Array.from({ length: count }, () =>
              fromItem(structuredClone(toItem(aRegistration({ eventId, registrationId: newId(chance.bytes) })))),
            );
            return { people: page, ...(from + count < perShard && { after: { from: from + count, shard } }) };
          }),
      },
      pacer: async () => pacer,
      lanes: { timed: into, bulk: into },
      again: async (rest) => void walks.push(...rest),
      // As soon as it is left: the figure is of the walking, not of the minute until somebody goes on with it.
      walks: { leave: async ({ message }) => void walks.push({ body: JSON.parse(message) }) },
      clock: { now: time.now, monotonic: time.now, sleep: life.sleep },
      logger,
      budget: 30,
    });
    for (let walk = walks.shift(); walk; walk = walks.shift()) await task(walk.body as Parameters<typeof task>[0]);
  };
  let busy = workers;
  for (let n = 0; n < workers; n++) void work().then(() => busy--);
  while (busy > 0) await time.pass(time.now() + 100);
  if (met < people || open < people) throw new Error(`Met ${met} people, counted ${open} of ${people}`);
  return { seconds: (time.now() - START) / 1000, heap: heap / MB, messages, requests };
}

const ids = ({ eventId, campaignId, occasion }: ReturnType<typeof startRun>) => ({ eventId, campaignId, occasion });

/** How many clocks are set for an event with so many campaigns and people. */
export async function schedules(campaigns: number, people: number): Promise<number> {
  const { truth } = benchTable(dice('schedules'));
  const event = anEvent();
  const events = eventStore(truth);
  const store = campaignStore(truth);
  const now = START / 1000;
  await events.create(event, aText());
  for (let n = 0; n < people; n++)
    await truth.put({ item: toItem(aRegistration({ eventId: event.eventId })), fact: undefined });
  for (let n = 1; n <= campaigns; n++) {
    const trigger = { before: 'start', offset: `PT${n}H` } as const;
    const input = { name: 'Bench', kind: 'reminder', audience: {}, state: 'active', trigger } as const;
    const made = { event, campaignId: String(n + 1), now: instantAt(now) };
    await store.add(event.eventId, newCampaign(input, made), now);
  }
  const clocks = new Set<string>();
  const scheduler = { put: async ({ name }: { name: string }) => void clocks.add(name), remove: async () => {} };
  const plan = planSchedules({
    events,
    campaigns: store,
    runs: runStore(truth),
    scheduler,
    nudgeStart: async () => {},
    now: () => START,
    logger,
  });
  await plan({ eventId: event.eventId });
  return clocks.size;
}
