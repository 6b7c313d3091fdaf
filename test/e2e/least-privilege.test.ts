import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { clientConfig } from '#tools/local/endpoint.ts';

const { outputs, endpoint, sesUrl } = inject('localAws');
const FUNCTIONS = ['GuestSite', 'OrganiserApi', 'Publish', 'Admit', 'Send', 'Receipts', 'Jobs', 'Sweep'] as const;
type FunctionName = (typeof FUNCTIONS)[number];
type Config = ReturnType<typeof clientConfig>;

const nobody = { pk: { S: 'NOBODY' }, sk: { S: 'NOBODY' } };
const TableName = outputs.TableName;
const message = (QueueUrl: string | undefined) => new SendMessageCommand({ QueueUrl, MessageBody: '{"v":0}' });
const secret = (SecretId: string | undefined) => new GetSecretValueCommand({ SecretId });
const mail = new SendEmailCommand({
  FromEmailAddress: 'somebody@example.com',
  Destination: { ToAddresses: ['nobody@example.org'] },
  Content: { Simple: { Subject: { Data: 'x' }, Body: { Text: { Data: 'x' } } } },
});

const Bucket = outputs.FilesBucketName;
const Key = (folder: string) => `${folder}/nobody`;
const put = (folder: string) => new PutObjectCommand({ Bucket, Key: Key(folder), Body: 'nothing' });
const fetched = (folder: string) => new GetObjectCommand({ Bucket, Key: Key(folder) });
const deleted = (folder: string) => new DeleteObjectCommand({ Bucket, Key: Key(folder) });

/** What may be tried, and by whom it may succeed. Whoever is not named must be refused. */
const DEEDS: [deed: string, allowed: readonly FunctionName[], attempt: (config: Config) => Promise<unknown>][] = [
  [
    'read an item',
    ['GuestSite', 'OrganiserApi', 'Admit', 'Send', 'Receipts', 'Jobs', 'Sweep'],
    (config) => new DynamoDBClient(config).send(new GetItemCommand({ TableName, Key: nobody })),
  ],
  [
    'write a new item',
    ['GuestSite', 'OrganiserApi', 'Admit', 'Jobs'],
    (config) =>
      new DynamoDBClient(config).send(new PutItemCommand({ TableName, Item: { ...nobody, fact: { S: '-' } } })),
  ],
  [
    'delete an item',
    ['GuestSite', 'Admit', 'OrganiserApi', 'Jobs', 'Sweep'],
    (config) => new DynamoDBClient(config).send(new DeleteItemCommand({ TableName, Key: nobody })),
  ],
  [
    'nudge jobs',
    ['OrganiserApi', 'Jobs', 'Sweep'],
    (config) => new SQSClient(config).send(message(outputs.JobsQueueUrl)),
  ],
  ['upload a file', ['OrganiserApi'], (config) => new S3Client(config).send(put('uploads'))],
  ['read what was uploaded', ['OrganiserApi', 'Jobs'], (config) => new S3Client(config).send(fetched('uploads'))],
  ['delete what was uploaded', ['Jobs'], (config) => new S3Client(config).send(deleted('uploads'))],
  ['write what was found', ['Jobs'], (config) => new S3Client(config).send(put('results'))],
  ['read what was found', ['OrganiserApi', 'Jobs'], (config) => new S3Client(config).send(fetched('results'))],
  ['write a file elsewhere', [], (config) => new S3Client(config).send(put('elsewhere'))],
  ['read the whole table', [], (config) => new DynamoDBClient(config).send(new ScanCommand({ TableName, Limit: 1 }))],
  [
    'nudge admit',
    ['Publish', 'Sweep'],
    (config) =>
      new SQSClient(config).send(
        new SendMessageCommand({
          QueueUrl: outputs.AdmitQueueUrl,
          MessageBody: '{"v":0}',
          MessageGroupId: 'x',
          MessageDeduplicationId: crypto.randomUUID(),
        }),
      ),
  ],
  ['nudge lane now', ['Send', 'Sweep'], (config) => new SQSClient(config).send(message(outputs.LaneNowQueueUrl))],
  ['forge a receipt', [], (config) => new SQSClient(config).send(message(outputs.ReceiptsQueueUrl))],
  [
    'state a fact',
    ['Publish'],
    (config) =>
      new EventBridgeClient(config).send(
        new PutEventsCommand({
          Entries: [{ EventBusName: outputs.BusName, Source: 'test', DetailType: 'test', Detail: '{}' }],
        }),
      ),
  ],
  [
    'read the link keys',
    ['Send'],
    (config) => new SecretsManagerClient(config).send(secret(outputs.LinkKeysSecretArn)),
  ],
  [
    'read the address key',
    ['GuestSite', 'OrganiserApi', 'Receipts'],
    (config) => new SecretsManagerClient(config).send(secret(outputs.AddressKeySecretArn)),
  ],
  ['send mail as somebody else', [], (config) => new SESv2Client({ ...config, endpoint: sesUrl }).send(mail)],
];

/** What there is to read. */
beforeAll(async () => {
  const s3 = new S3Client(clientConfig(endpoint));
  for (const folder of ['uploads', 'results']) await s3.send(put(folder));
});

describe.each(FUNCTIONS)('%s', (name) => {
  let config: Config;
  beforeAll(async () => {
    const sts = new STSClient(clientConfig(endpoint));
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: outputs[`${name}RoleArn`], RoleSessionName: 'least-privilege' }),
    );
    const {
      AccessKeyId: accessKeyId = '',
      SecretAccessKey: secretAccessKey = '',
      SessionToken: sessionToken = '',
    } = Credentials ?? {};
    config = { ...clientConfig(endpoint), credentials: { accessKeyId, secretAccessKey, sessionToken } } as Config;
  });

  test.each(DEEDS)('%s', async (_, allowed, attempt) => {
    const result = attempt(config);
    if (allowed.includes(name)) await expect(result).resolves.toBeDefined();
    else await expect(result).rejects.toMatchObject({ name: expect.stringMatching(/AccessDenied|NotAuthorized/) });
  });
});
