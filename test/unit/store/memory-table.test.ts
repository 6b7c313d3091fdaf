import { memoryTable } from '#shared/store/memory-table.ts';
import { describeStores } from '#test/support/store-contract.ts';
import { describeTable } from '#test/support/table-contract.ts';

describeTable('memory', async () => memoryTable());
describeStores('memory', async () => memoryTable());
