import { beforeAll, describe, expect, inject, test } from 'vitest';
import { type RawAnswer, rawAws } from '#test/support/raw-aws.ts';
import { zipOf } from '#test/support/zip.ts';

const { endpoint } = inject('localAws');
const aws = rawAws(endpoint);
const once = crypto.randomUUID().slice(0, 8);
const queue = `refusals-${once}`;
const fifo = `${queue}.fifo`;
const role = `refusals-${once}`;
const table = `refusals-${once}`;
const SQS = 'AmazonSQS';
const DYNAMODB = 'DynamoDB_20120810';
let queueUrl = '';
let fifoUrl = '';
let apiId = '';

const sqs = (action: string, parameters: object) => aws.json('sqs', `${SQS}.${action}`, parameters);
const dynamodb = (action: string, parameters: object) => aws.json('dynamodb', `${DYNAMODB}.${action}`, parameters);
const iam = (parameters: Record<string, string>) => aws.query('iam', { Version: '2010-05-08', ...parameters });
const schedule = (method: string, name: string, given: object = {}) =>
  aws.rest('scheduler', method, `/schedules/${name}`, {
    ScheduleExpression: 'at(2030-01-01T00:00:00)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: arnOf(queue), RoleArn: `arn:aws:iam::${endpoint.accountId}:role/${role}` },
    ...given,
  });
const arnOf = (name: string) => `arn:aws:sqs:${endpoint.region}:${endpoint.accountId}:${name}`;
const policyOf = (characters: number) => {
  const statement = (Resource: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource }] });
  return statement('a'.repeat(characters - statement('').length));
};
const fn = (given: object) =>
  aws.rest('lambda', 'POST', '/2015-03-31/functions', {
    FunctionName: `refusals-${once}`,
    Role: `arn:aws:iam::${endpoint.accountId}:role/${role}`,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: zipOf('index.js', Buffer.from('exports.handler = async () => {}')).toString('base64') },
    ...given,
  });
const mapping = (given: object) =>
  aws.rest('lambda', 'POST', '/2015-03-31/event-source-mappings', {
    FunctionName: `refusals-${once}`,
    EventSourceArn: arnOf(queue),
    ...given,
  });

beforeAll(async () => {
  queueUrl = JSON.parse((await sqs('CreateQueue', { QueueName: queue })).text).QueueUrl;
  const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
  fifoUrl = JSON.parse((await sqs('CreateQueue', { QueueName: fifo, Attributes })).text).QueueUrl;
  await iam({ Action: 'CreateRole', RoleName: role, AssumeRolePolicyDocument: assumedByLambda });
  await fn({ Timeout: 31 });
  await dynamodb('CreateTable', {
    TableName: table,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    BillingMode: 'PAY_PER_REQUEST',
  });
  apiId = JSON.parse(
    (await aws.rest('apigateway', 'POST', '/v2/apis', { name: queue, protocolType: 'HTTP' })).text,
  ).apiId;
});

const assumedByLambda = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const item = (pk: string, sk: string, data = '') => ({ pk: { S: pk }, sk: { S: sk }, data: { S: data } });
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));
const send = (given: object) => sqs('SendMessage', { QueueUrl: queueUrl, MessageBody: 'x', ...given });

interface Case {
  /** The rule of limits.json; other cases are refused by the emulator itself. */
  readonly id?: string;
  readonly what: string;
  readonly refused: () => Promise<RawAnswer>;
  readonly status: number;
  readonly code: string;
  /** As large as it may be, where that can be tried alone. */
  readonly allowed?: () => Promise<RawAnswer>;
}

