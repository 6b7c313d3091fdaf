import { TICKET_GOOD_FOR } from '#shared/domain/ticket.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { keys } from './keys.ts';
import { ConditionFailed, type Table } from './table.ts';

/** What was typed into forms, sealed, for as long as their tickets are good; then it expires by itself. */
export function ticketStore(table: Table) {
  return {
    /** Keeps what only the ticket opens. */
    async keep(hash: string, { sealed, now }: { readonly sealed: string; readonly now: Epoch }): Promise<void> {
      const item = { ...keys.ticket(hash), sealed, expiresAt: now + TICKET_GOOD_FOR };
      await table.put({ item, fact: undefined });
    },

    /** Uses a ticket up, and gives what it opens; undefined where there is none, or it was used for something else. */
    async use(hash: string, { use, now }: { readonly use: string; readonly now: Epoch }): Promise<string | undefined> {
      const path = ['usedFor'] as const;
      const unused = [
        { is: 'absent', path },
        { is: 'equal', path, value: use },
      ] as const;
      try {
        const item = await table.update({
          ...keys.ticket(hash),
          set: [[path, use]],
          when: [{ is: 'there' }, { is: 'any', of: unused }],
          fact: undefined,
        });
        return Number(item.expiresAt) > now ? String(item.sealed) : undefined;
      } catch (error) {
        if (error instanceof ConditionFailed) return undefined;
        throw error;
      }
    },
  };
}
export type TicketStore = ReturnType<typeof ticketStore>;
