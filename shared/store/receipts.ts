import { ReceiptsSeen } from '#shared/domain/in-doubt.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** What `sweep` saw of the receipts' queue: whether a missing receipt means anything yet. */
export function receiptsStore(table: Table) {
  return {
    async get(): Promise<ReceiptsSeen | undefined> {
      const item = await table.get(keys.receipts(), { consistent: true });
      return item && ReceiptsSeen.parse(item);
    },

    async set(seen: ReceiptsSeen): Promise<void> {
      const set = Object.entries(seen).map(([field, value]) => [[field], value] as const);
      await table.update({ ...keys.receipts(), set, when: [], fact: undefined });
    },
  };
}
export type ReceiptsStore = ReturnType<typeof receiptsStore>;
