import { ASK_EVERY, OrganiserProof, organiserHash } from '#shared/domain/organiser-proof.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { ifStill } from './if-still.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** What is known of organisers' addresses, by a hash of each. Updates, so that `sweep` need not put items. */
export function organiserStore(table: Table) {
  return {
    async get(email: string): Promise<OrganiserProof> {
      const item = await table.get(keys.organiser(organiserHash(email)), { consistent: true });
      return OrganiserProof.parse(item ?? {});
    },

    /** Notes that the address is asked now; false where it was within a day, or has said so already. */
    ask: (email: string, now: Epoch): Promise<boolean> =>
      ifStill(
        table.update({
          ...keys.organiser(organiserHash(email)),
          set: [[['askedAt'], now]],
          when: [
            { is: 'absent', path: ['provedAt'] },
            {
              is: 'any',
              of: [
                { is: 'absent', path: ['askedAt'] },
                { is: 'below', path: ['askedAt'], value: now - ASK_EVERY + 1 },
              ],
            },
          ],
          fact: undefined,
        }),
      ),

    /** Its owner has said that it is theirs; for good. */
    async prove(email: string, now: Epoch): Promise<void> {
      await table.update({
        ...keys.organiser(organiserHash(email)),
        set: [[['provedAt'], now]],
        when: [],
        fact: undefined,
      });
    },
  };
}
export type OrganiserStore = ReturnType<typeof organiserStore>;
