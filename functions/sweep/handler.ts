import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { json, readConfig } from '#shared/config.ts';
import { Timings } from '#shared/domain/timings.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { queueSender } from '#shared/queue/sender.ts';
import { controlStore } from '#shared/store/control.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { receiptsStore } from '#shared/store/receipts.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { sweep } from './sweep.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  LANE_NOW_QUEUE_URL: z.url(),
  ADMIT_QUEUE_URL: z.url(),
  RECEIPTS_QUEUE_URL: z.url(),
  RECEIPTS_DLQ_URL: z.url(),
  TIMINGS: json(Timings),
});
const logger = loggerOf('sweep');
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions }), config.TABLE_NAME);
const queues = new SQSClient();

const STATES: QueueAttributeName[] = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];
const messagesIn = async (QueueUrl: string): Promise<number> => {
  const { Attributes = {} } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: STATES }));
  return STATES.reduce((sum, state) => sum + Number(Attributes[state] ?? 0), 0);
};

const round = sweep({
  registrations: registrationStore(table),
  control: controlStore(table),
  receipts: receiptsStore(table),
  receiptsWaiting: async () => {
    const [waiting, deadLetters] = await Promise.all([
      messagesIn(config.RECEIPTS_QUEUE_URL),
      messagesIn(config.RECEIPTS_DLQ_URL),
    ]);
    return { waiting, deadLetters };
  },
  nudgeAdmit: queueSender(queues, config.ADMIT_QUEUE_URL),
  nudgeLane: queueSender(queues, config.LANE_NOW_QUEUE_URL),
  timings: config.TIMINGS,
  clock: machineClock,
  logger,
});

const Wake = z.object({ 'detail-type': z.string() });

export const handler = async (event: unknown): Promise<void> => {
  const { 'detail-type': name } = Wake.parse(event);
  await round({ resumed: name === 'sending.resumed' });
};
