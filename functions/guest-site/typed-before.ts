import { isEarlierTicket, readEarlierTicket, ticketHash, ticketUse } from '#shared/domain/ticket.ts';
import { openForm, type TypedForm } from '#shared/domain/typed-form.ts';
import { withdraw } from '#shared/domain/withdraw.ts';
import type { AddressWish } from './correct-address.ts';
import type { FormDeps } from './take-form.ts';

/** What was typed into the form that a ticket is of, which uses the ticket up; undefined where it is good for nothing. */
export const typedBefore =
  (deps: FormDeps) =>
  async (wish: AddressWish): Promise<TypedForm | undefined> => {
    const { tickets, addressKey } = deps;
    const { event, ticket, email } = wish;
    if (isEarlierTicket(ticket)) return ofEarlierTicket(deps, wish);
    const used = { use: ticketUse(addressKey, ticket, email), now: Math.floor(deps.now() / 1000) };
    const sealed = await tickets.use(ticketHash(addressKey, event.eventId, ticket), used);
    return sealed === undefined ? undefined : openForm(addressKey, ticket, sealed);
  };

/**
 * A ticket of an earlier version finds it on the registration, as long as nobody else has done anything with that. The answers
 * are read first: what a row that is still as it was made goes with is what was typed.
 */
async function ofEarlierTicket(
  { registrations, addressKey, ...deps }: FormDeps,
  { event, ticket }: AddressWish,
): Promise<TypedForm | undefined> {
  const now = Math.floor(deps.now() / 1000);
  const registrationId = readEarlierTicket(addressKey, event.eventId, ticket, now);
  if (registrationId === undefined) return undefined;
  const details = await registrations.details(event.eventId, registrationId);
  const row = await registrations.get(event.eventId, registrationId);
  if (!row || !withdraw(row, { event, email: row.email, now })) return undefined;
  const { name, email, timeZone, privacyVersion } = row;
  return { registrationId, name, email, timeZone, privacyVersion, details };
}
