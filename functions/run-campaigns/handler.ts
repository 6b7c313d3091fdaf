import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { readConfig } from '#shared/config.ts';
import { chance } from '#shared/domain/ids.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { patientClient } from '#shared/patient-client.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { CampaignMessage } from '#shared/queue/messages.ts';
import { allOrThrow, queueSender } from '#shared/queue/sender.ts';
import { eventBridgeScheduler } from '#shared/schedule/event-bridge.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eventStore } from '#shared/store/events.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { walkStore } from '#shared/store/walks.ts';
import { fanOut } from './fan-out.ts';
import { planSchedules } from './plan-schedules.ts';
import { runCampaigns } from './run-campaigns.ts';
import { startDueRun } from './start-due-run.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  QUEUE_URL: z.url(),
  QUEUE_ARN: z.string(),
  LANE_TIMED_QUEUE_URL: z.url(),
  LANE_BULK_QUEUE_URL: z.url(),
  SCHEDULE_GROUP: z.string(),
  SCHEDULE_ROLE_ARN: z.string(),
  SCHEDULE_DLQ_ARN: z.string(),
  DLQ_URL: z.url(),
});
const { now } = machineClock;
const logger = loggerOf('run-campaigns');
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(
  DynamoDBDocumentClient.from(new DynamoDBClient(patientClient()), { marshallOptions }),
  config.TABLE_NAME,
);
const queues = new SQSClient(patientClient());
const into = (url: string) => allOrThrow(queueSender(queues, url));
const events = eventStore(table);
const campaigns = campaignStore(table);
const runs = runStore(table);
const again = into(config.QUEUE_URL);

/** Well below the function's own timeout: a page and its chunks must still fit in. */
const BUDGET = 30;

export const handler = consumer(
  { logger, bury: burier(queues, config.DLQ_URL) },
  CampaignMessage,
  runCampaigns({
    plan: planSchedules({
      events,
      campaigns,
      runs,
      scheduler: eventBridgeScheduler({
        client: new SchedulerClient(patientClient()),
        group: config.SCHEDULE_GROUP,
        roleArn: config.SCHEDULE_ROLE_ARN,
        queueArn: config.QUEUE_ARN,
        deadLettersArn: config.SCHEDULE_DLQ_ARN,
        now,
      }),
      nudgeStart: again,
      now,
      logger,
    }),
    start: startDueRun({ events, campaigns, runs, fanOut: again, now, logger }),
    walk: fanOut({
      events,
      campaigns,
      runs,
      registrations: registrationStore(table),
      pacer: pacerStore(table).get,
      lanes: { timed: into(config.LANE_TIMED_QUEUE_URL), bulk: into(config.LANE_BULK_QUEUE_URL) },
      again,
      walks: walkStore(table),
      clock: machineClock,
      chance,
      logger,
      budget: BUDGET,
    }),
  }),
);
