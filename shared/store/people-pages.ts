import { ORGANISER_ID, shardOf } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { Details } from '#shared/domain/registration-details.ts';
import { ALL_SHARDS, keys, shardKey } from './keys.ts';
import { CONFIRM, fromItem, LEFT } from './registration-items.ts';
import type { Item, Table } from './table.ts';

/** Whose registration, at which event. */
export type PersonId = Pick<Registration, 'eventId' | 'registrationId'>;

/** People page by page: all of an event, and those who are listed because something of theirs is due. */
export const peoplePages = (table: Table) => ({
  /** One page of an event's people with what they answered, shard after shard. */
  async list(eventId: string, { limit = 50, cursor }: { limit?: number; cursor?: ListCursor | undefined } = {}) {
    const people: Registration[] = [];
    let at: ListCursor | undefined = cursor ?? { shard: 0 };
    while (at && people.length < limit) {
      const { shard, after }: ListCursor = at;
      const partition = shardKey(eventId, shard);
      const page = await table.query({ partition, prefix: 'REG#', limit: limit - people.length, after });
      people.push(...page.items.map(fromItem).filter(({ erased }) => !erased));
      const next = shard + 1 < ALL_SHARDS.length ? { shard: shard + 1 } : undefined;
      at = page.after ? { shard, after: page.after } : next;
    }
    return { people, ...(at && { cursor: at }) };
  },

  /** One page of one shard as it is now: whoever was committed before the call is in it or in a later one. */
  async page(eventId: string, shard: number, after?: Record<string, unknown>) {
    const range = { partition: shardKey(eventId, shard), prefix: 'REG#', consistent: true, after } as const;
    const page = await table.query(range);
    const people = page.items.map(fromItem).filter(({ erased }) => !erased);
    return { people, ...(page.after && { after: page.after }) };
  },

  /** What these people answered, in their order. */
  async detailsOf(eventId: string, people: readonly Registration[], { consistent = false } = {}): Promise<Details[]> {
    const theirs = people.map(({ registrationId }) => keys.answers(eventId, registrationId));
    const items = await table.getMany(theirs, { consistent });
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
    return { people: page.items.map(personIdOf), ...(page.after && { after: page.after }) };
  },
  /** Ids of people whose address was to be confirmed before `before`. */
  async unconfirmed(before: number): Promise<PersonId[]> {
    const { items } = await table.query({ index: 'due', partition: CONFIRM, atMost: before, limit: 500 });
    return items.map(personIdOf);
  },

  /** Ids of people who left an address so long ago that it is to be forgotten before `before`. */
  async leftLongAgo(before: number): Promise<PersonId[]> {
    const { items } = await table.query({ index: 'due', partition: LEFT, atMost: before, limit: 500 });
    return items.map(personIdOf);
  },
});

const personIdOf = ({ pk, sk }: Item): PersonId => ({
  eventId: pk.split('#')[1] ?? '',
  registrationId: sk === 'ORGMAIL' ? ORGANISER_ID : sk.slice('REG#'.length),
});

export interface ListCursor {
  readonly shard: number;
  readonly after?: Record<string, unknown>;
}

/** Whom a page of one shard ended with. */
export const lastOf = ({ after }: { readonly after?: Record<string, unknown> }): string | undefined =>
  after && String(after.sk).slice('REG#'.length);

/** Where `list` goes on after this person. */
export const afterRegistration = ({
  eventId,
  registrationId,
}: Pick<Registration, 'eventId' | 'registrationId'>): ListCursor => ({
  shard: shardOf(registrationId),
  after: { ...keys.registration(eventId, registrationId) },
});
