import { placeHash, placeOf } from '#shared/domain/address.ts';
import { remind } from '#shared/domain/change-registration.ts';
import type { Event } from '#shared/domain/event.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { openWish } from '#shared/domain/link-wish.ts';
import { longestDelay } from '#shared/domain/longest-delay.ts';
import { allowAskedMail } from '#shared/site/allow-asked-mail.ts';
import { allowMail } from '#shared/site/allow-mail.ts';
import type { LinkWishStore } from '#shared/store/link-wishes.ts';
import { type ListDeps, listSharers } from './list-sharers.ts';
import type { RegistrationDeps } from './take-registration.ts';

export interface LinkDeps extends RegistrationDeps, Omit<ListDeps, 'registrations'> {
  readonly wishes: Pick<LinkWishStore, 'get' | 'forget'>;
  /** Every event whose people are still kept. */
  readonly kept: () => Promise<readonly Event[]>;
}

/** All requests for links together have a budget beside those of the events, and each mailbox one of requests beside that of its mail. */
const LINKS = 'links';
/** More people share no mailbox: whoever makes more up is sent no more at once. */
const MOST_SHARERS = 50;

interface Person {
  readonly event: Event;
  readonly registrationId: string;
}

/**
 * Does what a wish asks: has the link of each registration of an address mailed to it again, the soonest event's first. A
 * request is counted before anything is known, and once, whoever it is about: what is left of a budget tells nobody whether
 * an address is registered, and how often. Each mail that comes of it counts against its mailbox; requests alone take none of that.
 */
export const sendLinks = (deps: LinkDeps) => {
  const { wishes, registrations, addressKey, timings, chance } = deps;
  const [allow, allowAsked, list] = [allowMail(deps), allowAskedMail(deps), listSharers(deps)];
  return async (wishId: string): Promise<void> => {
    const now = Math.floor(deps.now() / 1000);
    const kept = await wishes.get(wishId);
    if (kept && now < kept.until) {
      const { email, ip } = openWish(addressKey, kept.sealed);
      const { delay, dropped } = await allow({ eventId: LINKS, email: `${LINKS} ${email}`, ip });
      const people = await peopleAt(email);
      // Not listed yet whom this asks for: the wish stays, and is looked at again.
      if (!people) return;
      for (const { event, registrationId } of people) {
        const row = await registrations.get(event.eventId, registrationId);
        const [every, waits] = [timings.alreadyRegisteredEvery, Math.min(delay, longestDelay(event, now))];
        const wish = { now, every, delay: waits, chance: randomWord(6, chance), kind: 'resend' } as const;
        if (!row || dropped || remind(row, wish) === undefined) continue;
        if (!(await allowAsked({ email, ip }))) continue;
        await registrations.revise(row, (current) => remind(current, wish));
      }
    }
    if (kept) await wishes.forget(wishId);
  };

  /** Whoever is registered with this address, by the start of their events; undefined while that cannot be said. */
  async function peopleAt(email: string): Promise<readonly Person[] | undefined> {
    const events = (await deps.kept()).filter(({ purgingAt }) => purgingAt === undefined);
    const shared = events.filter(({ onePlacePer }) => onePlacePer === 'address-and-name');
    if (!(await list(shared))) return undefined;
    const eventOf = new Map(events.map((event) => [hashFor(event, email), event]));
    const alone = [...eventOf].flatMap(([hash, event]) => (shared.includes(event) ? [] : [hash]));
    const [holders, sharers] = await Promise.all([
      registrations.holdersOf(alone),
      Promise.all(
        shared.map(async (event) => {
          const ids = await registrations.sharersOf(hashFor(event, email), MOST_SHARERS);
          return ids.map((registrationId) => ({ event, registrationId }));
        }),
      ),
    ]);
    const holding = holders.flatMap(([hash, registrationId]) => {
      const event = eventOf.get(hash);
      return event ? [{ event, registrationId }] : [];
    });
    return inTheirOrder([...holding, ...sharers.flat()], deps.now());
  }

  /** Under which everybody with this address is found at an event, whatever they are called. */
  function hashFor(event: Event, email: string): string {
    const { own, shared } = placeOf(placeHash(addressKey, event, { email, name: '' }));
    return shared ?? own;
  }
};

/** What is still to come first, the soonest before the others; then what is over, the latest first. */
function inTheirOrder(people: readonly Person[], now: number): readonly Person[] {
  const from = ({ event: { endInstant } }: Person) => {
    const until = Date.parse(endInstant) - now;
    return until >= 0 ? until : Number.MAX_SAFE_INTEGER + until;
  };
  return [...people].sort((a, b) => from(a) - from(b));
}
