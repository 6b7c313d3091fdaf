import { finalise } from '#shared/domain/finalise-attendance.ts';
import { ok } from '#shared/http/reply.ts';
import { type RouteInput, route } from '#shared/http/route.ts';
import { finaliseDocs } from './attendance-docs.ts';
import { attendanceView } from './attendance-view.ts';
import type { Deps } from './deps.ts';
import { EventPath } from './paths.ts';
import { readWhole, revise } from './whole-event.ts';

/** Who came is final from now on; a repeat finds it so. */
export const finaliseAttendance = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/attendance/finalise',
    { path: EventPath, scope: 'registrations:write', docs: finaliseDocs, again: seen(deps) },
    async ({ path: { eventId } }) => {
      const now = Math.floor(deps.now() / 1000);
      const { event } = await revise(deps, eventId, 'any', ({ event: current, text }) => {
        const next = finalise(current, now);
        return next && { event: next, text, fact: 'event.changed' };
      });
      return ok(attendanceView(event, now));
    },
  );

const seen =
  (deps: Deps) =>
  async ({ path }: RouteInput) => {
    const { event } = await readWhole(deps, EventPath.parse(path).eventId);
    return ok(attendanceView(event, Math.floor(deps.now() / 1000)));
  };
