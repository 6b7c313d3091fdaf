import { Refusal } from '#shared/domain/errors.ts';
import { type Event, type EventText, Slug } from '#shared/domain/event.ts';
import { isListed } from '#shared/domain/search.ts';
import type { Seats } from '#shared/domain/seats.ts';
import type { EventCursor, EventReads } from '#shared/store/event-reads.ts';
import type { SeatStore } from '#shared/store/seats.ts';
import { shortMemory } from './short-memory.ts';

/** An event with all that its page says. */
interface ShownEvent {
  readonly event: Event;
  readonly text: EventText;
  readonly seats: Seats | undefined;
}

/** The events anybody can find, and the seats of those that count them. */
export interface Listing {
  readonly events: readonly Event[];
  readonly seats: ReadonlyMap<string, Seats>;
}

export interface Programme {
  /** At most ten seconds old. */
  listing(): Promise<Listing>;
  /** At most five seconds old. Throws `not-found`; a draft is not there yet. */
  event(slug: string): Promise<ShownEvent>;
  /** Every event whose people are still kept, unlisted ones too; at most ten seconds old. */
  kept(): Promise<readonly Event[]>;
  /** As it is now, for a decision. Throws `not-found`. */
  eventNow(slug: string): Promise<ShownEvent>;
}

interface Deps {
  readonly events: Pick<EventReads, 'withText' | 'list'>;
  readonly seats: Pick<SeatStore, 'get' | 'getMany'>;
  readonly now: () => number;
}

/** What visitors may see of the events, read through a short memory: pages are read far more often than they change. */
export function programme({ events, seats, now }: Deps): Programme {
  const eventNow = async (slug: string): Promise<ShownEvent> => {
    const found = Slug.safeParse(slug).success ? await events.withText(slug) : undefined;
    if (!found || found.event.state === 'draft') throw new Refusal('not-found', 'There is no such event');
    const { event, text } = found;
    const taken = await seatsOf(event);
    if (!text) throw new Error(`The texts of event ${event.eventId} are gone`);
    return { event, text, seats: taken };
  };
  const seatsOf = async ({ eventId, capacity }: Event) =>
    capacity === undefined ? undefined : seats.get(eventId, { consistent: false });

  const readListing = async (): Promise<Listing> => {
    const listed = (await readAll(events)).filter(isListed);
    const capped = listed.filter(
      ({ capacity, endInstant }) => capacity !== undefined && Date.parse(endInstant) > now(),
    );
    return { events: listed, seats: await seats.getMany(capped.map(({ eventId }) => eventId)) };
  };
  const readKept = async () =>
    (await readAll(events)).filter(({ state, purgedAt }) => state !== 'draft' && purgedAt === undefined);
  const kept = shortMemory(readKept, { ms: 10_000, most: 1, now });
  const listing = shortMemory(readListing, { ms: 10_000, most: 1, now });
  return {
    eventNow,
    event: shortMemory(eventNow, { ms: 5000, most: 200, now }),
    listing: () => listing('all'),
    kept: () => kept('all'),
  };
}

async function readAll(events: Deps['events']): Promise<Event[]> {
  const all: Event[] = [];
  let after: EventCursor | undefined;
  do {
    const page = await events.list({ after });
    all.push(...page.events);
    after = page.after;
  } while (after);
  return all;
}
