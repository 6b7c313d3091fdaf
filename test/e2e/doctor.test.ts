import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '#tools/doctor/report.ts';
import { clientConfig } from '#tools/local/endpoint.ts';
import { deployed, until } from '../support/deployed.ts';
import { examined, foundBy, localEnv, runDoctor, troubles } from '../support/doctor.ts';
import { type Fault, faults } from '../support/doctor-faults.ts';

const app = deployed();
const config = clientConfig(app.endpoint);
const cloud = new CloudFormationClient(config);
const HOST = `${crypto.randomUUID()}.example.org`;

/** An event with people, and the stage as it is when nobody has tampered with it: other tests leave poison behind. */
let eventId = '';
beforeAll(async () => {
  const sqs = new SQSClient(config);
  const dead = Object.entries(app.outputs).filter(([name]) => name.endsWith('DlqUrl'));
  await Promise.all(dead.map(([, QueueUrl]) => sqs.send(new PurgeQueueCommand({ QueueUrl }))));
  const made = await app.event();
  eventId = made.eventId;
  for (const name of ['ada', 'grace', 'edsger']) await app.register(made.slug, `${name}@${HOST}`);
  await until(
    'three places',
    async () => (await app.people(eventId)).filter(({ status }) => status === 'confirmed').length === 3,
  );
  await app.sweep();
});

test('on the healthy local AWS nothing is wrong, everything was looked at, and it ends with 0', async () => {
  const report = await until('a healthy stage', async () => {
    const seen = await examined();
    return seen.exitCode === 0 ? seen : false;
  });
  expect(troubles(report).filter(({ status }) => status !== 'soon')).toEqual([]);
  expect(report).toMatchObject({ v: 1, stage: 'local', account: '000000000000', region: 'eu-west-2' });
  const fine = report.findings.filter(({ status }) => status === 'fine').map(({ check }) => check);
  expect(fine).toEqual(
    expect.arrayContaining([
      'stack',
      'functions',
      'sandbox',
      'identity',
      'dead-letters',
      'schedules',
      'sweep',
      'link-keys',
      'api-keys',
    ]),
  );
});

test('what it shows fits 80 columns, has no colours in a pipe, and ends with one sentence', async () => {
  const { stdout, stderr, code } = await runDoctor([]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain('\u001b');
  expect(stdout.trim().split('\n\n').at(-1)).toMatch(/^Stage local \(account 000000000000, eu-west-2\): /);
});

describe('with more than ten faults planted at once', () => {
  const planted: Fault[] = [];
  afterAll(async () => {
    for (const { mend } of planted.splice(0).reverse()) await mend();
  });

  test('each is named by its sentence, with a way out, without a name, an address or a secret; mended, none is left', async () => {
    for (const fault of faults({ eventId })) {
      planted.push(fault);
      await fault.plant();
    }
    expect(planted.length).toBeGreaterThan(10);
    const report = await examined();
    expect(report.exitCode).toBe(1);
    for (const { check, status, says } of planted)
      expect(foundBy(report, check)).toContainEqual({
        check,
        status,
        group: expect.any(String),
        says: expect.stringMatching(says),
        wayOut: expect.stringMatching(/\S/),
      });
    const { stdout } = await runDoctor([]);
    for (const text of [stdout, JSON.stringify(report)]) {
      expect(text).not.toMatch(/Ada|Grace|Edsger|@|pasted into|aaaaaaaa/);
      expect(text).not.toContain(HOST);
    }
    for (const { mend } of planted.splice(0).reverse()) await mend();
    await app.sweep();
    const left = (found: Report) =>
      faults({ eventId }).filter(({ check, says }) => foundBy(found, check).some((each) => says.test(each.says)));
    await until('a healthy stage', async () => {
      const seen = await examined();
      return seen.exitCode === 0 && left(seen).length === 0;
    });
  }, 120_000);
});

describe('with the rights that the runbook lists', () => {
  const StackName = 'doctors-role';
  const policy = readFileSync('docs/doctor-policy.json', 'utf8').replaceAll('<stage>', 'local');
  const role = (document: unknown) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
      },
      Policies: [{ PolicyName: 'look', PolicyDocument: document }],
    },
  });
  const as = async (name: string) => {
    const { Stacks = [] } = await cloud.send(new DescribeStacksCommand({ StackName }));
    const RoleArn = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
    const assumed = await new STSClient(config).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ada@example.org' }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = assumed.Credentials ?? {};
    return {
      ...localEnv(),
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
    };
  };

  beforeAll(async () => {
    const without = JSON.parse(
      policy.replace('"ses:GetAccount",', '').replace('"sqs:GetQueueAttributes"', '"sqs:ListQueues"'),
    );
    const TemplateBody = JSON.stringify({
      Resources: { All: role(JSON.parse(policy)), Fewer: role(without) },
      Outputs: {
        All: { Value: { 'Fn::GetAtt': ['All', 'Arn'] } },
        Fewer: { Value: { 'Fn::GetAtt': ['Fewer', 'Arn'] } },
      },
    });
    await cloud.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }));
    await until('the roles', async () => {
      const { Stacks = [] } = await cloud.send(new DescribeStacksCommand({ StackName }));
      return Stacks[0]?.StackStatus === 'CREATE_COMPLETE';
    });
  });
  afterAll(() => cloud.send(new DeleteStackCommand({ StackName })));

  test('it sees everything, drift included', async () => {
    const report = await examined(['--drift'], await as('All'));
    expect(report.findings.filter(({ status }) => status === 'blind')).toEqual([]);
  });

  test('without one of them that check says which, the others go on, and nobody is named', async () => {
    const report = await examined([], await as('Fewer'));
    expect(report.findings.filter(({ status }) => status === 'blind').map(({ check, says }) => [check, says])).toEqual([
      ['sending', 'Could not look at whether SES sends for the account: needs the right ses:GetAccount.'],
      ['sandbox', 'Could not look at whether the account is in SES’s sandbox: needs the right ses:GetAccount.'],
      ['pace', 'Could not look at rate and quota against the events ahead: needs the right ses:GetAccount.'],
      ['dead-letters', 'Could not look at the dead letters: needs the right sqs:GetQueueAttributes.'],
      ['queues', 'Could not look at the queues: needs the right sqs:GetQueueAttributes.'],
    ]);
    expect(report.exitCode).toBe(2);
    expect(foundBy(report, 'identity')).toMatchObject([{ status: 'fine' }]);
    expect(JSON.stringify(report)).not.toContain('ada@');
  });
});

