import * as z from 'zod';
import type { Event } from '#shared/domain/event.ts';
import { Id } from '#shared/domain/ids.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { afterEvent } from '#shared/store/event-reads.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Deps } from './deps.ts';
import { listEventsDocs } from './event-docs.ts';
import { EventQuery, wantedBy } from './event-query.ts';
import { eventSummary } from './event-view.ts';
import { walk } from './walk.ts';

const BATCH = 100;
const MOST_READ = 1000;

/** The last event looked at. */
const Position = z.tuple([z.iso.datetime(), Id]);

export const listEvents = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events',
    { query: EventQuery, scope: 'events:read', docs: listEventsDocs },
    async ({ query, event: { caller } }) => {
      const { cursor, limit, ...filters } = query;
      const narrows = caller?.events !== undefined || Object.keys(filters).length > 0;
      const listing = JSON.stringify(['events', ...Object.entries(filters).sort()]);
      const position = readCursor(cursor, listing, Position);
      const { items, last } = await walk<Event, Record<string, unknown>>({
        from: position && afterEvent({ startInstant: position[0], eventId: position[1] }),
        read: async (after) => {
          const page = await deps.events.list({ limit: narrows ? BATCH : limit, after });
          return { items: page.events, next: page.after };
        },
        keep: wantedBy(filters, { now: deps.now(), reach: caller?.events }),
        limit,
        mostRead: MOST_READ,
      });
      const counted = await deps.seats.getMany(items.filter(isCapped).map(({ eventId }) => eventId));
      return ok({
        events: items.map((event) => eventSummary(event, { ...deps, seats: counted.get(event.eventId) })),
        ...(last && { next: writeCursor([last.startInstant, last.eventId], listing) }),
      });
    },
  );

const isCapped = ({ capacity }: Event) => capacity !== undefined;
