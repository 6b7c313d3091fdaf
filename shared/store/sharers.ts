import type { Event } from '#shared/domain/event.ts';
import { ALL_SHARDS, keys } from './keys.ts';
import type { Table } from './table.ts';

/** How far somebody walked through an event's people. */
export interface Reached {
  readonly shard: number;
  readonly after?: Record<string, unknown> | undefined;
}

/** How far events' people of earlier versions are listed among those who share a mailbox. */
export function sharerStore(table: Table) {
  return {
    /** Those of the events whose people are not all listed. */
    async unlisted(events: readonly Event[]): Promise<Event[]> {
      const items = await table.getMany(events.map(({ eventId }) => keys.sharers(eventId)));
      const listed = new Set(items.filter(({ shard }) => isOver(Number(shard))).map(({ pk }) => pk));
      return events.filter(({ eventId }) => !listed.has(keys.sharers(eventId).pk));
    },

    /** Where the walk goes on; undefined once it is over. */
    async reached(eventId: string): Promise<Reached | undefined> {
      const item = await table.get(keys.sharers(eventId), { consistent: true });
      const { shard = 0, after } = (item ?? {}) as Partial<Reached>;
      return isOver(shard) ? undefined : { shard, ...(after && { after }) };
    },

    /** Notes how far the walk is; of two at once, one may fall behind and do some of it again. */
    async reach(eventId: string, at: Reached): Promise<Reached | undefined> {
      await table.put({ item: { ...keys.sharers(eventId), ...at }, fact: undefined });
      return isOver(at.shard) ? undefined : at;
    },
  };
}
export type SharerStore = ReturnType<typeof sharerStore>;

const isOver = (shard: number): boolean => shard >= ALL_SHARDS.length;
