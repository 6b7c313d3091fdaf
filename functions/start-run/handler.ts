import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { readConfig } from '#shared/config.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { StartRun } from '#shared/queue/messages.ts';
import { allOrThrow, queueSender } from '#shared/queue/sender.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eventStore } from '#shared/store/events.ts';
import { runStore } from '#shared/store/runs.ts';
import { startDueRun } from './start-due-run.ts';

const config = readConfig({ TABLE_NAME: z.string(), FAN_OUT_QUEUE_URL: z.url(), DLQ_URL: z.url() });
const logger = loggerOf('start-run');
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions }), config.TABLE_NAME);
const queues = new SQSClient();

export const handler = consumer(
  { logger, bury: burier(queues, config.DLQ_URL) },
  StartRun,
  startDueRun({
    events: eventStore(table),
    campaigns: campaignStore(table),
    runs: runStore(table),
    fanOut: allOrThrow(queueSender(queues, config.FAN_OUT_QUEUE_URL)),
    now: machineClock.now,
    logger,
  }),
);
