import { placeHash } from '#shared/domain/address.ts';
import { type Changed, registerAgain, remind } from '#shared/domain/change-registration.ts';
import { choicesIn } from '#shared/domain/choices.ts';
import { awaitConfirmation } from '#shared/domain/confirm-address.ts';
import { type Event, ensureOpen } from '#shared/domain/event.ts';
import { type Chance, newId, randomWord } from '#shared/domain/ids.ts';
import { longestDelay } from '#shared/domain/longest-delay.ts';
import { apply, type Registration } from '#shared/domain/registration.ts';
import { type Details, detailsOf, type RegistrationForm } from '#shared/domain/registration-details.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import { keepFor } from '#shared/domain/withdraw.ts';
import { allowMail, type BudgetDeps } from '#shared/site/allow-mail.ts';
import type { Eraser } from '#shared/store/eraser.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

export interface RegistrationDeps extends BudgetDeps {
  readonly registrations: RegistrationStore;
  readonly eraser: Pick<Eraser, 'freeAddress'>;
  readonly timings: Timings;
  readonly chance: Chance;
}

export interface RegistrationWish {
  readonly event: Event;
  readonly form: RegistrationForm;
  /** The visitor's IP address as the edge saw it. */
  readonly ip: string;
  readonly privacyVersion: string | undefined;
  /** What a registration is called that comes of it; by chance where that is left out. */
  readonly registrationId?: string;
}

const ATTEMPTS = 3;

/**
 * Takes a registration: a new place, a cancelled person's return, or nothing new. The caller learns nothing of which,
 * so a stranger cannot find out who is registered. Once it resolves, the wish is stored, whoever is erased, cancels or moves
 * meanwhile. Throws `registration-closed`.
 */
export const takeRegistration = (deps: RegistrationDeps) => {
  const { registrations, timings, addressKey, now, chance } = deps;
  const allow = allowMail(deps);
  const holderAfter = addOrFind(deps);
  return async ({ event, form, ip, privacyVersion, ...wish }: RegistrationWish): Promise<void> => {
    const nowEpoch = Math.floor(now() / 1000);
    const nowInstant = instantAt(nowEpoch);
    ensureOpen(event, now());
    const { eventId } = event;
    const capped = event.capacity !== undefined;

    const { name, email, timeZone } = form;
    const registrationId = wish.registrationId ?? newId(chance);
    const chose = choicesIn(event.questions, form.answers);
    const addressHash = placeHash(addressKey, event, { email, name });
    const reminding = { now: nowEpoch, every: timings.alreadyRegisteredEvery, chance: randomWord(6, chance) };

    // Looked at first, for what causes no mail counts for nothing; it is counted apart, so that it takes as long.
    const holding = await registrations.holderOf(addressHash);
    const known = holding === undefined ? undefined : await registrations.get(eventId, holding);
    const isIdle = known !== undefined && known.status !== 'cancelled' && remind(known, reminding) === undefined;
    const longest = longestWait(event, nowEpoch, timings);
    const joins = known ? {} : { joins: event };
    const allowance = await allow({ eventId, email, ip, longest, isIdle, ...joins });

    const who = { eventId, registrationId, name, email, timeZone, privacyVersion, chose, source: 'form' as const };
    const asks = event.confirmAddress
      ? { confirmBy: nowEpoch + timings.confirmWithin, now: nowEpoch, allowance, chance: randomWord(6, chance) }
      : undefined;
    const applied = apply(
      { ...who, linkSeed: randomWord(16, chance) },
      capped || event.confirmAddress,
      nowInstant,
      allowance,
    );
    const row = asks ? awaitConfirmation(applied, asks).row : applied;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const holder = await holderAfter(row, detailsOf(form), addressHash);
      if (!holder || (await welcome(holder))) return;
    }
    throw new Error(`Who holds the address of ${registrationId} changes all the time`);

    /** What the wish means to whoever holds the address; whether they are still who was read in the very write. */
    async function welcome(holder: Registration): Promise<boolean> {
      const isBack = holder.status === 'cancelled';
      let isStill = true;
      const ifStill =
        <Next>(next: (row: Registration) => Next | undefined) =>
        (current: Registration): Next | undefined => {
          isStill = (current.status === 'cancelled') === isBack && (current.addressHash ?? addressHash) === addressHash;
          return isStill ? next(current) : undefined;
        };
      const revised = isBack
        ? await registrations.relocate(holder, ifStill(comesBack))
        : await registrations.revise(holder, ifStill(reminded));
      return revised !== undefined && isStill;
    }

    /** With what they answer now: in one write with their place, so that no answer stands beside somebody else's choice. */
    function comesBack(current: Registration): (Changed & { readonly details: Details }) | undefined {
      const said = { name, timeZone, privacyVersion, chose };
      const isAsked = capped || event.confirmAddress;
      const again = registerAgain(current, { capped: isAsked, now: nowInstant, allowance, ...said });
      const next = again && asks ? awaitConfirmation(again.row, asks) : again;
      return next && { ...next, details: detailsOf(form) };
    }

    function reminded(current: Registration): Changed | undefined {
      const told = allowance.dropped ? undefined : remind(current, { ...reminding, delay: allowance.delay });
      return told ?? keepFor(current, event);
    }
  };
};

/** A mail that asks for an address to be confirmed is there in good time for that, too. */
const longestWait = (event: Event, now: Epoch, { confirmWithin }: Pick<Timings, 'confirmWithin'>): number =>
  Math.min(longestDelay(event, now), event.confirmAddress ? Math.floor(confirmWithin / 2) : Number.POSITIVE_INFINITY);

/** Adds a newcomer; whoever has the address already. One that is kept only by somebody being erased is free. */
const addOrFind =
  ({ registrations, eraser }: Pick<RegistrationDeps, 'registrations' | 'eraser'>) =>
  async (row: Registration, details: Details, addressHash: string): Promise<Registration | undefined> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { taken } = await registrations.add(row, details, addressHash);
      if (taken === undefined) return undefined;
      const holder = await registrations.get(row.eventId, taken);
      if (holder) return holder;
      await eraser.freeAddress(addressHash, taken);
    }
    throw new Error(`The address of ${row.registrationId} changes hands all the time`);
  };