describe('it says in a sentence, without a stack trace and in good time,', () => {
  const { AWS_REGION: _, AWS_DEFAULT_REGION: __, ...noRegion } = localEnv();
  const { AWS_ACCESS_KEY_ID: ___, AWS_SECRET_ACCESS_KEY: ____, ...noCredentials } = localEnv();

  test.each([
    [
      'that there is no such stage',
      ['--stage', 'staging'],
      localEnv(),
      /^There is no stack rollcall-staging in this account and the region eu-west-2, and infra\/stages\.ts has no stage staging; it has local, /,
    ],
    [
      'that it is not deployed in this region',
      ['--stage', 'prod'],
      { ...localEnv(), AWS_REGION: 'us-east-1' },
      /^There is no stack rollcall-prod in this account and the region us-east-1\. Deploy it .* or name the region/,
    ],
    ['that it needs a region', ['--stage', 'prod'], noRegion, /^Say in which region: AWS_REGION=/],
    [
      'that it needs somebody to be signed in',
      ['--stage', 'prod'],
      noCredentials,
      /^AWS does not know you: .*Sign in as you would for the AWS CLI\.$/,
    ],
    [
      'that AWS cannot be reached',
      [],
      { ...localEnv(), AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      /^AWS cannot be reached\./,
    ],
    [
      'that an option is none',
      ['--fix'],
      localEnv(),
      /^Unknown option '--fix' \(npm run doctor -- --help lists the options\)$/,
    ],
    ['that a word is one too many', ['prod'], localEnv(), /^Unexpected argument 'prod'/],
    [
      'that a stage has another name',
      ['--stage', 'rollcall/prod'],
      localEnv(),
      /^--stage is “rollcall\/prod”, but a stage is a name/,
    ],
  ])('%s', async (_what, args, env, sentence) => {
    const { code, stdout, stderr } = await runDoctor(args, env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr.trim()).toMatch(sentence);
  });

  test('that AWS does not answer', async () => {
    const deaf = createServer(() => {});
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const { port } = deaf.address() as AddressInfo;
    const began = performance.now();
    const { code, stderr } = await runDoctor([], { ...localEnv(), AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
    deaf.closeAllConnections();
    deaf.close();
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Doctor could not begin: AWS did not answer in time\./),
    });
    expect(performance.now() - began).toBeLessThan(40_000);
  });
});

test('on a stack whose first deploy failed it says so, and looks at what can be looked at', async () => {
  const StackName = 'rollcall-halfway';
  const Broken = { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true, QueueName: 'without-the-suffix' } };
  const Resources = { Broken };
  await cloud.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  try {
    await until('the failure', async () => {
      const { Stacks = [] } = await cloud.send(new DescribeStacksCommand({ StackName }));
      return /ROLLBACK_COMPLETE|CREATE_FAILED/.test(Stacks[0]?.StackStatus ?? '');
    });
    const { code, stdout, stderr } = await runDoctor(['--stage', 'halfway']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /The first deploy of rollcall-halfway did not end well \((ROLLBACK_COMPLETE|CREATE_FAILED)\): nothing of it can be relied on/,
    );
    expect(stdout).not.toMatch(/\bat .*\.ts:\d+/);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('SES sends for this account');
  } finally {
    await cloud.send(new DeleteStackCommand({ StackName }));
  }
});
