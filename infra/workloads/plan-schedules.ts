import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PLAN_FACTS } from '#events/catalogue.ts';
import { Schedules } from '#infra/constructs/schedules.ts';
import { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';

/** Arms campaigns for the times their events have now, and sets one clock for each. */
export function planSchedules(
  scope: Construct,
  { stage, pager, table, facts, startRun }: Foundation & { readonly startRun: Worker },
): Worker {
  const worker = new Worker(scope, 'PlanSchedules', {
    stage,
    pager,
    folder: 'plan-schedules',
    batchSize: 5,
    timeout: Duration.seconds(30),
    visibility: Duration.seconds(45),
    maxConcurrency: stage.workers.planSchedules,
    environment: {
      START_RUN_QUEUE_URL: startRun.queue.queueUrl,
      START_RUN_QUEUE_ARN: startRun.queue.queueArn,
    },
    section: 'plan-dead-letters',
    impact:
      'An event or a campaign was changed and its mails are still timed as before: they may come late, or not at all.',
  });
  table.open(worker.fn, ['GetItem', 'Query', 'UpdateItem']);
  // What is due within seconds needs no clock.
  worker.fn.may(['sqs:SendMessage'], startRun.queue.queueArn);
  const schedules = new Schedules(scope, 'Schedules', { name: `rollcall-${stage.name}`, target: startRun });
  schedules.open(worker.fn);
  facts.route(PLAN_FACTS, worker);
  return worker;
}
