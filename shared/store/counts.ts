import { addCounts, NO_PEOPLE, PeopleCounts } from '#shared/domain/people-counts.ts';
import { ALL_SHARDS, keys } from './keys.ts';
import { ConditionFailed, type Item, type Table } from './table.ts';

/** What is left of an event's people once they are purged: how many there were. */
export function countStore(table: Table) {
  const shardOf = (item: Item | undefined, shard: number): PeopleCounts | undefined => {
    const counts = item?.[String(shard)];
    return counts === undefined ? undefined : PeopleCounts.parse(counts);
  };

  return {
    /** The counts of the event, once each of its shards was counted. */
    async get(eventId: string): Promise<PeopleCounts | undefined> {
      const item = await table.get(keys.counts(eventId), { consistent: true });
      const shards = ALL_SHARDS.map((shard) => shardOf(item, shard));
      if (shards.some((counts) => counts === undefined)) return undefined;
      return shards.reduce<PeopleCounts>((sum, counts) => addCounts(sum, counts ?? NO_PEOPLE), NO_PEOPLE);
    },

    /** Shards that nobody has counted yet. */
    async uncounted(eventId: string): Promise<number[]> {
      const item = await table.get(keys.counts(eventId), { consistent: true });
      return ALL_SHARDS.filter((shard) => shardOf(item, shard) === undefined);
    },

    /** Keeps the counts of one shard. The first to do so has counted all: for later ones some may be gone. */
    async keep(eventId: string, shard: number, counts: PeopleCounts): Promise<void> {
      const path = [String(shard)] as const;
      const when = [{ is: 'absent', path }] as const;
      const update = { ...keys.counts(eventId), set: [[path, counts]] as const, when, fact: undefined };
      await table.update(update).catch((error: unknown) => {
        if (!(error instanceof ConditionFailed)) throw error;
      });
    },
  };
}
export type CountStore = ReturnType<typeof countStore>;
