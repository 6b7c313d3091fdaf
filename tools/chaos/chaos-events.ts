import { chance, newId, randomWord } from '#shared/domain/ids.ts';
import { apply } from '#shared/domain/registration.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import type { Table } from '#shared/store/table.ts';
import { Failure } from '../local/failure.ts';
import { askApi } from './ask-api.ts';
import { forEach, nothingHeard } from './visitors.ts';
import type { World } from './world.ts';

/** A published event, and a campaign of it that is fired by hand. */
export interface ChaosEvent {
  readonly eventId: string;
  readonly slug: string;
  readonly campaignId: string;
  readonly capacity?: number;
}

const HOUR_MS = 3_600_000;
const wall = (at: number) => new Date(at).toISOString().slice(0, 16);

/** An event, a capped one with a seat for every second person, and one that is over, at which everybody had a place. */
export async function chaosEvents(
  world: World,
  people: number,
): Promise<Record<'open' | 'capped' | 'over', ChaosEvent>> {
  const now = Date.now();
  const ahead = { startsAt: wall(now + 48 * HOUR_MS), endsAt: wall(now + 49 * HOUR_MS) };
  const capacity = Math.ceil(people / 2);
  const joining = { url: 'https://meet.example.org/1' };
  const open = await published(world, ahead);
  const capped = { ...(await published(world, { ...ahead, capacity })), capacity };
  const past = { startsAt: wall(now - 3 * HOUR_MS), endsAt: wall(now - 2 * HOUR_MS), joining };
  const over = await published(world, past);
  await cameTo(over.eventId, people, world.table);
  return { open, capped, over };
}

async function published(world: World, given: object): Promise<ChaosEvent> {
  const heard = nothingHeard();
  const api = askApi(world, heard);
  const slug = `chaos-${crypto.randomUUID()}`;
  const organiser = { name: 'Events', email: 'events@example.org' };
  const event = { title: 'A morning', format: 'online', timeZone: 'UTC', place: 'Webinar', slug, organiser, ...given };
  const made = await api<{ eventId: string }>('/events', event);
  if (!made || !(await api(`/events/${made.eventId}/publish`))) throw new Failure(`No event was made: ${heard.last}`);
  const campaign = { name: 'News', kind: 'announcement', state: 'active', trigger: { manual: true } };
  const news = await api<{ campaignId: string }>(`/events/${made.eventId}/campaigns`, campaign);
  if (!news) throw new Failure(`No campaign was made: ${heard.last}`);
  return { eventId: made.eventId, slug, campaignId: news.campaignId };
}

const IN_TIME = { delay: 0, dropped: false };

async function cameTo(eventId: string, people: number, table: Table): Promise<void> {
  const registrations = registrationStore(table);
  await forEach(
    Array.from({ length: people }, (_, n) => n),
    async (n) => {
      const who = {
        eventId,
        registrationId: newId(chance),
        linkSeed: randomWord(16, chance),
        source: 'organiser',
      } as const;
      const named = { ...who, name: `Person ${n}`, email: `person${n}@${eventId}.example.org` };
      await registrations.add(apply(named, false, new Date().toISOString(), IN_TIME), {}, randomWord(20, chance));
    },
  );
}
