import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resourcesOf, serviceOf } from './synthesised.ts';

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const functions = Object.values(resourcesOf(stage, 'AWS::Lambda::Function'));

  test('every folder of functions/ is deployed once', () => {
    const folders = readdirSync('functions', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(functions.map(({ Properties }) => serviceOf(Properties)).sort()).toEqual(
      folders.map(({ name }) => name).sort(),
    );
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

  test('workers together leave three of an account’s ten Lambdas to the site', () => {
    if (stage === 'local') return;
    const sources = Object.values(resourcesOf(stage, 'AWS::Lambda::EventSourceMapping'));
    const most = sources.map(({ Properties }) => Properties.ScalingConfig?.MaximumConcurrency ?? 0);
    expect(most.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(7);
  });

  test('no secret stands in an environment, only its name', () => {
    for (const { Properties } of functions)
      expect(JSON.stringify(Properties.Environment)).not.toContain('resolve:secretsmanager');
  });
});
