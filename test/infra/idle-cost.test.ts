import { expect, test } from 'vitest';
import { resourcesOf } from './synthesised.ts';

const MINUTES_A_MONTH = 60 * 24 * 30;

/** List prices in eu-west-2, in dollars a month, of what costs something while nobody does anything. */
function idleCost(stage: string): Record<string, number> {
  const count = (type: string) => Object.keys(resourcesOf(stage, type)).length;
  const alarms = Object.values(resourcesOf(stage, 'AWS::CloudWatch::Alarm'));
  const metrics = alarms.flatMap(({ Properties }) =>
    (Properties.Metrics ?? [Properties]).filter((metric: { Expression?: string }) => !metric.Expression),
  );
  const polled = Object.values(resourcesOf(stage, 'AWS::Lambda::EventSourceMapping')).filter(
    ({ Properties }) => Properties.ScalingConfig,
  );
  return {
    secrets: 0.4 * count('AWS::SecretsManager::Secret'),
    keys: 1 * count('AWS::KMS::Key'),
    alarms: 0.1 * metrics.length,
    // Lambda keeps five long polls of 20 s open per queue.
    polling: polled.length * ((MINUTES_A_MONTH * 15) / 1e6) * 0.4,
    // sweep, once a minute: 0.5 s of 256 MB on arm64, about 1 kB of log, 15 reads and two queue requests; and its trace.
    sweep: MINUTES_A_MONTH * (0.5 * 0.25 * 0.0000133334 + 0.0000002 + 0.00000059 + 15 * 1.5e-7 + 2 * 4e-7),
    traces: MINUTES_A_MONTH * 0.000005,
  };
}

/** What Amazon gives every account each month for good, not only in its first year, of what is counted above. */
const ALWAYS_FREE: Record<string, number> = { alarms: 10 * 0.1, polling: 0.4, traces: 100_000 * 0.000005 };

const billed = (costs: Record<string, number>) =>
  Object.fromEntries(Object.entries(costs).map(([what, cost]) => [what, Math.max(0, cost - (ALWAYS_FREE[what] ?? 0))]));

const sum = (costs: Record<string, number>) => Object.values(costs).reduce((total, cost) => total + cost, 0);

test('idle, the core stack costs under three dollars a month', () => {
  const costs = idleCost('local');
  expect(costs['alarms']).toBeGreaterThan(0);
  expect(costs['polling']).toBeGreaterThan(0);
  expect(sum(billed(costs))).toBeLessThan(3);
});

test('idle, it costs under five where the account uses up elsewhere what Amazon gives for nothing', () => {
  expect(sum(idleCost('local'))).toBeLessThan(5);
});

test('what never costs nothing is counted: no NAT, load balancer, provisioned capacity or key of our own', () => {
  const types = new Set(Object.values(resourcesOf('prod', 'AWS::KMS::Key', 'AWS::EC2::NatGateway', 'AWS::EC2::VPC')));
  expect(types.size).toBe(0);
});

test('watching prod adds at most two dollars, and one dashboard of the three that are free', () => {
  expect(sum(idleCost('prod')) - sum(idleCost('local'))).toBeLessThan(2);
  expect(Object.keys(resourcesOf('prod', 'AWS::CloudWatch::Dashboard'))).toHaveLength(1);
});
