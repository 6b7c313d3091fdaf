import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { SOURCE } from '#events/envelope.ts';
import { clientConfig } from '#tools/local/endpoint.ts';

/** Looks for words everywhere the deployed app keeps or says anything: as an administrator, who sees it all. */
export function traces() {
  const { endpoint, outputs } = inject('localAws');
  const [db, queues, bus, logs] = [
    new DynamoDBClient(clientConfig(endpoint)),
    new SQSClient(clientConfig(endpoint)),
    new EventBridgeClient(clientConfig(endpoint)),
    new CloudWatchLogsClient(clientConfig(endpoint)),
  ];
  const EventBusName = String(outputs.BusName);

  /** Everything in the table, item by item. */
  async function table(): Promise<string[]> {
    const items: string[] = [];
    for await (const { Items = [] } of paginateScan({ client: db }, { TableName: String(outputs.TableName) }))
      items.push(...Items.map((item) => JSON.stringify(item)));
    return items;
  }

  /** What lies in each queue and dead-letter queue; nothing is taken out. */
  async function messages(): Promise<string[]> {
    const { QueueUrls = [] } = await queues.send(new ListQueuesCommand({}));
    const found = await Promise.all(
      QueueUrls.map(async (QueueUrl) => {
        const receive = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, MessageAttributeNames: ['All'] };
        const rounds = await Promise.all([1, 2, 3].map(() => queues.send(new ReceiveMessageCommand(receive))));
        return rounds.flatMap(({ Messages = [] }) => Messages.map((message) => JSON.stringify(message)));
      }),
    );
    return found.flat();
  }

  /** Every line that any function or the API has logged since `since`, epoch milliseconds. */
  async function lines(since: number): Promise<string[]> {
    const all: string[] = [];
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, {}))
      for (const { logGroupName } of logGroups) {
        const pages = paginateFilterLogEvents({ client: logs }, { logGroupName, startTime: since });
        for await (const { events = [] } of pages) all.push(...events.map(({ message = '' }) => message));
      }
    return all;
  }

  /** Listens to all facts on the bus from now on. */
  async function listen(): Promise<{ heard: () => Promise<string[]>; stop: () => Promise<void> }> {
    const name = `listen-${crypto.randomUUID()}`;
    const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: name }));
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
    const { Attributes = {} } = await queues.send(asked);
    await bus.send(
      new PutRuleCommand({ Name: name, EventBusName, EventPattern: JSON.stringify({ source: [SOURCE] }) }),
    );
    const Targets = [{ Id: 'heard', Arn: String(Attributes.QueueArn) }];
    await bus.send(new PutTargetsCommand({ Rule: name, EventBusName, Targets }));
    const facts: string[] = [];
    return {
      heard: async () => {
        for (;;) {
          const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
          if (Messages.length === 0) return facts;
          facts.push(...Messages.map(({ Body = '' }) => Body));
        }
      },
      stop: async () => {
        await bus.send(new RemoveTargetsCommand({ Rule: name, EventBusName, Ids: ['heard'] }));
        await bus.send(new DeleteRuleCommand({ Name: name, EventBusName }));
        await queues.send(new DeleteQueueCommand({ QueueUrl }));
      },
    };
  }

  return { table, messages, lines, listen };
}
