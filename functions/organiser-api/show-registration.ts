import type { ApiKey } from '#shared/domain/api-key.ts';
import { revisionOf } from '#shared/domain/correct.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { etagOf } from '#shared/http/if-match.ts';
import type { HttpEvent } from '#shared/http/reply.ts';
import type { Deps } from './deps.ts';
import { mailNames } from './mail-names.ts';
import { found } from './no-such-event.ts';
import { type RegistrationReceipt, type RegistrationView, registrationView } from './registration-view.ts';

type ShowDeps = Pick<Deps, 'events' | 'registrations' | 'campaigns' | 'now'>;

/** Whether this key may see people: their names, addresses and what they answered. */
export const seesPeople = (caller: Pick<ApiKey, 'scopes'> | undefined): boolean =>
  caller?.scopes.includes('registrations:read') ?? false;

/**
 * A person as whoever asks may see them: with all they said, or, where the key only acts on people, that they are there and
 * how things stand. No answer about one person is made anywhere else, so none can forget to ask.
 */
export async function showRegistration(
  { events, registrations, campaigns, now }: ShowDeps,
  row: Registration,
  { caller }: Pick<HttpEvent, 'caller'>,
): Promise<RegistrationView | RegistrationReceipt> {
  const { eventId, registrationId, status } = row;
  if (!seesPeople(caller)) return { registrationId, eventId, status, revision: revisionOf(row) };
  const [event, details, all] = await Promise.all([
    events.get(eventId),
    registrations.details(eventId, registrationId),
    campaigns.list(eventId),
  ]);
  return registrationView(row, details, { event: found(event), names: mailNames(all), now: Math.floor(now() / 1000) });
}

/** The tag that their next edit must name. */
export const tagOf = (row: Registration) => ({ etag: etagOf(revisionOf(row)) });
