import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, expect, test, vi } from 'vitest';
import { readStage } from '#infra/read-stage.ts';
import { RollcallStack } from '#infra/rollcall-stack.ts';
import { newApp, stackOf } from './synthesised.ts';

const outdir = mkdtempSync(join(tmpdir(), 'rollcall-nag-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const checked = (stage: string) => {
  const app = newApp(join(outdir, stage));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack: stackOf({ stage }, app) };
};

test.each(['local', 'dev', 'prod'])('cdk-nag finds nothing in the %s stage', (stage) => {
  expect(() => checked(stage).app.synth()).not.toThrow();
});

test('nor where the stage names account and region, and what is granted is spelled out', () => {
  const app = newApp(join(outdir, 'placed'));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const placed = { ...readStage({ stage: 'prod' }), account: '123456789012', region: 'eu-west-2' };
  new RollcallStack(app, 'rollcall-prod', placed);
  expect(() => app.synth()).not.toThrow();
});

test('cdk-nag would find something', () => {
  const { app, stack } = checked('dev');
  new Queue(stack, 'Careless');
  vi.spyOn(console, 'error').mockReturnValue();
  expect(() => app.synth()).toThrow(/Careless.*SQS3|SQS4/s);
});
