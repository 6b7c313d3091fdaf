import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { idleRound } from './idle-round.ts';
import { PRICES, type Priced } from './price-list.ts';
import { resourcesOf } from './synthesised.ts';

const MINUTES = (730 * 60) as number;
/** Seconds a run of sweep takes that finds nothing, and what Lambda itself writes into the log about it. Guessed high. */
const SWEEP_SECONDS = 0.5;
const PLATFORM_BYTES = 800;
/** What a table and its recovery hold of an idle stage: some old events and their numbers. */
const GIGABYTES = 0.01;
/**
 * Long polls of 20 s that Lambda keeps open per queue. It "can optimize to as few as 2" when traffic is low, but not for a
 * queue whose concurrency has a maximum, as each of ours has (docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html).
 */
const POLLS_A_MINUTE = 5 * 3;

const round = await idleRound();

/** How much of everything that is paid for a stage uses in a month in which nobody does anything, from its template. */
function idle(stage: string): Partial<Record<Priced, number>> {
  const all = (type: string) => Object.values(resourcesOf(stage, type)).map(({ Properties }) => Properties);
  const queues = resourcesOf(stage, 'AWS::SQS::Queue');
  const polled = all('AWS::Lambda::EventSourceMapping').flatMap(
    ({ EventSourceArn }) => queues[EventSourceArn['Fn::GetAtt'][0]]?.Properties ?? [],
  );
  const fifo = polled.filter(({ FifoQueue }) => FifoQueue).length;
  const sweeps = MINUTES * all('AWS::Events::Rule').filter(({ ScheduleExpression }) => ScheduleExpression).length;
  const megabytes = all('AWS::Lambda::Function').find(
    ({ Environment }) => Environment.Variables.DEAD_LETTERS,
  )?.MemorySize;
  const logged = (sweeps * (round.logBytes + PLATFORM_BYTES)) / 1e9;
  const days = all('AWS::Logs::LogGroup')[0]?.RetentionInDays;
  return {
    secret: all('AWS::SecretsManager::Secret').length,
    key: all('AWS::KMS::Key').length,
    alarmMetric: alarmMetrics(stage).length,
    customMetric: round.metrics,
    dashboard: all('AWS::CloudWatch::Dashboard').length,
    queueRequest: (polled.length - fifo) * MINUTES * POLLS_A_MINUTE + sweeps * round.queueRequests,
    fifoRequest: fifo * MINUTES * POLLS_A_MINUTE,
    invocation: sweeps,
    gigabyteSecond: (sweeps * SWEEP_SECONDS * megabytes) / 1024,
    trace: sweeps,
    readUnit: sweeps * round.readUnits,
    writeUnit: sweeps * round.writeUnits,
    logGigabyte: logged,
    logGigabyteKept: (logged * days) / 30,
    tableGigabyte: GIGABYTES,
    recoverableGigabyte: GIGABYTES,
  };
}

/** What an alarm is paid for by: its metric, or each of those its arithmetic is made of. */
const alarmMetrics = (stage: string) =>
  Object.values(resourcesOf(stage, 'AWS::CloudWatch::Alarm')).flatMap(({ Properties }) =>
    (Properties.Metrics ?? [Properties]).filter((metric: { Expression?: string }) => !metric.Expression),
  );

/** Dollars a month, with what Amazon gives every account for good, or where that is used up elsewhere. */
const dollars = (stage: string, { free }: { free: boolean }): number =>
  Object.entries(idle(stage)).reduce((sum, [what, units]) => {
    const price = PRICES[what as Priced];
    return sum + Math.max(0, units - (free ? price.free : 0)) * price.each;
  }, 0);

const said = (amount: number) => `$${amount.toFixed(2)}`;

test('idle, prod as it is delivered costs at most three dollars a month', () => {
  expect(dollars('prod', { free: true })).toBeLessThanOrEqual(3);
});

test('idle, it costs under five where the account uses up elsewhere what Amazon gives for nothing, the dashboard apart', () => {
  expect(dollars('prod', { free: false }) - PRICES.dashboard.each).toBeLessThan(5);
});

test('the README, the guarantees and the decision say what prod costs, to the cent', () => {
  const [withFree, without] = [true, false].map((free) => said(dollars('prod', { free }))) as [string, string];
  for (const page of ['README.md', 'docs/guarantees.md', 'docs/adr/0029-the-price-of-an-idle-stage.md']) {
    expect(readFileSync(page, 'utf8'), page).toContain(withFree);
    expect(readFileSync(page, 'utf8'), page).toContain(without);
  }
});

test('everything that is paid for by its being there is counted, and nothing costs much of it', () => {
  const { alarmMetric = 0, queueRequest = 0, secret, key } = idle('prod');
  expect(alarmMetric).toBeGreaterThan(10);
  expect(queueRequest).toBeGreaterThan(PRICES.queueRequest.free);
  expect({ secret, key }).toEqual({ secret: 2, key: 0 });
});

/** Types that cost something, or could, by their being there; every other type of a template is free until it is used. */
const PAID_BY_BEING_THERE =
  /::(NatGateway|LoadBalancer|VPCEndpoint|DBInstance|Cluster|WebACL|HostedZone|Canary|InsightRule|AnomalyDetector|CompositeAlarm|Alias|Pipe|Archive|Trail)$/;

test('what never costs nothing is not there: no NAT, load balancer, provisioned capacity or key of our own', () => {
  const types = Object.values(resourcesOf('prod')).map(({ Type }) => Type);
  expect(types.length).toBeGreaterThan(100);
  expect(types.filter((type) => PAID_BY_BEING_THERE.test(type))).toEqual([]);
  for (const { Properties } of Object.values(resourcesOf('prod', 'AWS::Lambda::EventSourceMapping')))
    expect(Properties).not.toHaveProperty('ProvisionedPollerConfig');
});

test('a metric counted from a log is paid for only in hours with such a line: none has a value by default', () => {
  const filters = Object.values(resourcesOf('prod', 'AWS::Logs::MetricFilter'));
  expect(filters).not.toHaveLength(0);
  for (const { Properties } of filters)
    for (const transformation of Properties.MetricTransformations)
      expect(transformation).not.toHaveProperty('DefaultValue');
});

test('the dashboard is one of the three that are free: it shows at most fifty metrics', () => {
  const [dashboard, ...more] = Object.values(resourcesOf('prod', 'AWS::CloudWatch::Dashboard'));
  expect(more).toEqual([]);
  const metrics = JSON.stringify(dashboard?.Properties.DashboardBody).match(/\[\\?"AWS\/|\[\\\\\\?"AWS\//g) ?? [];
  expect(metrics.length).toBeGreaterThan(5);
  expect(metrics.length).toBeLessThanOrEqual(50);
});

test('an idle round of sweep is cheap: it counts nothing, asks no queue more than its share, and writes twice at most', () => {
  expect(round.metrics).toBe(0);
  expect(round.queueRequests).toBeLessThanOrEqual(6);
  expect(round.readUnits).toBeLessThanOrEqual(20);
  expect(round.writeUnits).toBeLessThanOrEqual(2);
});
