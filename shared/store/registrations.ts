import type { FactName } from '#events/catalogue.ts';
import type { Event } from '#shared/domain/event.ts';
import { ORGANISER_ID, shardOf } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { Details } from '#shared/domain/registration-details.ts';
import { eventFrom } from './event-items.ts';
import { ALL_SHARDS, keys, shardKey } from './keys.ts';
import { fromItem, revision, toItem } from './registration-items.ts';
import { ConditionFailed, type Conditions, type Table, TransactionRefused, type Write } from './table.ts';

const ATTEMPTS = 6;

/** A person's next row, or undefined when there is nothing to change. Pure: it may run again on a newer row. */
export type Transition = (row: Registration) => { row: Registration; fact?: FactName | undefined } | undefined;

/** Registrations at rest. Nobody else writes a row: each write is conditional on the row it was computed from. */
export function registrationStore(table: Table) {
  return {
    async get(eventId: string, registrationId: string, { consistent = true } = {}): Promise<Registration | undefined> {
      const item = await table.get(keys.registration(eventId, registrationId), { consistent });
      return item && fromItem(item);
    },

    /** A person and their event as both are now, in one request; undefined where either is gone. */
    async withEvent(
      eventId: string,
      registrationId: string,
    ): Promise<{ registration: Registration; event: Event } | undefined> {
      const [ofPerson, ofEvent] = [keys.registration(eventId, registrationId), keys.event(eventId)];
      const items = await table.getMany([ofPerson, ofEvent], { consistent: true });
      const [person, event] = [ofPerson, ofEvent].map(({ sk }) => items.find((item) => item.sk === sk));
      return person && event && { registration: fromItem(person), event: eventFrom(event) };
    },

    async getMany(people: readonly Pick<Registration, 'eventId' | 'registrationId'>[]): Promise<Registration[]> {
      const items = await table.getMany(
        people.map(({ eventId, registrationId }) => keys.registration(eventId, registrationId)),
      );
      return items.map(fromItem);
    },

    /** Saves a newcomer and takes their address together: one address holds one place, whatever races. */
    async add(row: Registration, details: Details, addressHash: string): Promise<{ taken?: string }> {
      const { eventId, registrationId } = row;
      const fact = row.status === 'confirmed' ? 'registration.confirmed' : 'registration.applied';
      const fresh = [{ is: 'absent' }] as const;
      const writes: Write[] = [
        { put: { item: { ...keys.address(addressHash), registrationId }, when: fresh, fact: undefined } },
        { put: { item: toItem(row), when: fresh, fact } },
      ];
      if (Object.keys(details).length > 0) {
        writes.push({ put: { item: { ...keys.answers(eventId, registrationId), ...details }, fact: undefined } });
      }
      for (let attempt = 1; ; attempt++) {
        try {
          await table.transact(writes);
          return {};
        } catch (error) {
          if (!(error instanceof TransactionRefused)) throw error;
          const holder = error.failed[0]?.item?.registrationId;
          if (holder !== undefined) return { taken: String(holder) };
          if (!error.conflict || attempt === ATTEMPTS) throw error;
        }
      }
    },

    /** The organiser's row of an event: this one, unless there is one. An update, so that `sweep` need not put items. */
    async addOrganiser(row: Registration): Promise<Registration> {
      try {
        const { pk, sk, ...attributes } = toItem(row);
        const set = Object.entries(attributes).map(([field, value]) => [[field], value] as const);
        return fromItem(await table.update({ pk, sk, set, when: [{ is: 'absent' }], fact: undefined }));
      } catch (error) {
        if (error instanceof ConditionFailed && error.item) return fromItem(error.item);
        throw error;
      }
    },

    /** Who holds this address, if anybody. */
    async holderOf(addressHash: string): Promise<string | undefined> {
      const item = await table.get(keys.address(addressHash), { consistent: true });
      return item && String(item.registrationId);
    },

    async details(eventId: string, registrationId: string): Promise<Details> {
      return Details.parse((await table.get(keys.answers(eventId, registrationId))) ?? {});
    },

    async saveDetails(eventId: string, registrationId: string, details: Details): Promise<void> {
      await table.put({ item: { ...keys.answers(eventId, registrationId), ...details }, fact: undefined });
    },

    /** Takes the row one step further; again from the newer row if it moved on meanwhile. Undefined once it is gone. */
    async revise(row: Registration, transition: Transition): Promise<Registration | undefined> {
      let current = row;
      for (let attempt = 1; ; attempt++) {
        const next = transition(current);
        if (!next) return current;
        const { change, when } = revision(current, next.row);
        const key = keys.registration(row.eventId, row.registrationId);
        try {
          return fromItem(await table.update({ ...key, ...change, when, fact: next.fact }));
        } catch (error) {
          if (!(error instanceof ConditionFailed) || attempt === ATTEMPTS) throw error;
          if (!error.item) return undefined;
          current = fromItem(error.item);
        }
      }
    },

    /** One conditional write of a mail's ledger entry, and of those it brings along; the claim's. Throws ConditionFailed with the row as it is. */
    async claim(
      { eventId, registrationId }: Pick<Registration, 'eventId' | 'registrationId'>,
      {
        mailKey,
        entry,
        brought = {},
        raisesSequence,
        when,
      }: {
        mailKey: string;
        entry: string;
        /** Entries of the mails that this one brings along. */
        brought?: Readonly<Record<string, string>>;
        raisesSequence: boolean;
        when: Conditions;
      },
    ): Promise<Registration> {
      const entries = Object.entries({ ...brought, [mailKey]: entry });
      const item = await table.update({
        ...keys.registration(eventId, registrationId),
        set: entries.map(([key, value]) => [['deliveries', key], value] as const),
        ...(raisesSequence && { add: [[['sequence'], 1]] }),
        when: [{ is: 'there' }, ...when],
        fact: undefined,
      });
      return fromItem(item);
    },

    /** One page of an event's people with what they answered, shard after shard. */
    async list(eventId: string, { limit = 50, cursor }: { limit?: number; cursor?: ListCursor | undefined } = {}) {
      const people: Registration[] = [];
      let at: ListCursor | undefined = cursor ?? { shard: 0 };
      while (at && people.length < limit) {
        const { shard, after }: ListCursor = at;
        const partition = shardKey(eventId, shard);
        const page = await table.query({ partition, prefix: 'REG#', limit: limit - people.length, after });
        people.push(...page.items.map(fromItem));
        const next = shard + 1 < ALL_SHARDS.length ? { shard: shard + 1 } : undefined;
        at = page.after ? { shard, after: page.after } : next;
      }
      return { people, ...(at && { cursor: at }) };
    },

    /** One page of one shard as it is now: whoever was committed before the call is in it or in a later one. */
    async page(eventId: string, shard: number, after?: Record<string, unknown>) {
      const range = { partition: shardKey(eventId, shard), prefix: 'REG#', consistent: true, after } as const;
      const page = await table.query(range);
      return { people: page.items.map(fromItem), ...(page.after && { after: page.after }) };
    },

    /** What these people answered, in their order. */
    async detailsOf(eventId: string, people: readonly Registration[]): Promise<Details[]> {
      const items = await table.getMany(people.map(({ registrationId }) => keys.answers(eventId, registrationId)));
      const bySort = new Map(items.map((item) => [item.sk, Details.parse(item)]));
      return people.map(({ registrationId }) => bySort.get(keys.answers(eventId, registrationId).sk) ?? {});
    },

    /** Ids of people of one shard of the index who were owed something before `dueBefore` (epoch seconds). */
    async owed(shard: number, dueBefore: number, after?: Record<string, unknown>) {
      const page = await table.query({
        index: 'greetDue',
        partition: String(shard),
        atMost: dueBefore,
        limit: 500,
        after,
      });
      const people = page.items.map(({ pk, sk }) => ({
        eventId: pk.split('#')[1] ?? '',
        registrationId: sk === 'ORGMAIL' ? ORGANISER_ID : sk.slice('REG#'.length),
      }));
      return { people, ...(page.after && { after: page.after }) };
    },
  };
}
export type RegistrationStore = ReturnType<typeof registrationStore>;

export interface ListCursor {
  readonly shard: number;
  readonly after?: Record<string, unknown>;
}

/** Where `list` goes on after this person. */
export const afterRegistration = ({
  eventId,
  registrationId,
}: Pick<Registration, 'eventId' | 'registrationId'>): ListCursor => ({
  shard: shardOf(registrationId),
  after: { ...keys.registration(eventId, registrationId) },
});
