import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { NodeFunction } from './constructs/node-function.ts';
import type { Page } from './constructs/pager.ts';
import type { Worker } from './constructs/worker.ts';
import type { Foundation } from './workloads/foundation.ts';
import type { Publish } from './workloads/publish.ts';
import type { Sweep } from './workloads/sweep.ts';

/** What there is to watch. */
export interface Watched extends Foundation {
  readonly admit: Worker;
  readonly sendNow: Worker;
  readonly sendTimed: Worker;
  readonly sendBulk: Worker;
  readonly receipts: Worker;
  readonly runCampaigns: Worker;
  readonly jobs: Worker;
  readonly publish: Publish;
  readonly sweep: Sweep;
  readonly guestSite: NodeFunction;
  readonly personalSite: NodeFunction;
}

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

/** Lambda and API Gateway count each call as 0 or 1 error, so the average is the share of calls that failed. */
const SHARE = { statistic: 'Average', period: FIVE_MINUTES };

/** So many refused mails or broken runs in five minutes are no accident; one mail refused because nobody is verified counts as many. */
export const REFUSALS = 3;

/**
 * What is counted from the log: mails that Amazon refused or that broke a sender, mails given up, mails that a budget holds
 * back, presses to join that could not be written down. One metric each, however many functions log it: each metric of an
 * alarm is paid for.
 */
interface FromLogs {
  readonly refused: IMetric;
  readonly givenUp: IMetric;
  readonly delayed: IMetric;
  readonly unwritten: IMetric;
}

/** Everything that somebody is woken for besides what sweep says. */
export function pages(
  { receipts, publish, sweep, site }: Watched,
  { refused, givenUp, delayed, unwritten }: FromLogs,
): Page[] {
  return [
    {
      section: 'publish-late',
      impact:
        'Nothing that people do is passed on: no seats are given and no mails sent, for more than two minutes now.',
      metric: iteratorAge(publish.fn),
      threshold: Duration.minutes(2).toMilliseconds(),
      evaluationPeriods: 3,
    },
    {
      section: 'send-fails',
      impact:
        'Amazon refuses mails, from a sender that is not verified perhaps, or a lane breaks: confirmations, reminders or surveys are late or missing.',
      metric: refused,
      threshold: REFUSALS,
      // Who is not verified is tried every thirteen minutes at most: no alarm in between that goes out and on again.
      evaluationPeriods: 4,
      datapointsToAlarm: 1,
    },
    {
      section: 'receipts-late',
      impact: 'What became of mails has been unread for five minutes: mails in doubt are held up until it is known.',
      metric: age(receipts),
      threshold: 300,
      evaluationPeriods: 3,
    },
    {
      section: 'mail-given-up',
      impact:
        'Somebody was not written to in time, or nobody knows whether they were: a confirmation, a reminder or a link is missing.',
      metric: givenUp,
      threshold: 1,
    },
    {
      section: 'mail-delayed',
      impact:
        'More people register than a budget foresees: their confirmations come late, or somebody is being bombed.',
      metric: delayed,
      threshold: 10,
    },
    {
      section: 'sweep-silent',
      impact:
        'Nobody looks after what got lost on the way: mails that failed once stay unsent, stopped sending does not resume, and neither dead letters nor overdue work would be told of.',
      metric: sweep.fn.metricErrors(SHARE),
      threshold: 1,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.BREACHING,
    },
    {
      section: 'site-fails',
      impact: 'One request in twenty or more is answered with an error: people cannot read or register.',
      metric: site.api.metricServerError(SHARE),
      threshold: 0.05,
      evaluationPeriods: 2,
    },
    {
      section: 'lambdas-used-up',
      impact:
        'More is to be done at once than this account may run: pages answer with an error, and mails and seats come late.',
      // Of all functions of the account and region: they share its limit, and one metric costs what one function's does.
      metric: ofAllFunctions('Throttles'),
      threshold: 10,
      evaluationPeriods: 2,
    },
    {
      section: 'chain-cut',
      impact:
        'Lambda took work that goes on and on for an endless loop and stopped it: the rest of a campaign or a report is not done.',
      metric: ofAllFunctions('RecursiveInvocationsDropped'),
      threshold: 1,
    },
    {
      section: 'joining-unwritten',
      impact: 'People were let in to an event, but not that they came: they may be told that they were missed.',
      metric: unwritten,
      threshold: 1,
    },
    {
      section: 'sender-reputation',
      impact:
        'Too many mails bounce or are complained about: Amazon is about to stop this account from sending at all.',
      metric: new MathExpression({
        label: 'Share of what Amazon tolerates, in percent',
        expression: '100 * MAX([FILL(bounces, 0) / 0.05, FILL(complaints, 0) / 0.001])',
        usingMetrics: { bounces: reputation('BounceRate'), complaints: reputation('ComplaintRate') },
        period: Duration.hours(1),
      }),
      threshold: 80,
    },
  ];
}

/** Seconds that the oldest message of a worker has been waiting. */
export const age = ({ queue }: Worker) =>
  queue.metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: 'Maximum' });

/** Milliseconds between a write and its reaching this function. */
export const iteratorAge = (fn: NodeFunction) => fn.metric('IteratorAge', { period: MINUTE, statistic: 'Maximum' });

const ofAllFunctions = (metricName: string) =>
  new Metric({ namespace: 'AWS/Lambda', metricName, statistic: 'Sum', period: FIVE_MINUTES });

const reputation = (rate: string) =>
  new Metric({ namespace: 'AWS/SES', metricName: `Reputation.${rate}`, statistic: 'Average' });
