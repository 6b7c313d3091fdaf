import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { readConfig } from '#shared/config.ts';
import { s3Files } from '#shared/files/s3-files.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { patientClient } from '#shared/patient-client.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { JobNudge } from '#shared/queue/messages.ts';
import { allOrThrow, queueSender } from '#shared/queue/sender.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { jobStore } from '#shared/store/jobs.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { workOn } from './work-on.ts';

const config = readConfig({ TABLE_NAME: z.string(), FILES_BUCKET: z.string(), QUEUE_URL: z.url(), DLQ_URL: z.url() });
const logger = loggerOf('jobs');
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(
  DynamoDBDocumentClient.from(new DynamoDBClient(patientClient()), { marshallOptions }),
  config.TABLE_NAME,
);
const queues = new SQSClient(patientClient());

/** Well below the function's own timeout: the longest piece must still fit in. */
const BUDGET = 25;

export const handler = consumer(
  { logger, bury: burier(queues, config.DLQ_URL) },
  JobNudge,
  workOn({
    jobs: jobStore(table),
    events: eventStore(table),
    registrations: registrationStore(table),
    eraser: eraser(table),
    files: s3Files(config.FILES_BUCKET),
    again: allOrThrow(queueSender(queues, config.QUEUE_URL)),
    clock: machineClock,
    logger,
    budget: BUDGET,
  }),
);
