import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { readConfig } from '#shared/config.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { PlanMessage } from '#shared/queue/messages.ts';
import { allOrThrow, queueSender } from '#shared/queue/sender.ts';
import { eventBridgeScheduler } from '#shared/schedule/event-bridge.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eventStore } from '#shared/store/events.ts';
import { runStore } from '#shared/store/runs.ts';
import { planSchedules } from './plan-schedules.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  START_RUN_QUEUE_URL: z.url(),
  START_RUN_QUEUE_ARN: z.string(),
  SCHEDULE_GROUP: z.string(),
  SCHEDULE_ROLE_ARN: z.string(),
  SCHEDULE_DLQ_ARN: z.string(),
  DLQ_URL: z.url(),
});
const { now } = machineClock;
const logger = loggerOf('plan-schedules');
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions }), config.TABLE_NAME);
const queues = new SQSClient();

export const handler = consumer(
  { logger, bury: burier(queues, config.DLQ_URL) },
  PlanMessage,
  planSchedules({
    events: eventStore(table),
    campaigns: campaignStore(table),
    runs: runStore(table),
    scheduler: eventBridgeScheduler({
      client: new SchedulerClient(),
      group: config.SCHEDULE_GROUP,
      roleArn: config.SCHEDULE_ROLE_ARN,
      queueArn: config.START_RUN_QUEUE_ARN,
      deadLettersArn: config.SCHEDULE_DLQ_ARN,
      now,
    }),
    nudgeStart: allOrThrow(queueSender(queues, config.START_RUN_QUEUE_URL)),
    now,
    logger,
  }),
);
