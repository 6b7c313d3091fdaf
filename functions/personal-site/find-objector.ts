import type { Event } from '#shared/domain/event.ts';
import { type LeftAddress, leftAddressesOf, mayObject } from '#shared/domain/left-address.ts';
import { type LinkKeys, objectionHolder, readLink, verifyLink } from '#shared/domain/link.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { nobody } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';

/** Whoever reads an address that a registration has left, by the link that only the mail to it holds. */
export interface Objector {
  readonly event: Event;
  readonly registration: Registration;
  readonly address: LeftAddress;
  readonly keys: LinkKeys;
}

/**
 * The address behind a link to object, in one reading of the table. Throws the same `not-found` for everything that can be
 * wrong with it, and for one that is forgotten, lifted or too old.
 */
export async function findObjector(
  deps: Pick<PersonalDeps, 'registrations' | 'linkKeys' | 'now'>,
  token = '',
): Promise<Objector> {
  const claim = readLink(token);
  if (!claim) throw nobody();
  const [keys, found] = await Promise.all([
    deps.linkKeys(),
    deps.registrations.withEvent(claim.eventId, claim.registrationId),
  ]);
  const now = Math.floor(deps.now() / 1000);
  const address =
    found &&
    leftAddressesOf(found.registration).find((each) => {
      return verifyLink(keys, 'object', claim, objectionHolder(found.registration, each)) && mayObject(each, now);
    });
  if (!address || found.event.purgingAt !== undefined) throw nobody();
  return { ...found, address, keys };
}
