import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { readConfig } from '#shared/config.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { FanOut } from '#shared/queue/messages.ts';
import { allOrThrow, queueSender } from '#shared/queue/sender.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eventStore } from '#shared/store/events.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { walkStore } from '#shared/store/walks.ts';
import { fanOut } from './fan-out.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  QUEUE_URL: z.url(),
  LANE_TIMED_QUEUE_URL: z.url(),
  LANE_BULK_QUEUE_URL: z.url(),
  DLQ_URL: z.url(),
});
const logger = loggerOf('fan-out');
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions }), config.TABLE_NAME);
const queues = new SQSClient();
const into = (url: string) => allOrThrow(queueSender(queues, url));

/** Well below the function's own timeout: a page and its chunks must still fit in. */
const BUDGET = 30;

export const handler = consumer(
  { logger, bury: burier(queues, config.DLQ_URL) },
  FanOut,
  fanOut({
    events: eventStore(table),
    campaigns: campaignStore(table),
    runs: runStore(table),
    registrations: registrationStore(table),
    pacer: pacerStore(table).get,
    lanes: { timed: into(config.LANE_TIMED_QUEUE_URL), bulk: into(config.LANE_BULK_QUEUE_URL) },
    again: into(config.QUEUE_URL),
    walks: walkStore(table),
    clock: machineClock,
    logger,
    budget: BUDGET,
  }),
);
