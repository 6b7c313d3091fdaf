import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';

/** Does long work that an organiser asked for, piece by piece: reads attendance reports, and applies them. */
export function jobs(scope: Construct, { stage, table, files }: Foundation): Worker {
  const worker = new Worker(scope, 'Jobs', {
    stage,
    folder: 'jobs',
    speaksToS3: true,
    batchSize: 1,
    // A report of 32 MB is in memory as bytes and as text.
    memorySize: 1024,
    timeout: Duration.seconds(60),
    visibility: Duration.seconds(75),
    maxConcurrency: stage.workers.jobs,
    watchedAs: 'jobs',
  });
  table.open(worker.fn, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem']);
  files.open(worker.fn, {
    uploads: ['GetObject', 'DeleteObject'],
    results: ['GetObject', 'PutObject', 'DeleteObject'],
  });
  // The rest of long work goes back into its own queue.
  worker.fn.may(['sqs:SendMessage'], worker.queue.queueArn);
  return worker;
}
