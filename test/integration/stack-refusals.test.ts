import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, inject, test } from 'vitest';
import { until } from '#test/support/deployed.ts';
import { rawAws } from '#test/support/raw-aws.ts';
import { clientConfig } from '#tools/local/endpoint.ts';

const { endpoint } = inject('localAws');
const aws = rawAws(endpoint);
const cloudFormation = (Action: string, parameters: Record<string, string> = {}) =>
  aws.query('cloudformation', { Version: '2010-05-15', Action, ...parameters });
const aName = () => `refusals-${crypto.randomUUID().slice(0, 8)}`;

/** A stack of one resource, once it has settled: its state, and what its events say. */
async function stackOf(StackName: string, resource: object) {
  const TemplateBody = JSON.stringify({ Resources: { Tried: resource } });
  await cloudFormation('CreateStack', { StackName, TemplateBody, Capabilities: 'CAPABILITY_NAMED_IAM' });
  return settled(StackName);
}

async function settled(StackName: string) {
  const state = await until(`the stack ${StackName}`, async () => {
    const { text } = await cloudFormation('DescribeStacks', { StackName });
    const found = /<StackStatus>([^<]+)</.exec(text)?.[1];
    return found && !found.endsWith('IN_PROGRESS') && found;
  });
  const { text } = await cloudFormation('DescribeStackEvents', { StackName });
  return { state, events: text };
}

const NOTHING = { Version: '2012-10-17', Statement: [] };

test.each([
  {
    id: 'lambda-environment',
    says: 'exceeded the 4KB limit',
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: 'arn:aws:iam::000000000000:role/none',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => {}' },
      Environment: { Variables: { ALLOWED: 'x'.repeat(5000) } },
    },
  },
  {
    id: 'iam-inline-policies',
    says: 'Maximum policy size of 10240 bytes exceeded',
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: NOTHING,
      Policies: ['a', 'b'].map((PolicyName) => ({
        PolicyName,
        PolicyDocument: { ...NOTHING, Id: PolicyName.repeat(5200) },
      })),
    },
  },
  {
    id: 'iam-managed-policy',
    says: 'Cannot exceed quota for PolicySize: 6144',
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { ...NOTHING, Id: 'x'.repeat(6144) } },
  },
  {
    id: 'scheduler-group-name',
    says: 'failed to satisfy constraint',
    Type: 'AWS::Scheduler::ScheduleGroup',
    Properties: { Name: 'g'.repeat(65) },
  },
  {
    id: 'logs-group-name',
    says: 'failed to satisfy constraint',
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: 'two words' },
  },
  {
    id: 'cloudwatch-alarm-description',
    says: 'length less than or equal to 1024',
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: 'x'.repeat(1025),
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      Period: 60,
      Statistic: 'Sum',
      Threshold: 1,
    },
  },
])('a stack that breaks $id is rolled back, with the reason', async ({ says, Type, Properties }) => {
  const { state, events } = await stackOf(aName(), { Type, Properties });
  expect(state).toBe('ROLLBACK_COMPLETE');
  expect(events).toContain(says);
});

test('a template may allow a function its loop, and takes that back', async () => {
  const [StackName, FunctionName] = [aName(), aName()];
  const fn = (given: object) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName,
      Role: 'arn:aws:iam::000000000000:role/none',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => {}' },
      ...given,
    },
  });
  const loop = async () =>
    (await aws.rest('lambda', 'GET', `/2024-08-31/functions/${FunctionName}/recursion-config`)).text;
  expect((await stackOf(StackName, fn({ RecursiveLoop: 'Allow' }))).state).toBe('CREATE_COMPLETE');
  expect(await loop()).toContain('Allow');

  const TemplateBody = JSON.stringify({ Resources: { Tried: fn({}) } });
  await cloudFormation('UpdateStack', { StackName, TemplateBody, Capabilities: 'CAPABILITY_NAMED_IAM' });
  expect((await settled(StackName)).state).toBe('UPDATE_COMPLETE');
  expect(await loop()).toContain('Terminate');
});

test('a stack with an object left in its bucket is not deleted until the bucket is empty (s3-bucket-not-empty)', async () => {
  const name = aName();
  const { state } = await stackOf(name, { Type: 'AWS::S3::Bucket', Properties: { BucketName: name } });
  expect(state).toBe('CREATE_COMPLETE');
  await aws.rest('s3', 'PUT', `/${name}/kept.txt`, {});
  expect(await aws.rest('s3', 'DELETE', `/${name}`)).toMatchObject({ status: 409, code: 'BucketNotEmpty' });

  await cloudFormation('DeleteStack', { StackName: name });
  const kept = await settled(name);
  expect(kept.state).toBe('DELETE_FAILED');
  expect(kept.events).toContain('The bucket you tried to delete is not empty');

  await aws.rest('s3', 'DELETE', `/${name}/kept.txt`);
  await cloudFormation('DeleteStack', { StackName: name });
  await until('the deletion', async () => (await cloudFormation('DescribeStacks', { StackName: name })).status === 400);
});

test.each([
  ['cloudformation-resources', { Resources: many(501, { Type: 'AWS::SQS::Queue' }) }, 'Number of resources, 501'],
  [
    'cloudformation-outputs',
    { Resources: many(1, { Type: 'AWS::SQS::Queue' }), Outputs: many(201, { Value: 'x' }) },
    'Number of outputs, 201',
  ],
] as const)('a template that breaks %s is refused at once', async (_id, template, says) => {
  const answer = await cloudFormation('CreateStack', { StackName: aName(), TemplateBody: JSON.stringify(template) });
  expect(answer).toMatchObject({ status: 400, code: 'ValidationError' });
  expect(answer.text).toContain(says);
});

test('a template larger than 1 MB is refused, though it comes from a bucket', async () => {
  const bucket = aName();
  const s3 = new S3Client({ ...clientConfig(endpoint), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const Body = JSON.stringify({ Description: 'x'.repeat(1_048_576), Resources: {} });
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'large.json', Body }));
  const answer = await cloudFormation('CreateStack', {
    StackName: aName(),
    TemplateURL: `https://s3.${endpoint.region}.amazonaws.com/${bucket}/large.json`,
  });
  expect(answer).toMatchObject({ status: 400, code: 'ValidationError' });
  expect(answer.text).toMatch(/may not exceed \d+ bytes/);
});

function many(count: number, each: object): Record<string, object> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`R${at}`, each]));
}
