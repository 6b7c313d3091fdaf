import { Refusal } from '#shared/domain/errors.ts';
import { type Event, phaseOf } from '#shared/domain/event.ts';
import { newRemoval } from '#shared/domain/job.ts';
import { newJobId } from '#shared/domain/job-id.ts';
import { Removal } from '#shared/domain/removal.ts';
import { accepted } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { FirstJobNudge } from '#shared/queue/messages.ts';
import type { Deps } from './deps.ts';
import { removeRegistrationsDocs } from './job-docs.ts';
import { jobAddress, jobView } from './job-view.ts';
import { found } from './no-such-event.ts';
import { EventPath } from './paths.ts';

/** Finds out whom a filter means, for them to be cancelled or erased without mail; nothing changes before that is applied. */
export const removeRegistrations = ({ events, jobs, workOn, siteUrl, chance, now: clock }: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/registrations/remove',
    { path: EventPath, body: Removal, scope: 'registrations:write', docs: removeRegistrationsDocs },
    async ({ path: { eventId }, body }) => {
      ensureRemovable(found(await events.get(eventId, { consistent: true })), body, clock());
      const job = newRemoval(newJobId(eventId, chance), body, Math.floor(clock() / 1000));
      await jobs.add(job);
      await workOn([{ body: { v: 1, jobId: job.jobId } satisfies FirstJobNudge }]);
      return accepted(jobView(job, { siteUrl }), { location: jobAddress(job.jobId) });
    },
  );

/** As of one person: who had a place at what is over keeps it, and is erased at any time. `at` in epoch milliseconds. */
export function ensureRemovable(event: Event, { action }: Pick<Removal, 'action'>, at: number): void {
  if (action === 'cancel' && phaseOf(event, at) === 'ended') throw new Refusal('event-over', 'The event has ended');
}
