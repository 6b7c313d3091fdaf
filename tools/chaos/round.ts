import { chance, newId, randomWord } from '#shared/domain/ids.ts';
import { apply } from '#shared/domain/registration.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import type { Table } from '#shared/store/table.ts';
import { Failure } from '../local/failure.ts';
import { compare } from './compare.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { FaultSet } from './fault-sets.ts';
import { importReport } from './import-report.ts';
import { forEach, type Heard, insist, nothingHeard } from './visitors.ts';
import { acceptedMails, sweepNow, type World, waitingIn } from './world.ts';

const HOUR_MS = 3_600_000;
const wall = (at: number) => new Date(at).toISOString().slice(0, 16);

/** What a round came to. */
export interface Outcome {
  readonly heard: Heard;
  readonly struck: number;
  /** Seconds: how long the import took, and how long until everything was settled once the faults had stopped. */
  readonly imported: number | undefined;
  readonly settled: number | undefined;
  readonly registered: number;
  readonly mails: number;
  readonly wrong: readonly string[];
}

interface Proxies {
  readonly aws: FaultProxy;
  readonly ses: FaultProxy;
}
const SETTLES_WITHIN_S = 240;

/** One set of faults: people register, a report is imported, everybody is written to, all of it while AWS fails. */
export async function round(
  world: World,
  { aws, ses }: Proxies,
  { set, people }: { set: FaultSet; people: number },
): Promise<Outcome> {
  const registrations = registrationStore(world.table);
  const calm = nothingHeard();
  const api = <Body>(heard: Heard, path: string, body?: unknown) =>
    insist<Body>(
      { siteUrl: world.siteUrl, heard },
      {
        path: `/api/v1${path}`,
        headers: { authorization: `Bearer ${world.apiKey}`, 'idempotency-key': crypto.randomUUID() },
        ...(body !== undefined && { body }),
      },
    );
  const publish = async (given: object) => {
    const slug = `chaos-${crypto.randomUUID()}`;
    const event = { title: 'A morning', format: 'online', timeZone: 'UTC', place: 'Webinar', slug, ...given };
    const made = await api<{ eventId: string }>(calm, '/events', {
      ...event,
      organiser: { name: 'Events', email: 'events@example.org' },
    });
    if (!made || !(await api(calm, `/events/${made.eventId}/publish`)))
      throw new Failure(`No event was made: ${calm.last}`);
    const campaign = { name: 'News', kind: 'announcement', state: 'active', trigger: { manual: true } };
    const { campaignId } =
      (await api<{ campaignId: string }>(calm, `/events/${made.eventId}/campaigns`, campaign)) ?? {};
    return { eventId: made.eventId, slug, campaignId: String(campaignId) };
  };
  const now = Date.now();
  const ahead = { startsAt: wall(now + 48 * HOUR_MS), endsAt: wall(now + 49 * HOUR_MS) };
  const [open, capped] = [await publish(ahead), await publish({ ...ahead, capacity: Math.ceil(people / 2) })];
  const joining = { url: 'https://meet.example.org/1' };
  const over = await publish({ startsAt: wall(now - 3 * HOUR_MS), endsAt: wall(now - 2 * HOUR_MS), joining });
  await cameTo(over.eventId, people, world.table);

  const heard = nothingHeard();
  await Promise.all([aws.fail(set.aws), ses.fail(set.ses)]);
  if (set.name === 'cold-start') await world.startAnew();
  const acknowledged = new Map([open, capped].map(({ eventId }) => [eventId, [] as string[]]));
  const wishes = [open, capped].flatMap((event) => Array.from({ length: people }, (_, n) => ({ event, n })));
  const importing = importReport(world, { eventId: over.eventId, people, heard });
  await forEach(wishes, async ({ event: { slug, eventId }, n }) => {
    const email = `person${n}@${slug}.example.org`;
    const request = { path: `/api/v1/events/${slug}/register`, body: { name: `Person ${n}`, email } };
    if (await insist({ siteUrl: world.siteUrl, heard }, request)) acknowledged.get(eventId)?.push(email);
  });
  for (const { eventId, campaignId } of [open, capped]) {
    if (!(await api(heard, `/events/${eventId}/campaigns/${campaignId}/trigger`, {})))
      throw new Failure(`No run was begun: ${heard.last}`);
  }
  const imported = await importing;
  const struck = (await aws.struck()) + (await ses.struck());
  await Promise.all([aws.fail([]), ses.fail([])]);

  const account = async () => {
    const all = await Promise.all(
      [open, capped].map(async ({ eventId, slug, campaignId }) => {
        const rows = (await registrations.list(eventId, { limit: 10_000 })).people;
        const mails = await acceptedMails(world, slug);
        const capacity = eventId === capped.eventId ? Math.ceil(people / 2) : undefined;
        const wrong = compare({
          acknowledged: acknowledged.get(eventId) ?? [],
          rows,
          mails,
          campaigns: ['1', campaignId],
          capacity,
        });
        return { rows, mails, wrong };
      }),
    );
    const minutes = (await registrations.list(over.eventId, { limit: 10_000 })).people.filter(
      (row) => row.minutes !== undefined,
    );
    const missed = people - minutes.length;
    return {
      registered: all.flatMap(({ rows }) => rows).length,
      mails: all.flatMap(({ mails }) => mails).length,
      wrong: [
        ...all.flatMap(({ wrong }) => wrong),
        ...(missed > 0 ? [`of the report, ${missed} people have no minutes`] : []),
      ],
    };
  };
  const began = performance.now();
  const passed = () => Math.round((performance.now() - began) / 1000);
  for (;;) {
    const [found, waiting] = [await account(), await waitingIn(world)];
    const wrong = [...found.wrong, ...waiting];
    if (wrong.length === 0 || passed() > SETTLES_WITHIN_S) {
      return { ...found, wrong, heard, struck, imported, settled: wrong.length === 0 ? passed() : undefined };
    }
    await sweepNow(world);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

const IN_TIME = { delay: 0, dropped: false };

/** People who had a place at an event that is over. */
async function cameTo(eventId: string, people: number, table: Table): Promise<void> {
  const registrations = registrationStore(table);
  await forEach(
    Array.from({ length: people }, (_, n) => n),
    async (n) => {
      const who = {
        eventId,
        registrationId: newId(chance),
        name: `Person ${n}`,
        email: `person${n}@${eventId}.example.org`,
      };
      const row = apply({ ...who, linkSeed: randomWord(16, chance) }, false, new Date().toISOString(), IN_TIME);
      await registrations.add(row, {}, randomWord(20, chance));
    },
  );
}