const cases: Case[] = [
  {
    id: 'lambda-environment',
    what: 'more than 4 KB of environment variables',
    refused: () => fn({ FunctionName: 'large', Environment: { Variables: { A: 'x'.repeat(4090) } } }),
    allowed: () => fn({ FunctionName: `fits-${once}`, Environment: { Variables: { A: 'x'.repeat(4000) } } }),
    status: 400,
    code: 'InvalidParameterValueException',
  },
  {
    id: 'lambda-timeout',
    what: 'a function that may run longer than 15 minutes',
    refused: () => fn({ FunctionName: 'slow', Timeout: 901 }),
    status: 400,
    code: 'ValidationException',
  },
  {
    id: 'lambda-queue-visibility',
    what: 'a queue whose messages come back while the function still runs',
    refused: () => mapping({}),
    status: 400,
    code: 'InvalidParameterValueException',
  },
  {
    id: 'lambda-batch-window',
    what: 'more than ten messages at once without a batching window',
    refused: () => mapping({ FunctionName: `fits-${once}`, BatchSize: 11 }),
    allowed: () =>
      mapping({ FunctionName: `fits-${once}`, BatchSize: 11, MaximumBatchingWindowInSeconds: 1, Enabled: false }),
    status: 400,
    code: 'InvalidParameterValueException',
  },
  {
    id: 'lambda-workers-least',
    what: 'a queue limited to one run at once',
    refused: () => mapping({ FunctionName: `fits-${once}`, ScalingConfig: { MaximumConcurrency: 1 } }),
    status: 400,
    code: 'ValidationException',
  },
  {
    id: 'lambda-workers-most',
    what: 'a queue limited to 1,001 runs at once',
    refused: () => mapping({ FunctionName: `fits-${once}`, ScalingConfig: { MaximumConcurrency: 1001 } }),
    status: 400,
    code: 'ValidationException',
  },
  {
    id: 'sqs-delay',
    what: 'a message delayed by more than 15 minutes',
    refused: () => send({ DelaySeconds: 901 }),
    allowed: () => send({ DelaySeconds: 900 }),
    status: 400,
    code: 'InvalidParameterValue',
  },
  {
    id: 'sqs-message-size',
    what: 'a message that is larger than 1 MiB with its attributes',
    refused: () =>
      send({
        MessageBody: 'x'.repeat(1_048_570),
        MessageAttributes: { reason: { DataType: 'String', StringValue: 'long' } },
      }),
    allowed: () => send({ MessageBody: 'x'.repeat(1_048_576) }),
    status: 400,
    code: 'InvalidParameterValue',
  },
  {
    id: 'sqs-attributes',
    what: 'a message with eleven attributes',
    refused: () =>
      send({
        MessageAttributes: Object.fromEntries(times(11, (at) => [`a${at}`, { DataType: 'String', StringValue: 'x' }])),
      }),
    status: 400,
    code: 'InvalidParameterValue',
  },
  {
    what: 'a message with a character that XML has not',
    refused: () => send({ MessageBody: 'a\u0000b' }),
    status: 400,
    code: 'InvalidMessageContents',
  },
  {
    what: 'a delay of one message of a FIFO queue',
    refused: () => sqs('SendMessage', { QueueUrl: fifoUrl, MessageBody: 'x', MessageGroupId: 'g', DelaySeconds: 1 }),
    status: 400,
    code: 'InvalidParameterValue',
  },
  {
    what: 'a message of a FIFO queue without its group',
    refused: () => sqs('SendMessage', { QueueUrl: fifoUrl, MessageBody: 'x' }),
    status: 400,
    code: 'MissingParameter',
  },
  {
    what: 'a batch of eleven messages',
    refused: () =>
      sqs('SendMessageBatch', { QueueUrl: queueUrl, Entries: times(11, (at) => ({ Id: `${at}`, MessageBody: 'x' })) }),
    status: 400,
    code: 'TooManyEntriesInBatchRequest',
  },
  {
    what: 'a batch that is larger than 1 MiB together',
    refused: () =>
      sqs('SendMessageBatch', {
        QueueUrl: queueUrl,
        Entries: times(2, (at) => ({ Id: `${at}`, MessageBody: 'x'.repeat(600_000) })),
      }),
    status: 400,
    code: 'BatchRequestTooLong',
  },
  {
    id: 'events-entries-size',
    what: 'facts that are 1 MB together',
    refused: () =>
      aws.json('events', 'AWSEvents.PutEvents', {
        Entries: times(2, () => ({ Source: 'a', DetailType: 'b', Detail: JSON.stringify({ x: 'x'.repeat(524_280) }) })),
      }),
    status: 400,
    code: 'ValidationException',
  },
  {
    what: 'eleven facts at once',
    refused: () =>
      aws.json('events', 'AWSEvents.PutEvents', {
        Entries: times(11, () => ({ Source: 'a', DetailType: 'b', Detail: '{}' })),
      }),
    status: 400,
    code: 'ValidationException',
  },
  {
    id: 'scheduler-name',
    what: 'a schedule with a name of 65 characters',
    refused: () => schedule('POST', 'n'.repeat(65)),
    allowed: () => schedule('POST', 'n'.repeat(64)),
    status: 400,
    code: 'ValidationException',
  },
  {
    id: 'scheduler-name',
    what: 'a schedule with an @ in its name',
    refused: () => schedule('POST', 'a@b'),
    status: 400,
    code: 'ValidationException',
  },
  {
    id: 'scheduler-group-name',
    what: 'a group of schedules with a name of 65 characters',
    refused: () => aws.rest('scheduler', 'POST', `/schedule-groups/${'g'.repeat(65)}`, {}),
    status: 400,
    code: 'ValidationException',
  },
  {
    id: 'scheduler-expression',
    what: 'a schedule with a zone in its time',
    refused: () => schedule('POST', `zone-${once}`, { ScheduleExpression: 'at(2030-01-01T00:00:00Z)' }),
    status: 400,
    code: 'ValidationException',
  },
  {
    id: 'iam-inline-policies',
    what: 'inline policies of a role that are larger than 10,240 characters together',
    refused: async () => {
      await iam({ Action: 'PutRolePolicy', RoleName: role, PolicyName: 'half', PolicyDocument: policyOf(6000) });
      return iam({ Action: 'PutRolePolicy', RoleName: role, PolicyName: 'other', PolicyDocument: policyOf(4241) });
    },
    allowed: () =>
      iam({ Action: 'PutRolePolicy', RoleName: role, PolicyName: 'other', PolicyDocument: policyOf(4240) }),
    status: 409,
    code: 'LimitExceeded',
  },
  {
    id: 'iam-managed-policy',
    what: 'a managed policy larger than 6,144 characters',
    refused: () => iam({ Action: 'CreatePolicy', PolicyName: `large-${once}`, PolicyDocument: policyOf(6145) }),
    allowed: () => iam({ Action: 'CreatePolicy', PolicyName: `fits-${once}`, PolicyDocument: policyOf(6144) }),
    status: 409,
    code: 'LimitExceeded',
  },
  {
    id: 'logs-group-name',
    what: 'a log group with a space in its name',
    refused: () => aws.json('logs', 'Logs_20140328.CreateLogGroup', { logGroupName: 'a b' }),
    status: 400,
    code: 'InvalidParameterException',
  },
  {
    id: 'secretsmanager-size',
    what: 'a secret larger than 64 KB',
    refused: () =>
      aws.json('secretsmanager', 'secretsmanager.CreateSecret', {
        Name: `large-${once}`,
        SecretString: 'x'.repeat(65_537),
      }),
    status: 400,
    code: 'ValidationException',
  },
  {
    id: 'apigateway-routes',
    what: 'the 301st route of an HTTP API',
    refused: async () => {
      for (const at of times(300, (at) => at))
        await aws.rest('apigateway', 'POST', `/v2/apis/${apiId}/routes`, { routeKey: `GET /${at}` });
      return aws.rest('apigateway', 'POST', `/v2/apis/${apiId}/routes`, { routeKey: 'GET /one-too-many' });
    },
    status: 429,
    code: 'TooManyRequestsException',
  },
  {
    what: 'an item larger than 400 KB',
    refused: () => dynamodb('PutItem', { TableName: table, Item: item('a', 'b', 'x'.repeat(400 * 1024)) }),
    allowed: () => dynamodb('PutItem', { TableName: table, Item: item('a', 'b', 'x'.repeat(400 * 1024 - 12)) }),
    status: 400,
    code: 'ValidationException',
  },
  {
    what: 'a partition key longer than 2,048 bytes',
    refused: () => dynamodb('PutItem', { TableName: table, Item: item('x'.repeat(2049), 'b') }),
    status: 400,
    code: 'ValidationException',
  },
  {
    what: 'a sort key longer than 1,024 bytes',
    refused: () => dynamodb('PutItem', { TableName: table, Item: item('a', 'x'.repeat(1025)) }),
    status: 400,
    code: 'ValidationException',
  },
  {
    what: 'an empty key',
    refused: () => dynamodb('PutItem', { TableName: table, Item: item('', 'b') }),
    status: 400,
    code: 'ValidationException',
  },
  {
    what: 'a transaction of 101 items',
    refused: () =>
      dynamodb('TransactWriteItems', {
        TransactItems: times(101, (at) => ({ Put: { TableName: table, Item: item('t', `${at}`) } })),
      }),
    status: 400,
    code: 'ValidationException',
  },
  {
    what: 'a transaction larger than 4 MB',
    refused: () =>
      dynamodb('TransactWriteItems', {
        TransactItems: times(11, (at) => ({
          Put: { TableName: table, Item: item('t', `${at}`, 'x'.repeat(390 * 1024)) },
        })),
      }),
    status: 400,
    code: 'ValidationException',
  },
  {
    what: 'a batch of 26 writes',
    refused: () =>
      dynamodb('BatchWriteItem', {
        RequestItems: { [table]: times(26, (at) => ({ PutRequest: { Item: item('b', `${at}`) } })) },
      }),
    status: 400,
    code: 'ValidationException',
  },
  {
    what: 'a batch of 101 reads',
    refused: () =>
      dynamodb('BatchGetItem', {
        RequestItems: { [table]: { Keys: times(101, (at) => ({ pk: { S: 'b' }, sk: { S: `${at}` } })) } },
      }),
    status: 400,
    code: 'ValidationException',
  },
];

describe('refused as AWS refuses it:', () => {
  test.each(cases)('$what', async ({ refused, allowed, status, code }) => {
    const answer = await refused();
    expect(answer).toMatchObject({ status, code });
    if (!allowed) return;
    const fitting = await allowed();
    expect(fitting.status, fitting.text).toBeLessThan(300);
  });

  test('an entry of a batch alone, where it alone is wrong', async () => {
    const Entries = [
      { Id: 'good', MessageBody: 'x' },
      { Id: 'late', MessageBody: 'x', DelaySeconds: 901 },
    ];
    const { status, text } = await sqs('SendMessageBatch', { QueueUrl: queueUrl, Entries });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'late', Code: 'InvalidParameterValue', SenderFault: true }],
    });
  });
});
