import { cancel } from '#shared/domain/change-registration.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { phaseOf } from '#shared/domain/event.ts';
import { instantAt } from '#shared/domain/time.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { RegistrationPath } from './paths.ts';
import { cancelRegistrationDocs } from './registration-docs.ts';
import { NOBODY } from './resend.ts';
import { showRegistration, tagOf } from './show-registration.ts';

/** Gives up somebody's place for them; they are told, and the next in line gets it. */
export const cancelRegistration = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/registrations/{registrationId}/cancel',
    { path: RegistrationPath, scope: 'registrations:write', docs: cancelRegistrationDocs },
    async ({ path: { eventId, registrationId }, event: request }) => {
      const event = found(await deps.events.get(eventId, { consistent: true }));
      const person = found(await deps.registrations.get(eventId, registrationId), NOBODY);
      if (phaseOf(event, deps.now()) === 'ended') throw new Refusal('event-over', 'The event has ended');
      const now = instantAt(Math.floor(deps.now() / 1000));
      const row = found(await deps.registrations.revise(person, (current) => cancel(current, now)), NOBODY);
      return ok(await showRegistration(deps, row, request), tagOf(row));
    },
  );
