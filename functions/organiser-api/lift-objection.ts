import { liftObjection as lift } from '#shared/domain/object-to-move.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { RegistrationPath } from './paths.ts';
import { liftObjectionDocs } from './registration-docs.ts';
import { NOBODY } from './resend.ts';
import { showRegistration, tagOf } from './show-registration.ts';

/** Decides about an objection to a move: the address may change again, and whoever objected has been heard. */
export const liftObjection = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/registrations/{registrationId}/lift-objection',
    { path: RegistrationPath, scope: 'registrations:write', docs: liftObjectionDocs },
    async ({ path: { eventId, registrationId }, event: request }) => {
      const person = found(await deps.registrations.get(eventId, registrationId), NOBODY);
      const row = found(await deps.registrations.revise(person, lift), NOBODY);
      return ok(await showRegistration(deps, row, request), tagOf(row));
    },
  );
