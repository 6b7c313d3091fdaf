import { requestMail } from '#shared/domain/change-registration.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { accepted } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { mailNames } from './mail-names.ts';
import { found } from './no-such-event.ts';
import { RegistrationPath } from './paths.ts';
import { resendDocs } from './registration-docs.ts';
import { registrationView } from './registration-view.ts';

export const NOBODY = 'There is no such registration';

export const resend = ({ events, registrations, campaigns, now, chance }: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/registrations/{registrationId}/resend',
    { path: RegistrationPath, scope: 'registrations:write', docs: resendDocs },
    async ({ path: { eventId, registrationId } }) => {
      const person = found(await registrations.get(eventId, registrationId), NOBODY);
      const event = found(await events.get(eventId));
      const epoch = Math.floor(now() / 1000);
      const wish = { kind: 'resend', now: epoch, chance: randomWord(6, chance) } as const;
      const row = found(await registrations.revise(person, (current) => requestMail(current, wish)), NOBODY);
      const around = { event, names: mailNames(await campaigns.list(eventId)), now: epoch };
      return accepted(registrationView(row, await registrations.details(eventId, registrationId), around));
    },
  );
