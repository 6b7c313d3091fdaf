import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { mailNames } from './mail-names.ts';
import { found } from './no-such-event.ts';
import { RegistrationPath } from './paths.ts';
import { readSurroundings } from './read-outlook.ts';
import { timelineDocs } from './registration-docs.ts';
import { NOBODY } from './resend.ts';
import { aheadOf } from './timeline-ahead.ts';
import { pastOf } from './timeline-past.ts';
import type { TimelineEntry } from './timeline-view.ts';

/** "Why did she not get it?": what happened to one person, and what is to come. */
export const timeline = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/registrations/{registrationId}/timeline',
    { path: RegistrationPath, scope: 'registrations:read', docs: timelineDocs },
    async ({ path: { eventId, registrationId } }) => {
      const event = found(await deps.events.get(eventId, { consistent: true }));
      const row = found(await deps.registrations.get(eventId, registrationId), NOBODY);
      const around = await readSurroundings(deps, event);
      const [campaigns, runs] = await Promise.all([deps.campaigns.list(eventId), deps.runs.ofEvent(eventId)]);
      const names = mailNames(campaigns);
      const entries = [...pastOf(row, names), ...aheadOf(row, { campaigns, runs, names, around })];
      return ok({ registrationId, entries: inOrder(entries, around.now) });
    },
  );

/** Oldest first; what has no time of its own is so at present. */
function inOrder(entries: readonly TimelineEntry[], now: number): TimelineEntry[] {
  const placeOf = ({ at }: TimelineEntry) => (at === undefined ? now * 1000 : Date.parse(at));
  return [...entries].sort((a, b) => placeOf(a) - placeOf(b));
}
