import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';

/** Starts the run of a campaign that is due, once, and has its people looked up. */
export function startRun(
  scope: Construct,
  { stage, pager, table, fanOut }: Foundation & { readonly fanOut: Worker },
): Worker {
  const worker = new Worker(scope, 'StartRun', {
    stage,
    pager,
    folder: 'start-run',
    batchSize: 10,
    timeout: Duration.seconds(20),
    visibility: Duration.seconds(30),
    maxConcurrency: stage.workers.startRun,
    environment: { FAN_OUT_QUEUE_URL: fanOut.queue.queueUrl },
    section: 'start-run-dead-letters',
    impact: 'A reminder, a way in or a survey that is due could not be started: nobody has been sent it yet.',
  });
  table.open(worker.fn, ['GetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem']);
  worker.fn.may(['sqs:SendMessage'], fanOut.queue.queueArn);
  return worker;
}
