import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PLAN_FACTS } from '#events/catalogue.ts';
import { Schedules } from '#infra/constructs/schedules.ts';
import { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';

/**
 * Everything about campaigns that comes before a lane: arms them for the times their events have now and sets their clocks,
 * starts the run of one that is due, once, and walks through its people to put those who are open into the lanes. One queue
 * for the three, for each that is polled costs a quarter of a dollar a month, whatever it holds (ADR 29).
 */
export function runCampaigns(
  scope: Construct,
  { stage, table, facts, sendTimed, sendBulk }: Foundation & { readonly sendTimed: Worker; readonly sendBulk: Worker },
): Worker {
  // The id of the queue that schedules were set to speak to: with another one they would speak to nobody after an update.
  const worker = new Worker(scope, 'StartRun', {
    stage,
    folder: 'run-campaigns',
    batchSize: 1,
    timeout: Duration.seconds(60),
    visibility: Duration.seconds(75),
    maxConcurrency: stage.workers.runCampaigns,
    environment: {
      LANE_TIMED_QUEUE_URL: sendTimed.queue.queueUrl,
      LANE_BULK_QUEUE_URL: sendBulk.queue.queueUrl,
    },
    watchedAs: 'campaigns',
  });
  worker.fn.addEnvironment('QUEUE_ARN', worker.queue.queueArn);
  table.open(worker.fn, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem']);
  // What is due within seconds needs no clock; a run that was started, and the rest of a long walk, go back there too.
  worker.fn.may(['sqs:SendMessage'], worker.queue.queueArn, sendTimed.queue.queueArn, sendBulk.queue.queueArn);
  const schedules = new Schedules(scope, 'Schedules', { name: `rollcall-${stage.name}`, target: worker });
  schedules.open(worker.fn);
  facts.route(PLAN_FACTS, worker);
  return worker;
}
