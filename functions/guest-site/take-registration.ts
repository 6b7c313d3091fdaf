import { placeHash } from '#shared/domain/address.ts';
import { registerAgain, remind } from '#shared/domain/change-registration.ts';
import { type Event, ensureOpen } from '#shared/domain/event.ts';
import { type Chance, newId, randomWord } from '#shared/domain/ids.ts';
import { segmentsOf } from '#shared/domain/question.ts';
import { apply } from '#shared/domain/registration.ts';
import type { Details, RegistrationForm } from '#shared/domain/registration-details.ts';
import { instantAt } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import { allowMail, type BudgetDeps } from '#shared/site/allow-mail.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

export interface RegistrationDeps extends BudgetDeps {
  readonly registrations: RegistrationStore;
  readonly timings: Timings;
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
export const takeRegistration = (deps: RegistrationDeps) => {
  const { registrations, timings, addressKey, now, chance } = deps;
  const allow = allowMail(deps);
  return async ({ event, form, ip, privacyVersion }: RegistrationWish): Promise<void> => {
    const nowEpoch = Math.floor(now() / 1000);
    const nowInstant = instantAt(nowEpoch);
    ensureOpen(event, now());
    const { eventId } = event;
    const capped = event.capacity !== undefined;

    const allowance = await allow({ eventId, email: form.email, ip });

    const { name, email, timeZone } = form;
    const registrationId = newId(chance);
    const segments = segmentsOf(event.questions, form.answers);
    const addressHash = placeHash(addressKey, event, { email, name });
    const who = { eventId, registrationId, name, email, timeZone, privacyVersion, segments, addressHash };
    const row = apply({ ...who, linkSeed: randomWord(16, chance) }, capped, nowInstant, allowance);
    const { taken } = await registrations.add(row, detailsOf(form), addressHash);
    if (taken === undefined) return;

    const holder = await registrations.get(eventId, taken);
    if (!holder) throw new Error(`The address of a registration that is gone is still taken: ${taken}`);
    if (holder.status === 'cancelled') {
      await registrations.saveDetails(eventId, taken, detailsOf(form));
      await registrations.revise(holder, (current) =>
        registerAgain(current, { capped, now: nowInstant, allowance, name, timeZone, privacyVersion, segments }),
      );
    } else if (!allowance.dropped) {
      const { alreadyRegisteredEvery: every } = timings;
      const wish = { now: nowEpoch, every, delay: allowance.delay, chance: randomWord(6, chance) };
      await registrations.revise(holder, (current) => remind(current, wish));
    }
  };
};

const detailsOf = ({ organisation, jobTitle, answers }: RegistrationForm): Details => ({
  ...(organisation && { organisation }),
  ...(jobTitle && { jobTitle }),
  ...(Object.keys(answers).length > 0 && { answers }),
});
