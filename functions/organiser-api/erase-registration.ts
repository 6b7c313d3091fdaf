import { erase } from '#shared/domain/erase.ts';
import { noContent } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { RegistrationPath } from './paths.ts';
import { eraseRegistrationDocs } from './registration-docs.ts';
import { NOBODY } from './resend.ts';

/** Erases somebody who asked for it: nobody mails them from the first write on, and then every other trace goes. */
export const eraseRegistration = ({ registrations, eraser, now }: Deps) =>
  route(
    'DELETE',
    '/api/v1/events/{eventId}/registrations/{registrationId}',
    { path: RegistrationPath, scope: 'registrations:write', docs: eraseRegistrationDocs },
    async ({ path: { eventId, registrationId } }) => {
      const person = await registrations.get(eventId, registrationId);
      if (person) await registrations.revise(person, (current) => erase(current, Math.floor(now() / 1000)));
      // Whoever repeats the request takes up what the first left undone.
      const tombstone = await registrations.tombstone(eventId, registrationId);
      if (!person) found(tombstone, NOBODY);
      if (tombstone) {
        await eraser.removeTraces(tombstone);
        await eraser.removeRow(tombstone);
      }
      return noContent();
    },
  );
