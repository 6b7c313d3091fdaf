import type { Registration } from '#shared/domain/registration.ts';
import { keys } from './keys.ts';
import { ConditionFailed, type Key, type Removal, type Table } from './table.ts';

/** Deletes what is kept about people. Each step may be repeated, and a crash between two leaves the rest to the next call. */
export function eraser(table: Table) {
  const removeIf = async (removal: Removal): Promise<void> => {
    await table.remove(removal).catch((error: unknown) => {
      if (!(error instanceof ConditionFailed)) throw error;
    });
  };

  return {
    /** Everything about an erased person but their row. Their address is freed unless somebody else has it by now. */
    async removeTraces({ eventId, registrationId, addressHash }: Registration): Promise<void> {
      const gone: Key[] = [keys.answers(eventId, registrationId), keys.surveyAnswer(eventId, registrationId)];
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
