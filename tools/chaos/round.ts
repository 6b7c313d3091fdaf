import { Failure } from '../local/failure.ts';
import { askApi } from './ask-api.ts';
import { type ChaosEvent, chaosEvents } from './chaos-events.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { FaultSet } from './fault-sets.ts';
import { importReport } from './import-report.ts';
import { onceSettled, type Stock } from './take-stock.ts';
import { forEach, type Heard, insist, nothingHeard } from './visitors.ts';
import type { World } from './world.ts';

/** What a round came to. */
export interface Outcome extends Stock {
  readonly heard: Heard;
  readonly struck: number;
  /** Seconds: how long the import took, and how long until everything was settled once the faults had stopped. */
  readonly imported: number | undefined;
  readonly settled: number | undefined;
}

interface Proxies {
  readonly aws: FaultProxy;
  readonly ses: FaultProxy;
}

/** One set of faults: people register, a report is imported, everybody is written to, all of it while AWS fails. */
export async function round(
  world: World,
  { aws, ses }: Proxies,
  { set, people, divisor }: { set: FaultSet; people: number; divisor: number },
): Promise<Outcome> {
  const { open, capped, over } = await chaosEvents(world, people);
  const events = [open, capped];
  const heard = nothingHeard();
  await Promise.all([aws.fail(set.aws), ses.fail(set.ses)]);
  if (set.name === 'cold-start') await world.startAnew();
  const importing = importReport(world, { eventId: over.eventId, people, heard });
  const acknowledged = await register(world, { events, people, heard });
  for (const { eventId, campaignId } of events) {
    const trigger = `/events/${eventId}/campaigns/${campaignId}/trigger`;
    if (!(await askApi(world, heard)(trigger, {}))) throw new Failure(`No run was begun: ${heard.last}`);
  }
  const imported = await importing;
  const struck = (await aws.struck()) + (await ses.struck());
  await Promise.all([aws.fail([]), ses.fail([])]);
  return { ...(await onceSettled(world, { events, over, people, acknowledged, divisor })), heard, struck, imported };
}

/** Whose registration was acknowledged, by event. */
async function register(
  { siteUrl }: World,
  { events, people, heard }: { events: readonly ChaosEvent[]; people: number; heard: Heard },
): Promise<Map<string, string[]>> {
  const acknowledged = new Map(events.map(({ eventId }): [string, string[]] => [eventId, []]));
  const wishes = events.flatMap((event) => Array.from({ length: people }, (_, n) => ({ ...event, n })));
  await forEach(wishes, async ({ slug, eventId, n }) => {
    const email = `person${n}@${slug}.example.org`;
    const request = { path: `/api/v1/events/${slug}/register`, body: { name: `Person ${n}`, email } };
    if (await insist({ siteUrl, heard }, request)) acknowledged.get(eventId)?.push(email);
  });
  return acknowledged;
}
