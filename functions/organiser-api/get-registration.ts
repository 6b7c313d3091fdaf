import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { RegistrationPath } from './paths.ts';
import { getRegistrationDocs } from './registration-docs.ts';
import { NOBODY } from './resend.ts';
import { showRegistration, tagOf } from './show-registration.ts';

/** One person: all that is kept about them, for who asks. */
export const getRegistration = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/registrations/{registrationId}',
    { path: RegistrationPath, scope: 'registrations:read', docs: getRegistrationDocs },
    async ({ path: { eventId, registrationId }, event: request }) => {
      const row = found(await deps.registrations.get(eventId, registrationId), NOBODY);
      return ok(await showRegistration(deps, row, request), tagOf(row));
    },
  );
