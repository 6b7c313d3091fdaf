import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { clientConfig, type Endpoint } from '#tools/local/endpoint.ts';
import { rawAws } from './raw-aws.ts';
import { zipOf } from './zip.ts';

export interface TinyWorkerOptions {
  /** The body of `async (body, sqs, commands)`, run for each message. */
  readonly handler: string;
  /** Seconds that a message stays out of sight once taken. */
  readonly visibility: number;
  readonly maxReceiveCount: number;
  /** Seconds that it may run, one unless said. */
  readonly timeout?: number;
}

/** A queue with a dead-letter queue and a function of these few lines, which has the real SDK and may use its own queue. */
export async function tinyWorker(
  endpoint: Endpoint,
  { handler, visibility, maxReceiveCount, timeout = 1 }: TinyWorkerOptions,
) {
  const name = `tiny-${crypto.randomUUID().slice(0, 8)}`;
  const sqs = new SQSClient(clientConfig(endpoint));
  const lambda = new LambdaClient(clientConfig(endpoint));
  const aws = rawAws(endpoint);

  const queueOf = async (QueueName: string, Attributes?: Record<string, string>) => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, ...(Attributes && { Attributes }) }));
    return { url: QueueUrl, arn: `arn:aws:sqs:${endpoint.region}:${endpoint.accountId}:${QueueName}` };
  };
  const messagesIn = async (QueueUrl: string) => {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] });
    const { Attributes = {} } = await sqs.send(asked);
    return AttributeNames.reduce((sum, each) => sum + Number(Attributes[each]), 0);
  };
  const dead = await queueOf(`${name}-dead`);
  const queue = await queueOf(name, {
    VisibilityTimeout: String(visibility),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount }),
  });

  await aws.query('iam', {
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName: name,
    AssumeRolePolicyDocument: policy({
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  });
  await aws.query('iam', {
    Action: 'PutRolePolicy',
    Version: '2010-05-08',
    RoleName: name,
    PolicyName: 'queue',
    PolicyDocument: policy({ Action: 'sqs:*', Resource: queue.arn }),
  });
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: `arn:aws:iam::${endpoint.accountId}:role/${name}`,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: timeout,
      Environment: { Variables: { QUEUE_URL: queue.url } },
      Code: { ZipFile: zipOf('index.js', await bundled(handler)) },
    }),
  );
  const { UUID } = await lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: name, EventSourceArn: queue.arn, BatchSize: 1 }),
  );

  return {
    name,
    queueUrl: queue.url,
    send: (body: string) => sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body })),
    /** How many messages are in the queue, taken or not. */
    waiting: () => messagesIn(queue.url),
    /** How many lie in the dead-letter queue. */
    deadLetters: () => messagesIn(dead.url),
    async remove() {
      await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
      await lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
      for (const { url } of [queue, dead]) await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    },
  };
}

const policy = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

/** These lines as a function's code: one file, with its own SDK, as ours are. */
async function bundled(handler: string): Promise<Buffer> {
  const contents = `
    import * as commands from '@aws-sdk/client-sqs';
    const sqs = new commands.SQSClient({});
    const run = async (body, sqs, commands) => { ${handler} };
    export const handler = async ({ Records }) => { for (const { body } of Records) await run(body, sqs, commands); };`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}
