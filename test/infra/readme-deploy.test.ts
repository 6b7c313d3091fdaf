import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandsOf } from '#test/support/documented.ts';
import { type StandIn, startStandIn } from '#test/support/stand-in-aws.ts';
import { ROOT } from '#tools/local/paths.ts';

const MINUTE = 60_000;

/** The commands of the README's chapter, in their order: what a newcomer types. */
const typed = commandsOf('README.md').flatMap(({ chapter, command }) => (chapter === 'Deploy it' ? [command] : []));
const found = (pattern: RegExp): string => {
  const command = typed.find((each) => pattern.test(each));
  if (!command) throw new Error(`The README has no command like ${pattern}`);
  return command;
};
const REGION = found(/^export AWS_REGION=/);
const BOOTSTRAP = found(/^npx cdk bootstrap/);
const DEPLOY = found(/^npx cdk deploy/);
const [, region = ''] = REGION.split('=');

/** A checkout as somebody has it who has just cloned it: a copy, for its `stages.ts` is edited. */
const folder = mkdtempSync(join(tmpdir(), 'rollcall-readme-'));
const checkout = join(folder, 'rollcall');
let aws: StandIn;

beforeAll(async () => {
  for (const name of ['infra', 'functions', 'shared', 'events', 'cdk.json', 'package.json', 'package-lock.json'])
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  aws = await startStandIn(folder);
}, MINUTE);
afterAll(async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs commands as a shell does, one after the other in one session, until one fails. */
async function run(...commands: string[]): Promise<{ code: number; said: string }> {
  // Nobody is there to be asked, so the one question of a first deploy is answered on the command line.
  const script = [
    'set -e',
    ...commands.map((each) => each.replace(/^(npx cdk deploy.*)$/, '$1 --require-approval never')),
  ];
  return promisify(execFile)('bash', ['-c', script.join('\n')], {
    cwd: checkout,
    env: aws.env,
    maxBuffer: 2 ** 26,
  }).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  );
}

/** How a client reaches it in the region that the README names. */
const client = () => ({
  region,
  endpoint: aws.env['AWS_ENDPOINT_URL'] as string,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

async function stacks(): Promise<Stack[]> {
  return (await new CloudFormationClient(client()).send(new DescribeStacksCommand({}))).Stacks ?? [];
}

/** What it says, without the line by which the CDK says that the app has ended. */
const sentences = (said: string) =>
  said.split('\n').filter((line) => line !== '' && !line.includes('Subprocess exited'));

describe('on an account that knows of no region, the README’s commands', { timeout: 8 * MINUTE }, () => {
  test.each([BOOTSTRAP, DEPLOY])('go nowhere before somebody has said where: %s', async (command) => {
    const { code, said } = await run(command);
    expect(code).not.toBe(0);
    expect(sentences(said)).toEqual([
      'Stage prod: say in which region, or the CDK takes us-east-1 without asking: set region in infra/stages.ts, or AWS_REGION.',
    ]);
  });

  test('make the account ready before anything is edited', async () => {
    const { code, said } = await run(REGION, BOOTSTRAP);
    expect(said).toContain(`Environment aws://${aws.accountId}/${region} bootstrapped`);
    expect(code).toBe(0);
    expect(await stacks()).toMatchObject([{ StackName: 'CDKToolkit', StackStatus: 'CREATE_COMPLETE' }]);
  });

  test('deploy nothing as it is delivered, and say what to edit', async () => {
    const { code, said } = await run(REGION, DEPLOY);
    expect(code).not.toBe(0);
    expect(sentences(said)).toEqual([
      'Stage prod: mail.sender, site.organiser.email and alarms.email are still an example of example.org; put in your own in infra/stages.ts.',
    ]);
    expect(await stacks()).toHaveLength(1);
  });

  test('deploy all of it once it is edited, into that account and region', async () => {
    const file = join(checkout, 'infra/stages.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('example.org', 'rollcall.test'));
    const { code, said } = await run(REGION, DEPLOY);
    expect(said).toContain(`arn:aws:cloudformation:${region}:${aws.accountId}:stack/rollcall-prod/`);
    expect(code).toBe(0);
    const made = (await stacks()).find(({ StackName }) => StackName === 'rollcall-prod');
    expect(made).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
    // moto 5.2.5 calls it complete and has stopped making it at a rule of the bus, a fault of its own: what it has made is there,
    // in the right place. All of a stage, made and used, is what the tests on the local AWS are about.
    const { QueueUrls = [] } = await new SQSClient(client()).send(
      new ListQueuesCommand({ QueueNamePrefix: 'rollcall-prod' }),
    );
    expect(QueueUrls).not.toHaveLength(0);
    for (const url of QueueUrls) expect(url).toContain(`/${aws.accountId}/`);
  });

  test('name it, and only it', async () => {
    const { code, said } = await run(REGION, 'npx cdk ls -c stage=prod');
    expect(sentences(said)).toEqual(['rollcall-prod']);
    expect(code).toBe(0);
  });
});
