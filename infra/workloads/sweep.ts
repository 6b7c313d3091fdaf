import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { SWEEP_FACTS } from '#events/catalogue.ts';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import type { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';

/** Who sweep nudges or looks after. */
interface Neighbours {
  readonly admit: Worker;
  readonly sendNow: Worker;
  readonly receipts: Worker;
  readonly planSchedules: Worker;
  readonly startRun: Worker;
  readonly fanOut: Worker;
  readonly jobs: Worker;
}

/** Once a minute, looks for what is owed and was lost on the way, and nudges whoever owes it. */
export class Sweep extends Construct {
  readonly fn: NodeFunction;
  /** The rule that runs it every minute. */
  readonly ruleName: string;

  constructor(
    scope: Construct,
    id: string,
    { stage, table, facts, mail, receipts, ...neighbours }: Foundation & Neighbours,
  ) {
    super(scope, id);
    const { admit, sendNow, planSchedules, startRun, fanOut, jobs } = neighbours;
    const { rate } = stage.pacing;
    this.fn = new NodeFunction(this, 'Function', {
      stage,
      folder: 'sweep',
      timeout: Duration.seconds(55),
      environment: {
        TIMINGS: JSON.stringify(stage.timings),
        ADMIT_QUEUE_URL: admit.queue.queueUrl,
        LANE_NOW_QUEUE_URL: sendNow.queue.queueUrl,
        PLAN_QUEUE_URL: planSchedules.queue.queueUrl,
        START_RUN_QUEUE_URL: startRun.queue.queueUrl,
        FAN_OUT_QUEUE_URL: fanOut.queue.queueUrl,
        JOBS_QUEUE_URL: jobs.queue.queueUrl,
        RECEIPTS_QUEUE_URL: receipts.queue.queueUrl,
        RECEIPTS_DLQ_URL: receipts.deadLetters.queueUrl,
        ...(rate !== undefined && { SEND_RATE: String(rate) }),
      },
    });
    table.open(this.fn, ['GetItem', 'BatchGetItem', 'UpdateItem', 'DeleteItem', 'Query'], ['greetDue', 'due']);
    const nudged = [admit, sendNow, planSchedules, startRun, fanOut, jobs];
    this.fn.may(['sqs:SendMessage'], ...nudged.map(({ queue }) => queue.queueArn));
    this.fn.may(['sqs:GetQueueAttributes'], receipts.queue.queueArn, receipts.deadLetters.queueArn);
    mail.ask(this.fn);
    // A run that failed is not repeated: the next minute's does all of it.
    this.fn.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    const everyMinute = new Rule(this, 'EveryMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.fn)],
    });
    this.ruleName = everyMinute.ruleName;
    facts.wake(SWEEP_FACTS, this.fn);
  }
}
