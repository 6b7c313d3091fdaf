import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { type LinkKeys, type LinkPurpose, linkHolder, readLink, verifyLink } from '#shared/domain/link.ts';
import { wantedAddress } from '#shared/domain/proof.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

/** Whoever holds a personal link, with what the link is about. */
export interface LinkHolderFound {
  readonly event: Event;
  readonly registration: Registration;
  readonly keys: LinkKeys;
}

interface Deps {
  readonly registrations: Pick<RegistrationStore, 'withEvent'>;
  readonly linkKeys: () => Promise<LinkKeys>;
}

/**
 * The person behind a link for this purpose, in one reading of the table. Throws the same `not-found` for everything that
 * can be wrong with it, and for who was erased or is being purged: nothing may be shown or written of them any more.
 */
export async function findPerson(deps: Deps, purpose: LinkPurpose, token = ''): Promise<LinkHolderFound> {
  const claim = readLink(token);
  if (!claim) throw nobody();
  const [keys, found] = await Promise.all([
    deps.linkKeys(),
    deps.registrations.withEvent(claim.eventId, claim.registrationId),
  ]);
  const row = found?.registration;
  if (!verifyLink(keys, purpose, claim, row && linkHolder(purpose, row)) || !found) throw nobody();
  // Without an address that waits to be confirmed, no link to confirm one is good.
  if (purpose === 'address' && (!row || wantedAddress(row, found.event) === undefined)) throw nobody();
  if (found.event.purgingAt !== undefined) throw nobody();
  return { ...found, keys };
}

/** What a link that opens nothing is answered with, whatever the cause. */
export const nobody = () => new Refusal('not-found', 'There is nothing behind this link');
