import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { type Event, phaseOf } from '#shared/domain/event.ts';
import { MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { epochOf } from '#shared/domain/time.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { eventReads } from '#shared/store/event-reads.ts';
import { ALL_SHARDS, shardKey } from '#shared/store/keys.ts';
import { runStore } from '#shared/store/runs.ts';
import type { Ahead } from '../judge/pace.ts';
import type { HeldFacts } from '../judge/runs.ts';
import { once, output, type Patient } from '../patient.ts';
import { readArmed } from './due.ts';

const DAY = 86_400_000;
/** Events that are looked at at most, and how many of the next ones have their people counted. */
const MOST = 500;
const COUNTED = 40;
/** In an event with more people one eighth is counted, and the rest reckoned: counting reads every row. */
const COUNT_ALL_BELOW = 4000;

/** Events from a week after their end on, into the future: the latest start first. */
export const readEvents = once(async ({ table, now }: Patient): Promise<Event[]> => {
  const { list } = eventReads(table);
  const found: Event[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await list({ limit: 100, after, descending: true });
    const recent = page.events.filter(({ endInstant }) => Date.parse(endInstant) > now - 7 * DAY);
    found.push(...recent);
    after = recent.length === 0 ? undefined : page.after;
  } while (after && found.length < MOST);
  return found;
});

/** Published events that are not over. */
export const upcoming = (events: readonly Event[], now: number): Event[] =>
  events.filter((event) => event.state === 'published' && phaseOf(event, now) !== 'ended');

/** What the campaigns that will fire reach at most: everybody with a place, of the next events. */
export async function readAhead(patient: Patient): Promise<Ahead[]> {
  const [events, armed] = await Promise.all([readEvents(patient), readArmed(patient)]);
  const next = events.filter(({ eventId }) => armed.some((each) => each.eventId === eventId)).slice(-COUNTED);
  const found: Ahead[] = [];
  for (const event of next) {
    const { people, about } = await peopleOf(patient, event);
    if (people === 0) continue;
    const clock = { start: epochOf(event.startInstant), end: epochOf(event.endInstant) };
    for (const { kind, dueAt } of await campaignStore(patient.table).list(event.eventId)) {
      if (dueAt === undefined) continue;
      const notAfter = MAIL_RULES[kind].notAfter({ ...clock, owedSince: dueAt });
      found.push({ slug: event.slug, kind, dueAt, notAfter, people, about });
    }
  }
  return found;
}

async function peopleOf(patient: Patient, { eventId }: Event): Promise<{ people: number; about: boolean }> {
  const [first = 0, ...others] = ALL_SHARDS;
  const one = await confirmedIn(patient, { eventId, shard: first });
  if (one * ALL_SHARDS.length > COUNT_ALL_BELOW) return { people: one * ALL_SHARDS.length, about: true };
  const rest = await Promise.all(others.map((shard) => confirmedIn(patient, { eventId, shard })));
  return { people: rest.reduce((sum, n) => sum + n, one), about: false };
}

async function confirmedIn(patient: Patient, { eventId, shard }: { eventId: string; shard: number }): Promise<number> {
  const input = {
    TableName: output(patient, 'TableName'),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :registrations)',
    FilterExpression: '#status = :confirmed',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':pk': shardKey(eventId, shard), ':registrations': 'REG#', ':confirmed': 'confirmed' },
    Select: 'COUNT' as const,
  };
  let total = 0;
  for await (const { Count = 0 } of paginateQuery({ client: patient.aws.dynamo }, input)) total += Count;
  return total;
}

/** Held mails in the runs of recent and coming events. */
export async function readHeld(patient: Patient): Promise<HeldFacts> {
  const events = (await readEvents(patient)).slice(-100);
  const runs = await Promise.all(events.map(({ eventId }) => runStore(patient.table).ofEvent(eventId)));
  const held = runs.flat().flatMap(({ eventId, campaignId, occasion, shards }) => {
    const mails = Object.values(shards).reduce((sum, tally) => sum + tally.held, 0);
    return mails > 0 ? [{ eventId, campaignId, runId: occasion, mails }] : [];
  });
  return { looked: events.length, held };
}
