import { memoryTable } from '#shared/store/memory-table.ts';
import { knowingOwnWrites } from '#shared/store/own-writes.ts';
import { losingEveryReply } from '#test/support/lost-replies.ts';
import { describeStores } from '#test/support/store-contract.ts';
import { describeTable } from '#test/support/table-contract.ts';

describeTable('memory', async () => memoryTable());
describeStores('memory', async () => memoryTable());

let marks = 0;
const lossy = async () => knowingOwnWrites(losingEveryReply(memoryTable()), () => `m${++marks}`);
describeTable('memory, with every reply to a write lost once', lossy);
describeStores('memory, with every reply to a write lost once', lossy);
