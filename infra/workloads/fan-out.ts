import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';

/** Walks through the people of a run and puts those who are open into the lanes, a few to each message. */
export function fanOut(
  scope: Construct,
  { stage, pager, table, sendTimed, sendBulk }: Foundation & { readonly sendTimed: Worker; readonly sendBulk: Worker },
): Worker {
  const worker = new Worker(scope, 'FanOut', {
    stage,
    pager,
    folder: 'fan-out',
    batchSize: 1,
    timeout: Duration.seconds(60),
    visibility: Duration.seconds(75),
    maxConcurrency: stage.workers.fanOut,
    environment: {
      LANE_TIMED_QUEUE_URL: sendTimed.queue.queueUrl,
      LANE_BULK_QUEUE_URL: sendBulk.queue.queueUrl,
    },
    section: 'fan-out-dead-letters',
    impact: 'Some of the people a campaign is for were not looked up: they wait for its mail, and time is running out.',
  });
  table.open(worker.fn, ['GetItem', 'Query', 'UpdateItem']);
  // The rest of a long walk goes back into its own queue.
  worker.fn.may(['sqs:SendMessage'], sendTimed.queue.queueArn, sendBulk.queue.queueArn, worker.queue.queueArn);
  return worker;
}
