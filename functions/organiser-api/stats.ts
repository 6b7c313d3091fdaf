import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { attendanceView } from './attendance-view.ts';
import type { Deps } from './deps.ts';
import { statsDocs } from './event-docs.ts';
import { found } from './no-such-event.ts';
import { EventPath } from './paths.ts';
import { campaignStats } from './stats-view.ts';

/** What was counted already: four readings, however many people there are. Who came is counted once, when it is final. */
export const stats = ({ events, runs, seats, attendance, now: clock }: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/stats',
    { path: EventPath, scope: 'events:read', docs: statsDocs },
    async ({ path: { eventId } }) => {
      const event = found(await events.get(eventId, { consistent: true }));
      const { capacity, state } = event;
      const now = Math.floor(clock() / 1000);
      const isTold = state === 'published';
      const [all, counted, came] = await Promise.all([
        runs.ofEvent(eventId),
        capacity === undefined ? undefined : seats.get(eventId),
        isTold ? attendance.counts(event, now) : undefined,
      ]);
      const seated = counted && { seats: { capacity, taken: counted.taken, waiting: counted.waiting } };
      const told = isTold && { attendance: attendanceView(event, now, came) };
      return ok({ ...seated, ...told, campaigns: campaignStats(all) });
    },
  );
