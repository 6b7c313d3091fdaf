import { Duration } from 'aws-cdk-lib';
import { type Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { SWEEP_FACTS } from '#events/catalogue.ts';
import { metricsNamespace, NodeFunction } from '#infra/constructs/node-function.ts';
import type { Page } from '#infra/constructs/pager.ts';
import type { DeadLetterQueue } from '#infra/constructs/safe-queue.ts';
import type { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';
import type { Publish } from './publish.ts';

/** Who sweep nudges or looks after. */
interface Neighbours {
  readonly admit: Worker;
  readonly sendNow: Worker;
  readonly receipts: Worker;
  readonly runCampaigns: Worker;
  readonly jobs: Worker;
  readonly sendTimed: Worker;
  readonly sendBulk: Worker;
  readonly publish: Publish;
}

const MINUTE = Duration.minutes(1);

/** Once a minute, looks for what is owed and was lost on the way, nudges whoever owes it, and says what is in a bad way. */
export class Sweep extends Construct {
  readonly fn: NodeFunction;
  /** The rule that runs it every minute. */
  readonly ruleName: string;
  /** The alarms on what it says. */
  readonly alarms: Alarm[];

  constructor(
    scope: Construct,
    id: string,
    { stage, pager, table, facts, mail, receipts, publish, ...neighbours }: Foundation & Neighbours,
  ) {
    super(scope, id);
    const { admit, sendNow, sendTimed, sendBulk, runCampaigns, jobs } = neighbours;
    const { rate } = stage.pacing;
    const watched: DeadLetterQueue[] = [
      ...[sendNow, sendTimed, sendBulk, admit, receipts, runCampaigns, jobs].map(({ deadLetters }) => deadLetters),
      publish.deadLetters,
    ];
    this.fn = new NodeFunction(this, 'Function', {
      stage,
      folder: 'sweep',
      timeout: Duration.seconds(55),
      environment: {
        TIMINGS: JSON.stringify(stage.timings),
        ADMIT_QUEUE_URL: admit.queue.queueUrl,
        LANE_NOW_QUEUE_URL: sendNow.queue.queueUrl,
        CAMPAIGNS_QUEUE_URL: runCampaigns.queue.queueUrl,
        JOBS_QUEUE_URL: jobs.queue.queueUrl,
        RECEIPTS_QUEUE_URL: receipts.queue.queueUrl,
        RECEIPTS_DLQ_URL: receipts.deadLetters.queueUrl,
        DEAD_LETTERS: JSON.stringify(
          Object.fromEntries(watched.map(({ watchedAs, queueUrl }) => [watchedAs, queueUrl])),
        ),
        ...(rate !== undefined && { SEND_RATE: String(rate) }),
      },
    });
    table.open(
      this.fn,
      ['GetItem', 'BatchGetItem', 'UpdateItem', 'DeleteItem', 'Query'],
      ['greetDue', 'due', 'catalogue'],
    );
    const nudged = [admit, sendNow, runCampaigns, jobs];
    this.fn.may(['sqs:SendMessage'], ...nudged.map(({ queue }) => queue.queueArn));
    this.fn.may(['sqs:GetQueueAttributes'], receipts.queue.queueArn, ...watched.map(({ queueArn }) => queueArn));
    mail.ask(this.fn);
    // A run that failed is not repeated: the next minute's does all of it.
    this.fn.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: MINUTE });
    const everyMinute = new Rule(this, 'EveryMinute', {
      schedule: Schedule.rate(MINUTE),
      targets: [new LambdaFunction(this.fn)],
    });
    this.ruleName = everyMinute.ruleName;
    facts.wake(SWEEP_FACTS, this.fn);
    this.alarms = said.map(({ metricName, ...page }) =>
      pager.page(this, page.section, { ...page, metric: this.#metric(stage, metricName), threshold: 1 }),
    );
  }

  #metric(stage: Foundation['stage'], metricName: string): Metric {
    const dimensionsMap = { service: 'sweep' };
    return new Metric({
      namespace: metricsNamespace(stage),
      metricName,
      dimensionsMap,
      statistic: 'Maximum',
      period: MINUTE,
    });
  }
}

/**
 * What sweep says only while it is so. The alarm waits for a few minutes of silence before it is over, so that a round that
 * came late is no end of it, and one trouble is one page.
 */
const said: (Pick<Page, 'section' | 'impact' | 'evaluationPeriods' | 'datapointsToAlarm'> & { metricName: string })[] =
  [
    {
      metricName: 'DeadLetters',
      section: 'dead-letters',
      impact:
        'Messages that nobody could deal with lie in a dead-letter queue: people wait for a confirmation, a seat, a reminder or a survey, or a report is not applied. The log of sweep names the queue and who is hurt.',
      evaluationPeriods: 5,
      datapointsToAlarm: 1,
    },
    {
      metricName: 'WorkOverdue',
      section: 'work-overdue',
      impact:
        'Something is later than it should ever be: people wait for a confirmation, a seat, a reminder or news of their event, or to be deleted. The log of sweep names what, and who waits.',
      evaluationPeriods: 4,
      datapointsToAlarm: 1,
    },
  ];
