import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { statsDocs } from './event-docs.ts';
import { found } from './no-such-event.ts';
import { EventPath } from './paths.ts';
import { campaignStats } from './stats-view.ts';

/** What was counted already: three readings, however many people there are. */
export const stats = ({ events, runs, seats }: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/stats',
    { path: EventPath, scope: 'events:read', docs: statsDocs },
    async ({ path: { eventId } }) => {
      const { capacity } = found(await events.get(eventId));
      const [all, counted] = await Promise.all([
        runs.ofEvent(eventId),
        capacity === undefined ? undefined : seats.get(eventId),
      ]);
      const seated = counted && { seats: { capacity, taken: counted.taken, waiting: counted.waiting } };
      return ok({ ...seated, campaigns: campaignStats(all) });
    },
  );
