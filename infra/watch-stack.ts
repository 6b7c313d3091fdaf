import { Duration, NestedStack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { metricsNamespace, type NodeFunction } from './constructs/node-function.ts';
import type { Worker } from './constructs/worker.ts';
import { age, iteratorAge, pages, type Watched } from './watch-pages.ts';

/** A line of a log, and what it is counted as. */
interface Line {
  readonly metricName: string;
  readonly message: string;
}

/**
 * The alarms that need arithmetic, and the dashboard. A nested stack, so that one deploy brings both; the emulator
 * refuses such alarms, so the local stage goes without.
 */
export class WatchStack extends NestedStack {
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { guestSite, personalSite } = watched;
    const fromLogs = {
      delayed: this.#counted(
        watched,
        { metricName: 'MailDelayed', message: 'A budget delays mail' },
        { guestSite, personalSite },
      ),
      unwritten: this.#counted(
        watched,
        { metricName: 'JoiningUnwritten', message: 'A press to join could not be written down' },
        { personalSite },
      ),
    };
    const alarms = pages(watched, fromLogs).map((page) => watched.pager.page(this, page.section, page));
    this.#dashboard(watched, alarms);
  }

  /** Counted from the log, for a metrics library would cost every page a slower start. */
  #counted(
    { stage }: Watched,
    { metricName, message }: Line,
    functions: Readonly<Record<string, NodeFunction>>,
  ): IMetric {
    const metricNamespace = metricsNamespace(stage);
    const filterPattern = FilterPattern.stringValue('$.message', '=', message);
    for (const [name, { logGroup }] of Object.entries(functions))
      new MetricFilter(this, `${metricName}-${name}`, { logGroup, filterPattern, metricNamespace, metricName });
    return new Metric({ namespace: metricNamespace, metricName, statistic: 'Sum', period: Duration.minutes(5) });
  }

  #dashboard(watched: Watched, alarms: Alarm[]): void {
    const { admit, sendNow, sendTimed, sendBulk, receipts, fanOut, startRun, planSchedules, publish, site, stage } =
      watched;
    const workers = [admit, sendNow, sendTimed, sendBulk, receipts, fanOut, startRun, planSchedules];
    const deadLetters = [publish, ...workers].map(({ deadLetters }) => deadLetters.alarm);
    const waiting = ({ queue }: Worker) => queue.metricApproximateNumberOfMessagesVisible();
    const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
    new Dashboard(this, 'Dashboard', {
      dashboardName: `rollcall-${stage.name}`,
      widgets: [
        [new AlarmStatusWidget({ title: 'Who is hurt now', alarms: [...deadLetters, ...alarms], width: 24 })],
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
          graph('Runs and plans waiting', waiting(planSchedules), waiting(startRun), waiting(fanOut)),
        ],
        [
          graph('What SES says waits', waiting(receipts), age(receipts)),
          graph('How far publish is behind', iteratorAge(publish.fn)),
        ],
      ],
    });
  }
}
