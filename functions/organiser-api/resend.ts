import { PER_PERSON } from '#shared/domain/api-rates.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { sendAgain } from '#shared/domain/send-again.ts';
import { accepted } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { ensureSeldom } from './limit-key.ts';
import { found } from './no-such-event.ts';
import { RegistrationPath } from './paths.ts';
import { resendDocs } from './registration-docs.ts';
import { showRegistration, tagOf } from './show-registration.ts';

export const NOBODY = 'There is no such registration';

export const resend = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/registrations/{registrationId}/resend',
    { path: RegistrationPath, scope: 'registrations:write', rate: 'mail', docs: resendDocs },
    async ({ path: { eventId, registrationId }, event: request }) => {
      const { registrations, now, chance } = deps;
      const person = found(await registrations.get(eventId, registrationId), NOBODY);
      await ensureSeldom(deps, {
        scope: `resend#${eventId}#${registrationId}`,
        rate: PER_PERSON.resend,
        what: 'This person was sent their registration again three times within the hour',
      });
      const wish = { kind: 'resend', now: Math.floor(now() / 1000), chance: randomWord(6, chance) } as const;
      const row = found(await registrations.revise(person, (current) => sendAgain(current, wish)), NOBODY);
      return accepted(await showRegistration(deps, row, request), tagOf(row));
    },
  );
