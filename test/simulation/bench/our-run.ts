import { readDelivery } from '#shared/domain/delivery.ts';
import { ALL_SHARDS, shardKey } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { type OurWorld, ourWorld, workersFor } from './our-way.ts';
import { type Outcome, shareOf } from './outcome.ts';

export interface Spec {
  readonly name: string;
  readonly people: number;
  readonly rate: number;
  readonly latency: number;
  readonly crashes: number;
  readonly receiptLoss: number;
}

const LOOK = 20_000;
const HOUR = 3_600_000;

/** A reminder, the kind that is sent again once when in doubt, to everybody of one event; until its run is finished. */
export async function ourRun(spec: Spec & { workers?: { lanes: number; receipts: number } }): Promise<Outcome> {
  const began = performance.now();
  const { people, rate } = spec;
  const world = await ourWorld({ ...spec, ...(spec.workers ?? workersFor(rate)) });
  const { time, ses, used, table } = world;
  const event = await world.event(people);
  const before = { ...used, ...table.used };
  const startedAt = time.now();
  const run = await world.run(event, 'reminder', '2');
  // The put of the run itself belongs to it.
  const deadline = startedAt + (people / rate) * 1100 + 3 * HOUR;
  const quiet = () => Object.values(world.queues).every((queue) => queue.size() === 0);
  while (((await run()).finishedAt === undefined || !quiet()) && time.now() < deadline)
    await time.pass(time.now() + LOOK);

  const key = `2@${(await run()).occasion}`;
  let [duplicates, lost, held] = [0, 0, 0];
  for (const row of await rowsOf(world, event.eventId)) {
    const sends = ses.accepted.get(String(row.registrationId)) ?? 0;
    if (sends > 1) duplicates += sends - 1;
    const entry = (row.deliveries as Record<string, string>)[key];
    const state = entry === undefined ? 'none' : readDelivery(entry).state;
    if (state === 'held') held++;
    else if (sends === 0 && state !== 'failed') lost++;
  }
  const { throttled, lastAt, peak } = ses.figures();
  const sends = ses.accepted.size + duplicates;
  return {
    ...spec,
    share: shareOf(ses.calls, rate),
    doubts: sends - world.writtenDown(),
    peak,
    throttled: throttled / ses.calls.length,
    last: (lastAt - startedAt) / 1000,
    duplicates,
    lost,
    held,
    crashed: used.crashes,
    atWorst:
      used.queueRequests -
      before.queueRequests +
      Object.values(world.queues).reduce((sum, q) => sum + q.used.atWorst, 0),
    usage: {
      mails: sends,
      writeUnits: table.used.writeUnits - before.writeUnits,
      readUnits: table.used.readUnits - before.readUnits,
      queueRequests: used.queueRequests - before.queueRequests,
      invocations: used.invocations - before.invocations,
      lambdaSeconds: used.lambdaSeconds - before.lambdaSeconds,
    },
    took: (performance.now() - began) / 1000,
  };
}

async function rowsOf({ table }: OurWorld, eventId: string): Promise<Item[]> {
  const rows: Item[] = [];
  for (const shard of ALL_SHARDS) {
    const { items } = await table.truth.query({
      partition: shardKey(eventId, shard),
      prefix: 'REG#',
      limit: 10_000_000,
    });
    rows.push(...items);
  }
  return rows;
}
