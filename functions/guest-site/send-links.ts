import { placeHash } from '#shared/domain/address.ts';
import { remind } from '#shared/domain/change-registration.ts';
import type { Event } from '#shared/domain/event.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { longestDelay } from '#shared/domain/longest-delay.ts';
import { allowMail } from '#shared/site/allow-mail.ts';
import type { RegistrationDeps } from './take-registration.ts';

interface LinkDeps extends RegistrationDeps {
  /** Every event whose people are still kept. */
  readonly kept: () => Promise<readonly Event[]>;
}

export interface LinkWish {
  readonly email: string;
  /** As they registered: where several people share a mailbox. */
  readonly name: string;
  /** The visitor's IP address as the edge saw it. */
  readonly ip: string;
}

/** Has the link of each registration of an address mailed to it again, not more often than a stranger may cause mail. */
export const sendLinks = (deps: LinkDeps) => {
  const { registrations, addressKey, timings, chance } = deps;
  const allow = allowMail(deps);
  return async ({ email, name, ip }: LinkWish): Promise<void> => {
    const events = await deps.kept();
    const eventOf = new Map(events.map((event) => [placeHash(addressKey, event, { email, name: name.trim() }), event]));
    const holders = await registrations.holdersOf([...eventOf.keys()]);
    for (const [addressHash, registrationId] of holders) {
      const event = eventOf.get(addressHash);
      const row = event && (await registrations.get(event.eventId, registrationId));
      if (!row) continue;
      const now = Math.floor(deps.now() / 1000);
      const { alreadyRegisteredEvery: every } = timings;
      const wish = { now, every, chance: randomWord(6, chance), kind: 'resend' } as const;
      const isIdle = remind(row, wish) === undefined;
      const longest = longestDelay(event, now);
      const { delay, dropped } = await allow({ eventId: row.eventId, email, ip, longest, isIdle });
      if (dropped || isIdle) continue;
      await registrations.revise(row, (current) => remind(current, { ...wish, delay }));
    }
  };
};
