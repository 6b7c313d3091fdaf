import { keyedHash, mailboxOf } from '#shared/domain/address.ts';
import { allowanceOf, type Budgets, networkOf } from '#shared/domain/budget.ts';
import { registerAgain, remind } from '#shared/domain/change-registration.ts';
import { type Event, ensureOpen } from '#shared/domain/event.ts';
import { type Chance, newId, randomWord } from '#shared/domain/ids.ts';
import { apply } from '#shared/domain/registration.ts';
import type { Details, RegistrationForm } from '#shared/domain/registration-details.ts';
import { instantAt } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { BudgetStore } from '#shared/store/budgets.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

export interface RegistrationDeps {
  readonly registrations: RegistrationStore;
  readonly budgets: BudgetStore;
  readonly limits: Budgets;
  readonly timings: Timings;
  readonly addressKey: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly chance: Chance;
}

export interface RegistrationWish {
  readonly event: Event;
  readonly form: RegistrationForm;
  /** The visitor's IP address as the edge saw it. */
  readonly ip: string;
  readonly privacyVersion: string | undefined;
}

/**
 * Takes a registration: a new place, a cancelled person's return, or nothing new. The caller learns nothing of which,
 * so a stranger cannot find out who is registered. Once it resolves, the wish is stored. Throws `registration-closed`.
 */
export const takeRegistration =
  ({ registrations, budgets, limits, timings, addressKey, now, chance }: RegistrationDeps) =>
  async ({ event, form, ip, privacyVersion }: RegistrationWish): Promise<void> => {
    const nowEpoch = Math.floor(now() / 1000);
    const nowInstant = instantAt(nowEpoch);
    ensureOpen(event, now());
    const { eventId } = event;
    const capped = event.capacity !== undefined;

    const spend = (scope: keyof Budgets, name: string) =>
      budgets.spend(`${scope}:${name}`, { now: nowEpoch, seconds: limits[scope].seconds });
    const [address, ipPrefix, ofEvent, overall] = await Promise.all([
      spend('address', keyedHash(addressKey, 'mailbox', mailboxOf(form.email))),
      spend('ipPrefix', keyedHash(addressKey, 'network', networkOf(ip))),
      spend('event', eventId),
      spend('overall', 'all'),
    ]);
    const allowance = allowanceOf({ address, ipPrefix, event: ofEvent, overall }, limits);

    const { name, email, timeZone } = form;
    const registrationId = newId(chance);
    const person = { eventId, registrationId, name, email, timeZone, privacyVersion, linkSeed: randomWord(16, chance) };
    const whose = event.onePlacePer === 'address-and-name' ? [email, name.toLowerCase()] : [email];
    const row = apply(person, capped, nowInstant, allowance);
    const { taken } = await registrations.add(row, detailsOf(form), keyedHash(addressKey, 'place', eventId, ...whose));
    if (taken === undefined) return;

    const holder = await registrations.get(eventId, taken);
    if (!holder) throw new Error(`The address of a registration that is gone is still taken: ${taken}`);
    if (holder.status === 'cancelled') {
      await registrations.saveDetails(eventId, taken, detailsOf(form));
      await registrations.revise(holder, (current) =>
        registerAgain(current, { capped, now: nowInstant, allowance, name }),
      );
    } else if (!allowance.dropped) {
      const wish = { now: nowEpoch, every: timings.alreadyRegisteredEvery, chance: randomWord(6, chance) };
      await registrations.revise(holder, (current) => remind(current, wish));
    }
  };

const detailsOf = ({ organisation, jobTitle, answers }: RegistrationForm): Details => ({
  ...(organisation && { organisation }),
  ...(jobTitle && { jobTitle }),
  ...(Object.keys(answers).length > 0 && { answers }),
});
