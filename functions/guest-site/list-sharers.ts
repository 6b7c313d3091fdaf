import { placeHash, placeOf } from '#shared/domain/address.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { SharerStore } from '#shared/store/sharers.ts';

export interface ListDeps {
  readonly sharers: SharerStore;
  readonly registrations: Pick<RegistrationStore, 'page' | 'relocate'>;
  readonly addressKey: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Milliseconds of one wish: its function runs for ten seconds, and has more to do. */
const PATIENCE = 5000;
/** People written at the same time. */
const AT_ONCE = 25;

/**
 * Lists the people of events whose mailboxes are shared by their address alone, where an earlier version registered them
 * without that. Says whether all of them are: it stops when its time is up, and the next call goes on there. Once an event
 * is done, that is known from one reading.
 */
export const listSharers = ({ sharers, registrations, addressKey, now }: ListDeps) => {
  return async (events: readonly Event[]): Promise<boolean> => {
    const until = now() + PATIENCE;
    for (const event of await sharers.unlisted(events)) {
      let at = await sharers.reached(event.eventId);
      while (at) {
        if (now() >= until) return false;
        const { people, after } = await registrations.page(event.eventId, at.shard, at.after);
        for (let from = 0; from < people.length; from += AT_ONCE)
          await Promise.all(people.slice(from, from + AT_ONCE).map((row) => listPerson(event, row)));
        at = await sharers.reach(event.eventId, after ? { shard: at.shard, after } : { shard: at.shard + 1 });
      }
    }
    return true;
  };

  async function listPerson(event: Event, row: Registration): Promise<void> {
    await registrations.relocate(row, (current) => {
      const { addressHash } = current;
      if (current.erased || addressHash === undefined || placeOf(addressHash).shared !== undefined) return undefined;
      const { shared } = placeOf(placeHash(addressKey, event, current));
      return { row: { ...current, addressHash: `${placeOf(addressHash).own}.${shared}` } };
    });
  }
};
