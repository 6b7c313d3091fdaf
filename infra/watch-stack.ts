import { Duration, NestedStack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type JsonPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { metricsNamespace, type NodeFunction } from './constructs/node-function.ts';
import type { Worker } from './constructs/worker.ts';
import { age, iteratorAge, pages, REFUSALS, type Watched } from './watch-pages.ts';

/** Lines of logs, and what they are counted as. */
interface Lines {
  readonly metricName: string;
  readonly pattern: JsonPattern;
  readonly of: Readonly<Record<string, NodeFunction>>;
  /** Lines of which each weighs as much as several of the others. */
  readonly more?: { readonly pattern: JsonPattern; readonly countsAs: number };
}

/**
 * The alarms that need arithmetic or count lines of a log, and the dashboard. A nested stack, so that one deploy brings all;
 * the emulator refuses such alarms, so the local stage goes without.
 */
export class WatchStack extends NestedStack {
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { guestSite, personalSite } = watched;
    const lanes = { now: watched.sendNow.fn, timed: watched.sendTimed.fn, bulk: watched.sendBulk.fn };
    const says = (message: string) => FilterPattern.stringValue('$.message', '=', message);
    const counts = (name: string) => FilterPattern.exists(`$.${name}`);
    // Lambda's own line at the end of each run: its code does not know that it ran out of time or memory.
    const broke = FilterPattern.all(
      FilterPattern.stringValue('$.type', '=', 'platform.report'),
      FilterPattern.stringValue('$.record.status', '!=', 'success'),
    );
    const counted = (lines: Lines) => this.#counted(watched, lines);
    const alarms = pages(watched, {
      refused: counted({
        metricName: 'SendingFails',
        pattern: FilterPattern.any(broke, counts('MailRefused'), counts('MailFailed')),
        of: lanes,
        more: { pattern: counts('MailNotVerified'), countsAs: REFUSALS },
      }),
      givenUp: counted({
        metricName: 'MailGivenUp',
        pattern: FilterPattern.any(counts('MailExpired'), counts('MailHeld')),
        of: lanes,
      }),
      delayed: counted({
        metricName: 'MailDelayed',
        pattern: says('A budget delays mail'),
        of: { guestSite, personalSite },
      }),
      unwritten: counted({
        metricName: 'JoiningUnwritten',
        pattern: says('A press to join could not be written down'),
        of: { personalSite },
      }),
    }).map((page) => watched.pager.page(this, page.section, page));
    this.#dashboard(watched, alarms);
  }

  /** One metric of lines in the logs of several functions. It costs nothing in hours without such a line. */
  #counted({ stage }: Watched, { metricName, pattern, of, more }: Lines): IMetric {
    const metricNamespace = metricsNamespace(stage);
    const filter = (id: string, { logGroup }: NodeFunction, filterPattern: JsonPattern, countsAs: number) =>
      new MetricFilter(this, id, {
        logGroup,
        filterPattern,
        metricNamespace,
        metricName,
        metricValue: String(countsAs),
      });
    for (const [name, fn] of Object.entries(of)) {
      filter(`${metricName}-${name}`, fn, pattern, 1);
      if (more) filter(`${metricName}-${name}-more`, fn, more.pattern, more.countsAs);
    }
    return new Metric({ namespace: metricNamespace, metricName, statistic: 'Sum', period: Duration.minutes(5) });
  }

  #dashboard(watched: Watched, alarms: Alarm[]): void {
    const { admit, sendNow, sendTimed, sendBulk, receipts, runCampaigns } = watched;
    const { publish, site, stage, sweep } = watched;
    const waiting = ({ queue }: Worker) => queue.metricApproximateNumberOfMessagesVisible();
    const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
    new Dashboard(this, 'Dashboard', {
      dashboardName: `rollcall-${stage.name}`,
      widgets: [
        [new AlarmStatusWidget({ title: 'Who is hurt now', alarms: [...sweep.alarms, ...alarms], width: 24 })],
        [
          graph('Requests', site.api.metricCount(), site.api.metricClientError(), site.api.metricServerError()),
          graph(
            'How long pages take',
            site.api.metricLatency({ statistic: 'p50' }),
            site.api.metricLatency({ statistic: 'p95' }),
          ),
        ],
        [
          graph('Mails waiting in lane now', waiting(sendNow), age(sendNow)),
          graph('Seats waiting to be decided', waiting(admit), age(admit)),
        ],
        [
          graph('Messages waiting in lanes timed and bulk', waiting(sendTimed), waiting(sendBulk)),
          graph('Plans, starts and walks waiting', waiting(runCampaigns), age(runCampaigns)),
        ],
        [
          graph('What SES says waits', waiting(receipts), age(receipts)),
          graph('How far publish is behind', iteratorAge(publish.fn)),
        ],
      ],
    });
  }
}
