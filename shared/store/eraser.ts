import { placeOf } from '#shared/domain/address.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { keys, shardKey, surveyKey, waitlistKey } from './keys.ts';
import { ConditionFailed, type Item, type Key, type Removal, type Table } from './table.ts';

/** Items deleted at the same time. */
const AT_ONCE = 25;

/** Deletes what is kept about people. Each step may be repeated, and a crash between two leaves the rest to the next call. */
export function eraser(table: Table) {
  const removeIf = async (removal: Removal): Promise<void> => {
    await table.remove(removal).catch((error: unknown) => {
      if (!(error instanceof ConditionFailed)) throw error;
    });
  };

  async function purgePartition(
    partition: string,
    mayGoOn: () => boolean,
    first: (item: Item) => Promise<void> = async () => {},
  ): Promise<boolean> {
    while (mayGoOn()) {
      const { items, after } = await table.query({ partition, limit: AT_ONCE, consistent: true });
      if (items.length === 0 && !after) return true;
      await Promise.all(
        items.map(async (item) => {
          await first(item);
          await table.remove({ pk: item.pk, sk: item.sk });
        }),
      );
    }
    return false;
  }

  return {
    /** Everything about an erased person but their row. Their address is freed unless somebody else has it by now. */
    async removeTraces({ eventId, registrationId, addressHash }: Registration): Promise<void> {
      const { shared } = addressHash === undefined ? {} : placeOf(addressHash);
      const gone: Key[] = [
        keys.answers(eventId, registrationId),
        keys.surveyAnswer(eventId, registrationId),
        ...(shared === undefined ? [] : [keys.sharer(shared, registrationId)]),
      ];
      await Promise.all([
        ...gone.map((key) => table.remove(key)),
        ...(addressHash === undefined ? [] : [removeIf(theirs(addressHash, registrationId))]),
      ]);
    },

    /** The row of an erased person, once nothing else is left. One that holds a seat stays: `admit` frees both together. */
    async removeRow({ eventId, registrationId }: Registration): Promise<void> {
      const when = [
        { is: 'equal', path: ['erased'], value: true },
        { is: 'absent', path: ['seat'] },
      ] as const;
      await removeIf({ ...keys.registration(eventId, registrationId), when });
    },

    /**
     * Deletes everybody of one shard with all that belongs to them, a row after what it leads to; says whether nobody is
     * left. Stops once it may not go on.
     */
    purgePeople: (eventId: string, shard: number, mayGoOn: () => boolean): Promise<boolean> =>
      purgePartition(shardKey(eventId, shard), mayGoOn, async (item) => {
        const { addressHash, sharedHash, registrationId } = item;
        if (sharedHash !== undefined) await table.remove(keys.sharer(String(sharedHash), String(registrationId)));
        if (addressHash !== undefined) await removeIf(theirs(String(addressHash), String(registrationId)));
      }),

    /** Deletes what an event keeps of people apart from their rows; says whether nothing is left. */
    purgeRest: async (eventId: string, mayGoOn: () => boolean): Promise<boolean> =>
      (await purgePartition(waitlistKey(eventId), mayGoOn)) && purgePartition(surveyKey(eventId), mayGoOn),

    /** Frees the address of somebody who is erased. */
    freeAddress: (addressHash: string, registrationId: string): Promise<void> =>
      removeIf(theirs(addressHash, registrationId)),
  };
}
export type Eraser = ReturnType<typeof eraser>;

const theirs = (addressHash: string, registrationId: string): Removal => ({
  ...keys.address(addressHash),
  when: [{ is: 'equal', path: ['registrationId'], value: registrationId }],
});
