import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { commandsOf } from '#test/support/documented.ts';
import { bareEnv, clientConfig } from '#tools/local/endpoint.ts';
import { ROOT } from '#tools/local/paths.ts';
import { ensureVenv, FOR_TESTS, inVenv } from '#tools/local/venv.ts';

const { endpoint, env } = inject('localAws');
const aws = clientConfig(endpoint);
const cloudFormation = new CloudFormationClient(aws);
const dynamo = new DynamoDBClient(aws);
const s3 = new S3Client({ ...aws, forcePathStyle: true });
const STACK = { StackName: 'rollcall-state' };
const folder = mkdtempSync(join(tmpdir(), 'rollcall-state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The real CDK, told to build the stack of what holds state; whether it succeeded, and what it said. */
async function cdk(verb: 'deploy' | 'destroy', removal: string, ...more: string[]) {
  const args = [
    verb,
    '--app',
    'node test/support/state-app.ts',
    '-o',
    join(folder, 'cdk.out'),
    '-c',
    `removal=${removal}`,
  ];
  const asked = verb === 'deploy' ? ['--require-approval', 'never', '--method', 'direct'] : ['--force'];
  const cli = [
    join(ROOT, 'node_modules/aws-cdk/bin/cdk'),
    ...args,
    ...asked,
    ...more,
    '--no-notices',
    '--no-version-reporting',
    '--ci',
  ];
  return promisify(execFile)(process.execPath, cli, {
    cwd: ROOT,
    // Elsewhere the CDK remembers whose a key is, and another AWS on this machine may know the same key.
    env: { ...bareEnv(folder), ...env, CDK_HOME: folder },
  }).then(
    ({ stdout, stderr }) => ({ ok: true, said: stdout + stderr }),
    ({ stdout, stderr }) => ({ ok: false, said: stdout + stderr }),
  );
}

/** Waits for what has to succeed; what the CDK said is the reason where it does not. */
async function done(doing: ReturnType<typeof cdk>): Promise<void> {
  const { ok, said } = await doing;
  if (!ok) throw new Error(said.slice(-3000));
}

const stack = async () => {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand(STACK)).catch(() => ({ Stacks: [] }));
  return Stacks?.[0];
};

/** What holds state, by what it is called: whatever the stack has left in the account. */
async function state(): Promise<string[]> {
  const [{ TableNames = [] }, { SecretList = [] }, { Buckets = [] }] = [
    await dynamo.send(new ListTablesCommand({})),
    await new SecretsManagerClient(aws).send(new ListSecretsCommand({})),
    await s3.send(new ListBucketsCommand({})),
  ];
  const names = [...TableNames, ...SecretList.map(({ Name }) => Name ?? ''), ...Buckets.map(({ Name }) => Name ?? '')];
  return names.filter((name) => /rollcall-state|^Secrets(Link|Address)/i.test(name)).sort();
}

const physicalId = async (type: string): Promise<string> => {
  const { StackResourceSummaries = [] } = await cloudFormation.send(new ListStackResourcesCommand(STACK));
  return StackResourceSummaries.find(({ ResourceType }) => ResourceType === type)?.PhysicalResourceId ?? '';
};

// First, for the emulator gives a new table the name of one that a stack has left behind.
describe('a stage that keeps nothing', { timeout: 300_000 }, () => {
  test('goes with its files, by the README’s commands', async () => {
    const before = await state();
    await done(cdk('deploy', 'destroy'));
    const Bucket = await physicalId('AWS::S3::Bucket');
    await s3.send(new PutObjectCommand({ Bucket, Key: 'results/a/b.csv', Body: 'x' }));

    const [empty = ''] = commandsOf('README.md').flatMap(({ command }) =>
      command.startsWith('aws s3 rm') ? [command] : [],
    );
    const args = empty.replace('<FilesBucketName>', Bucket).replace('<region>', endpoint.region).split(' ').slice(1);
    await ensureVenv(FOR_TESTS);
    await promisify(execFile)(inVenv('aws', FOR_TESTS), args, {
      env: { ...bareEnv(folder), ...env },
    });
    await done(cdk('destroy', 'destroy'));
    expect(await state()).toEqual(before);
  });
});

describe('a stage that keeps what it holds', { timeout: 300_000 }, () => {
  let before: string[] = [];

  test('leaves nothing behind when its first deploy fails', async () => {
    before = await state();
    const { ok, said } = await cdk('deploy', 'retain', '-c', 'fails=1');
    expect(said).toMatch(/Broken|fifo/i);
    expect(ok).toBe(false);
    expect(await stack()).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await state()).toEqual(before);
  });

  test('is deployed by saying so again, once the cause is gone', async () => {
    await done(cdk('deploy', 'retain'));
    expect(await stack()).toMatchObject({ StackStatus: 'CREATE_COMPLETE', EnableTerminationProtection: false });
    expect(await state()).toHaveLength(before.length + 4);
  });

  test('is protected from then on: nobody deletes the stack', async () => {
    await done(cdk('deploy', 'protect'));
    expect(await stack()).toMatchObject({ EnableTerminationProtection: true });
    const { ok } = await cdk('destroy', 'protect');
    expect(ok).toBe(false);
    expect(await stack()).toMatchObject({ StackStatus: expect.stringMatching(/_COMPLETE$/) });
  });

  test('keeps it when the stack goes, which it does once that is said', async () => {
    await done(cdk('deploy', 'retain'));
    await done(cdk('destroy', 'retain'));
    expect(await stack()).toBeUndefined();
    expect(await state()).toHaveLength(before.length + 4);
  });
});
