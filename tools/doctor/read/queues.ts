import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { QueueFacts } from '../judge/queues.ts';
import { once, type Patient } from '../patient.ts';

interface Queue extends QueueFacts {
  readonly dead: boolean;
}

const OF = /^(.+)(Queue|Dlq)Url$/;

/** Every queue the stack's outputs name: how many messages wait, and for how long, where CloudWatch knows. */
export const readQueues = once(async (patient: Patient): Promise<Queue[]> => {
  const named = Object.entries(patient.stack.outputs).flatMap(([key, url]) => {
    const [, name, kind] = OF.exec(key) ?? [];
    return name ? [{ name, url, dead: kind === 'Dlq' }] : [];
  });
  const [waiting, ages] = await Promise.all([
    Promise.all(named.map(({ url }) => waitingIn(patient, url))),
    agesOf(
      patient,
      named.map(({ url }) => url),
    ),
  ]);
  return named.map(({ name, dead }, n) => ({ name, dead, waiting: waiting[n] ?? 0, oldest: ages[n] }));
});

async function waitingIn({ aws }: Patient, QueueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes = {} } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Number(Attributes['ApproximateNumberOfMessages'] ?? 0);
}

/** The latest age of the oldest message that CloudWatch has of each, seconds. It is a nicety: without it the counts stand alone. */
async function agesOf({ aws, now }: Patient, urls: readonly string[]): Promise<(number | undefined)[]> {
  const MetricDataQueries = urls.map((url, n) => ({
    Id: `q${n}`,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: url.slice(url.lastIndexOf('/') + 1) }],
      },
      Period: 60,
      Stat: 'Maximum',
    },
  }));
  const span = { StartTime: new Date(now - 10 * 60_000), EndTime: new Date(now) };
  const { MetricDataResults = [] } = await aws.cloudWatch
    .send(new GetMetricDataCommand({ ...span, MetricDataQueries, ScanBy: 'TimestampDescending' }))
    .catch(() => ({ MetricDataResults: [] }));
  return urls.map((_, n) => MetricDataResults.find(({ Id }) => Id === `q${n}`)?.Values?.[0]);
}
