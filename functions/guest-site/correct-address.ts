import { type Event, ensureOpen } from '#shared/domain/event.ts';
import { isEarlierTicket } from '#shared/domain/ticket.ts';
import { withdraw } from '#shared/domain/withdraw.ts';
import { type FormDeps, type Held, pretendToTake, takeForm } from './take-form.ts';
import { typedBefore } from './typed-before.ts';

export interface AddressWish {
  readonly event: Event;
  /** What the page behind the form holds. */
  readonly ticket: string;
  readonly email: string;
  /** The visitor's IP address as the edge saw it. */
  readonly ip: string;
}

/**
 * Corrects the address somebody has just registered with: what they typed is taken once more, with the other address, as if
 * the form had been sent with it. A registration that the first one made is taken back, as long as its address has not proved
 * itself. Whether there was one changes neither what is asked of the table nor what the other address is mailed. Undefined
 * where the ticket is good for nothing. Throws `registration-closed`.
 */
export const correctAddress = (deps: FormDeps) => {
  const take = takeForm(deps);
  const find = typedBefore(deps);
  return async (wish: AddressWish): Promise<Held | undefined> => {
    const { event, email, ip } = wish;
    ensureOpen(event, deps.now());
    const typed = await find(wish);
    if (!typed) return isEarlierTicket(wish.ticket) ? pretendToTake(deps) : undefined;
    const { registrationId, name, timeZone, privacyVersion, details } = typed;
    const mistyped = { event, email: typed.email, now: Math.floor(deps.now() / 1000) };
    if (email !== typed.email)
      await deps.registrations.withdraw({ eventId: event.eventId, registrationId }, (row) => withdraw(row, mistyped));
    const { organisation, jobTitle, answers = {} } = details;
    const form = { name, email, timeZone, organisation, jobTitle, answers };
    return take({ event, form, ip, privacyVersion });
  };
};
