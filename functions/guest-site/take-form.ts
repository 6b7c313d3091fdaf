import { newId } from '#shared/domain/ids.ts';
import { detailsOf } from '#shared/domain/registration-details.ts';
import { newTicket, ticketHash } from '#shared/domain/ticket.ts';
import { NONCE_BYTES, sealForm } from '#shared/domain/typed-form.ts';
import type { TicketStore } from '#shared/store/tickets.ts';
import { type RegistrationDeps, type RegistrationWish, takeRegistration } from './take-registration.ts';

export interface FormDeps extends RegistrationDeps {
  readonly tickets: TicketStore;
}

/** What whoever sent a form holds on the page behind it. */
export interface Held {
  readonly ticket: string;
}

/** What a program gets that filled in the field no person sees: the same as everybody, and nothing is written. */
export const pretendToTake = ({ chance }: Pick<FormDeps, 'chance'>): Held => ({ ticket: newTicket(chance) });

/**
 * Takes what was typed on a page, and keeps it sealed for an hour under the ticket that the page behind holds, so that it can
 * be taken once more with another address. What comes of it the ticket does not tell. Throws `registration-closed`.
 */
export const takeForm = (deps: FormDeps) => {
  const { tickets, addressKey, chance, now } = deps;
  const take = takeRegistration(deps);
  return async (wish: Omit<RegistrationWish, 'registrationId'>): Promise<Held> => {
    const { event, form, privacyVersion } = wish;
    const ticket = newTicket(chance);
    const registrationId = newId(chance);
    const { name, email, timeZone } = form;
    const typed = { registrationId, name, email, timeZone, privacyVersion, details: detailsOf(form) };
    const sealed = sealForm(addressKey, ticket, typed, chance(NONCE_BYTES));
    const kept = { sealed, now: Math.floor(now() / 1000) };
    // Both before the answer, and at once: a slow table has only so many turns.
    await Promise.all([
      tickets.keep(ticketHash(addressKey, event.eventId, ticket), kept),
      take({ ...wish, registrationId }),
    ]);
    return { ticket };
  };
};
