import type { FactName } from '#events/catalogue.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { Details } from '#shared/domain/registration-details.ts';
import { addressReads, addressWrites, sharerWrites } from './addresses.ts';
import { eventFrom } from './event-items.ts';
import { keys } from './keys.ts';
import { type PersonId, peoplePages } from './people-pages.ts';
import { fromItem, personFrom, revision, toItem } from './registration-items.ts';
import { ConditionFailed, type Conditions, type Path, type Table, TransactionRefused, type Write } from './table.ts';

const ATTEMPTS = 6;

/**
 * A person's next row, or undefined when there is nothing to change. Pure: it may run again on a newer row. `restsOn`: what
 * it does not change, but must be as it was read.
 */
export type Transition = (
  row: Registration,
) => { row: Registration; fact?: FactName | undefined; restsOn?: readonly Path[] } | undefined;

/** A person's next row, and what they answered where that changes with it: who reads both reads what belongs together. */
type Moved = NonNullable<ReturnType<Transition>> & { readonly details?: Details };

/**
 * Registrations at rest. Nobody else writes a row: each write is conditional on the row it was computed from, and on the
 * row being there. Who is erased is nobody here, however long their tombstone stands: only `tombstone` and `rows` find it.
 */
export function registrationStore(table: Table) {
  const rows = async (people: readonly PersonId[]): Promise<Registration[]> => {
    const items = await table.getMany(
      people.map(({ eventId, registrationId }) => keys.registration(eventId, registrationId)),
    );
    return items.map(fromItem);
  };

  return {
    async get(eventId: string, registrationId: string, { consistent = true } = {}): Promise<Registration | undefined> {
      const item = await table.get(keys.registration(eventId, registrationId), { consistent });
      return personFrom(item);
    },

    async getMany(people: readonly PersonId[]): Promise<Registration[]> {
      return (await rows(people)).filter(({ erased }) => !erased);
    },

    /** The rows of these people, tombstones too. */
    rows,

    /** What is left of somebody who is being erased. */
    async tombstone(eventId: string, registrationId: string): Promise<Registration | undefined> {
      const item = await table.get(keys.registration(eventId, registrationId), { consistent: true });
      const row = item && fromItem(item);
      return row?.erased ? row : undefined;
    },

    /** A person and their event as both are now, in one request; undefined where either is gone. */
    async withEvent(
      eventId: string,
      registrationId: string,
    ): Promise<{ registration: Registration; event: Event } | undefined> {
      const [ofPerson, ofEvent] = [keys.registration(eventId, registrationId), keys.event(eventId)];
      const items = await table.getMany([ofPerson, ofEvent], { consistent: true });
      const [person, event] = [ofPerson, ofEvent].map(({ sk }) => items.find((item) => item.sk === sk));
      const registration = personFrom(person);
      return registration && event && { registration, event: eventFrom(event) };
    },

    /** Saves a newcomer and takes their address together: one address holds one place, whatever races. */
    async add(row: Registration, details: Details, addressHash: string): Promise<{ taken?: string }> {
      const { eventId, registrationId } = row;
      const applied = row.confirmBy === undefined ? 'registration.applied' : 'mail.requested';
      const fact = row.status === 'confirmed' ? 'registration.confirmed' : applied;
      const fresh = [{ is: 'absent' }] as const;
      const writes: Write[] = [
        { put: { item: { ...keys.address(addressHash), registrationId }, when: fresh, fact: undefined } },
        { put: { item: toItem({ ...row, addressHash }), when: fresh, fact } },
      ];
      writes.push(...sharerWrites(addressHash, registrationId));
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

    async details(eventId: string, registrationId: string): Promise<Details> {
      return Details.parse((await table.get(keys.answers(eventId, registrationId))) ?? {});
    },

    /** Takes the row one step further; again from the newer row if it moved on meanwhile. Undefined once it is gone. */
    async revise(row: Registration, transition: Transition): Promise<Registration | undefined> {
      let current = row;
      for (let attempt = 1; ; attempt++) {
        if (current.erased) return undefined;
        const next = transition(current);
        if (!next) return current;
        const { change, when } = revision(current, next.row, next.restsOn);
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

    /**
     * Takes the row one step further and its address, and what the person answered, with it, all or nothing. `taken`: the address is another person's.
     * Undefined once the row is gone.
     */
    async relocate(
      row: Registration,
      transition: (row: Registration) => Moved | undefined,
    ): Promise<Registration | { readonly taken: string } | undefined> {
      let current: Registration | undefined = row;
      for (let attempt = 1; current; attempt++) {
        const next = transition(current);
        if (!next) return current;
        const { eventId, registrationId } = current;
        const key = keys.registration(eventId, registrationId);
        // What an address leaves behind is decided by all that went there: a mail claimed meanwhile is part of it.
        const isLeft = next.row.email !== current.email;
        const restsOn = [...(next.restsOn ?? []), ...(isLeft ? [['deliveries'] as const] : [])];
        const { change, when } = revision(current, next.row, restsOn);
        const address = addressWrites(current, next.row);
        try {
          const said = next.details && { ...keys.answers(eventId, registrationId), ...next.details };
          const answers = said ? [{ put: { item: said, fact: undefined } }] : [];
          await table.transact([{ update: { ...key, ...change, when, fact: next.fact } }, ...address, ...answers]);
          return next.row;
        } catch (error) {
          if (!(error instanceof TransactionRefused) || attempt === ATTEMPTS) throw error;
          const holder = address.length > 0 ? error.failed[1]?.item?.registrationId : undefined;
          if (holder !== undefined && holder !== registrationId) return { taken: String(holder) };
          current = await this.get(eventId, registrationId);
        }
      }
      return undefined;
    },

    /**
     * Takes the row one step further, and what the person answered away, where there is such a row and the transition wants
     * it. The same is asked of the table where not, so that nobody can tell from the time it takes.
     */
    async withdraw({ eventId, registrationId }: PersonId, transition: Transition): Promise<void> {
      const [key, answers] = [keys.registration(eventId, registrationId), keys.answers(eventId, registrationId)];
      for (let attempt = 1; ; attempt++) {
        const row = await this.get(eventId, registrationId);
        const next = row && transition(row);
        const writes: Write[] = next
          ? [{ update: { ...key, ...updateOf(row, next), fact: next.fact } }, { remove: answers }]
          : [key, answers].map((each): Write => ({ check: { ...each, when: WHATEVER } }));
        try {
          return await table.transact(writes);
        } catch (error) {
          if (!(error instanceof TransactionRefused) || attempt === ATTEMPTS) throw error;
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
        when: [{ is: 'there' }, { is: 'absent', path: ['erased'] }, ...when],
        fact: undefined,
      });
      return fromItem(item);
    },

    ...addressReads(table),
    ...peoplePages(table),
  };
}
export type RegistrationStore = ReturnType<typeof registrationStore>;

/** Holds of every item, and of none. */
const WHATEVER: Conditions = [{ is: 'any', of: [{ is: 'there' }, { is: 'absent' }] }];

function updateOf(row: Registration, next: NonNullable<ReturnType<Transition>>) {
  const { change, when } = revision(row, next.row, next.restsOn);
  return { ...change, when };
}
