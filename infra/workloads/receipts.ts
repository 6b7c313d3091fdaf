import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';

/** Writes down what SES says became of each mail. */
export function receipts(scope: Construct, { stage, table, secrets, mail }: Foundation): Worker {
  const worker = new Worker(scope, 'Receipts', {
    stage,
    folder: 'receipts',
    // Two come for each mail, one by one: nobody waits for them, and ten cost as much as one.
    batchSize: 10,
    gather: Duration.seconds(5),
    timeout: Duration.seconds(20),
    visibility: Duration.seconds(40),
    maxConcurrency: stage.workers.receipts,
    watchedAs: 'receipts',
  });
  table.open(worker.fn, ['GetItem', 'UpdateItem']);
  // Mailboxes that bounce are counted by a keyed hash.
  secrets.openAddressKey(worker.fn);
  mail.report(worker);
  return worker;
}
