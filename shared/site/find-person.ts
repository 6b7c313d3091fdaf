import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { type LinkKeys, type LinkPurpose, linkHolder, readLink, verifyLink } from '#shared/domain/link.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { EventReads } from '#shared/store/event-reads.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

/** Whoever holds a personal link, with what the link is about. */
export interface LinkHolderFound {
  readonly event: Event;
  readonly registration: Registration;
  readonly keys: LinkKeys;
}

interface Deps {
  readonly events: Pick<EventReads, 'get'>;
  readonly registrations: Pick<RegistrationStore, 'get'>;
  readonly linkKeys: () => Promise<LinkKeys>;
}

/** The person behind a link for this purpose. Throws the same `not-found` for everything that can be wrong with it. */
export async function findPerson(deps: Deps, purpose: LinkPurpose, token = ''): Promise<LinkHolderFound> {
  const claim = readLink(token);
  if (!claim) throw nobody();
  const [keys, row] = await Promise.all([deps.linkKeys(), deps.registrations.get(claim.eventId, claim.registrationId)]);
  if (!verifyLink(keys, purpose, claim, row && linkHolder(purpose, row)) || !row) throw nobody();
  // Without an address that waits to be confirmed, no link to confirm one is good.
  if (purpose === 'address' && row.newEmail === undefined) throw nobody();
  const event = await deps.events.get(claim.eventId);
  if (!event) throw nobody();
  return { event, registration: row, keys };
}

const nobody = () => new Refusal('not-found', 'There is nothing behind this link');
