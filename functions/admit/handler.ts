import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { readConfig } from '#shared/config.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { patientClient } from '#shared/patient-client.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { Nudge } from '#shared/queue/messages.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { seatStore } from '#shared/store/seats.ts';
import { admit } from './admit.ts';

const { TABLE_NAME, DLQ_URL } = readConfig({ TABLE_NAME: z.string(), DLQ_URL: z.url() });
const logger = loggerOf('admit');
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(
  DynamoDBDocumentClient.from(new DynamoDBClient(patientClient()), { marshallOptions }),
  TABLE_NAME,
);

export const handler = consumer(
  { logger, bury: burier(new SQSClient(patientClient()), DLQ_URL) },
  Nudge,
  admit({
    events: eventStore(table),
    registrations: registrationStore(table),
    seats: seatStore(table),
    eraser: eraser(table),
    now: machineClock.now,
    logger,
  }),
);
