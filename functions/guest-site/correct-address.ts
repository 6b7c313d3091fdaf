import { placeHash } from '#shared/domain/address.ts';
import { remind } from '#shared/domain/change-registration.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { longestDelay } from '#shared/domain/longest-delay.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { isProved } from '#shared/domain/proof.ts';
import type { Allowance } from '#shared/domain/registration.ts';
import { readTicket } from '#shared/domain/ticket.ts';
import { allowMail } from '#shared/site/allow-mail.ts';
import type { RegistrationDeps } from './take-registration.ts';

export interface AddressWish {
  readonly event: Event;
  /** What the page behind the form holds: of the registration that the form made, if it made one. */
  readonly ticket: string;
  readonly email: string;
  /** The visitor's IP address as the edge saw it. */
  readonly ip: string;
}

/**
 * Corrects the address somebody has just registered with. While nobody is known to read it, the registration moves at once;
 * later the new address is asked first. The caller learns nothing of which, nor whether
 * there is such a registration: whoever holds the new address is told if they have one already.
 */
export const correctAddress = (deps: RegistrationDeps) => {
  const { registrations, addressKey, chance, timings } = deps;
  const allow = allowMail(deps);
  return async ({ event, ticket, email, ip }: AddressWish): Promise<void> => {
    const { eventId } = event;
    const now = Math.floor(deps.now() / 1000);
    const registrationId = readTicket(addressKey, eventId, ticket, now);
    const row = registrationId && (await registrations.get(eventId, registrationId));
    // A ticket that is worth nothing spends nobody's budget: it does not count, but takes as long.
    const isIdle = !row || row.email === email || row.status === 'cancelled';
    const allowance = await allow({ eventId, email, ip, longest: longestDelay(event, now), joins: event, isIdle });
    if (isIdle) return;
    const moment = { now, allowance, chance: randomWord(6, chance) };
    const addressHash = placeHash(addressKey, event, { email, name: row.name });
    const address = { email, addressHash, linkSeed: randomWord(16, chance) };
    const moved = await registrations
      .relocate(row, (current) => (isProved(current, event) ? undefined : moveAddress(current, address, moment)))
      .catch(unlessUnderWay);
    if (moved && 'taken' in moved) await tellHolder(eventId, moved.taken, allowance);
  };

  async function tellHolder(eventId: string, holderId: string, { dropped, delay }: Allowance): Promise<void> {
    const holder = dropped ? undefined : await registrations.get(eventId, holderId);
    if (!holder) return;
    const now = Math.floor(deps.now() / 1000);
    const wish = { now, every: timings.alreadyRegisteredEvery, delay, chance: randomWord(6, chance) };
    await registrations.revise(holder, (current) => remind(current, wish));
  }
};

/** Nobody knows yet what became of the last mail to a new address: the page says the same, and it may be tried again. */
function unlessUnderWay(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}
