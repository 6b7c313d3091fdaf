import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { routes } from '#infra/routes.ts';
import { nameOf, resourcesOf } from './synthesised.ts';

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const functions = Object.values(resourcesOf(stage, 'AWS::Lambda::Function'));

  test('every folder of functions/ is deployed once, and that of send once for each lane', () => {
    const folders = readdirSync('functions', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const wanted = folders.flatMap(({ name }) => (name === 'send' ? ['send-now', 'send-timed', 'send-bulk'] : [name]));
    expect(functions.map(({ Properties }) => nameOf(Properties)).sort()).toEqual(wanted.sort());
  });

  test('every function is arm64 on Node 24, with source maps, traces and JSON logs', () => {
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON' },
        Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
      });
  });

  test('every function has a log group of its own, whose entries expire', () => {
    const groups = resourcesOf(stage, 'AWS::Logs::LogGroup');
    const used = functions.map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref);
    expect(new Set(used).size).toBe(functions.length);
    for (const id of used) expect(groups[id]?.Properties.RetentionInDays).toBeGreaterThan(0);
  });

  test('no function holds back concurrency, which a new account has ten of', () => {
    for (const { Properties } of functions) expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  const atOnce = Object.fromEntries(
    Object.values(resourcesOf(stage, 'AWS::Lambda::EventSourceMapping')).flatMap(({ Properties }) => {
      const fn = resourcesOf(stage, 'AWS::Lambda::Function')[Properties.FunctionName.Ref]?.Properties;
      const most = Properties.ScalingConfig?.MaximumConcurrency;
      return most === undefined ? [] : [[nameOf(fn), most]];
    }),
  );

  test('every queue’s function has a limit to how many of it run at once', () => {
    expect(Object.keys(atOnce)).toHaveLength(7);
  });

  if (stage !== 'local')
    test('lanes, whose workers wait for their turn, leave three of a new account’s ten Lambdas', () => {
      const { 'send-now': now, 'send-timed': timed, 'send-bulk': bulk } = atOnce;
      expect(now + timed + bulk).toBeLessThanOrEqual(7);
    });

  if (stage !== 'local')
    test('whoever is busy for moments only has the two that SQS asks for', () => {
      for (const name of ['admit', 'receipts', 'jobs']) expect(atOnce[name]).toBe(2);
    });

  test('whoever is asked over HTTP may run for long enough for a slow table, and ends before API Gateway gives up', () => {
    for (const { Properties } of functions) {
      const name = nameOf(Properties);
      if (!Object.keys(routes).includes(name)) continue;
      // API Gateway, "Quotas for configuring and running an HTTP API": 30 s, and no more can be had.
      expect(Properties.Timeout, name).toBeLessThan(30);
      expect(Properties.Timeout, name).toBeGreaterThanOrEqual(29);
    }
  });

  test('no secret stands in an environment, only its name', () => {
    for (const { Properties } of functions)
      expect(JSON.stringify(Properties.Environment)).not.toContain('resolve:secretsmanager');
  });
});
