import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';

/** Gives and frees the seats of capped events, one at a time per event: the only writer of seats. */
export function admit(scope: Construct, { stage, table }: Foundation): Worker {
  const worker = new Worker(scope, 'Admit', {
    stage,
    folder: 'admit',
    fifo: true,
    batchSize: 10,
    timeout: Duration.seconds(20),
    visibility: Duration.seconds(30),
    maxConcurrency: stage.workers.admit,
    watchedAs: 'admit',
  });
  table.open(worker.fn, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem']);
  return worker;
}
