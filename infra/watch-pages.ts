import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { metricsNamespace, type NodeFunction } from './constructs/node-function.ts';
import type { Page } from './constructs/pager.ts';
import type { Worker } from './constructs/worker.ts';
import type { Stage } from './stage.ts';
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
  readonly fanOut: Worker;
  readonly startRun: Worker;
  readonly planSchedules: Worker;
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

/** What is counted from the log: mails that a budget holds back, presses to join that could not be written down. */
interface FromLogs {
  readonly delayed: IMetric;
  readonly unwritten: IMetric;
}

/** Everything besides dead letters that somebody is woken for. */
export function pages(
  { sendNow, sendTimed, sendBulk, receipts, publish, sweep, site, stage }: Watched,
  { delayed, unwritten }: FromLogs,
): Page[] {
  return [
    {
      section: 'lane-now-late',
      impact: 'People who registered have been waiting for their confirmation for more than five minutes.',
      metric: age(sendNow),
      threshold: 300,
      evaluationPeriods: 3,
    },
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
      impact: 'Amazon refuses mails, or a sender breaks: confirmations, reminders or surveys are late or missing.',
      metric: new MathExpression({
        label: 'Runs that broke, mails that were refused',
        expression: 'FILL(now, 0) + FILL(timed, 0) + FILL(bulk, 0) + FILL(refused, 0) + FILL(failed, 0)',
        usingMetrics: {
          now: sendNow.fn.metricErrors(),
          timed: sendTimed.fn.metricErrors(),
          bulk: sendBulk.fn.metricErrors(),
          refused: counted(stage, 'send', 'MailRefused'),
          failed: counted(stage, 'send', 'MailFailed'),
        },
        period: FIVE_MINUTES,
      }),
      threshold: 3,
    },
    {
      section: 'not-verified',
      impact:
        'Amazon takes no mail from our sender, or none to some addresses: nobody, or not everybody, is written to until it is verified.',
      metric: counted(stage, 'send', 'MailNotVerified'),
      threshold: 1,
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
      metric: new MathExpression({
        label: 'Mails expired or held',
        expression: 'FILL(expired, 0) + FILL(held, 0)',
        usingMetrics: { expired: counted(stage, 'send', 'MailExpired'), held: counted(stage, 'send', 'MailHeld') },
        period: FIVE_MINUTES,
      }),
      threshold: 1,
    },
    {
      section: 'run-too-slow',
      impact: 'A campaign has more people than can be written to in time: the last of them will not get its mail.',
      metric: counted(stage, 'sweep', 'RunTooSlow'),
      threshold: 1,
    },
    {
      section: 'campaign-paused',
      impact: 'A campaign stopped itself because too many of its mails bounced: the rest of its people wait for it.',
      metric: counted(stage, 'receipts', 'CampaignPaused'),
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
        'Nobody looks after what got lost on the way: mails that failed once stay unsent, stopped sending does not resume.',
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

/** A fact of the domain, by the name a function counts it under. */
const counted = ({ name }: Pick<Stage, 'name'>, service: string, metricName: string) =>
  new Metric({
    namespace: metricsNamespace({ name }),
    metricName,
    dimensionsMap: { service },
    statistic: 'Sum',
    period: FIVE_MINUTES,
  });

const reputation = (rate: string) =>
  new Metric({ namespace: 'AWS/SES', metricName: `Reputation.${rate}`, statistic: 'Average' });
