import { revisionOf } from '#shared/domain/correct.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { etagOf } from '#shared/http/if-match.ts';
import type { Deps } from './deps.ts';
import { mailNames } from './mail-names.ts';
import { found } from './no-such-event.ts';
import { type RegistrationView, registrationView } from './registration-view.ts';

/** A person as the organiser sees them, with what they answered. */
export async function showRegistration(
  { events, registrations, campaigns, now }: Pick<Deps, 'events' | 'registrations' | 'campaigns' | 'now'>,
  row: Registration,
): Promise<RegistrationView> {
  const { eventId, registrationId } = row;
  const [event, details, all] = await Promise.all([
    events.get(eventId),
    registrations.details(eventId, registrationId),
    campaigns.list(eventId),
  ]);
  return registrationView(row, details, { event: found(event), names: mailNames(all), now: Math.floor(now() / 1000) });
}

/** The tag that their next edit must name. */
export const tagOf = (row: Registration) => ({ etag: etagOf(revisionOf(row)) });
