import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { readConfig } from '#shared/config.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { counter } from '#shared/metrics.ts';
import { patientClient } from '#shared/patient-client.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { readSecret } from '#shared/secrets.ts';
import { once } from '#shared/site/once.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { bounceBrake } from './brake.ts';
import { firstOfMailbox } from './first-of-mailbox.ts';
import { noteReceipt } from './note-receipt.ts';
import { ReceiptMessage } from './receipt-message.ts';

const { TABLE_NAME, DLQ_URL, ADDRESS_KEY_SECRET } = readConfig({
  TABLE_NAME: z.string(),
  DLQ_URL: z.url(),
  ADDRESS_KEY_SECRET: z.string(),
});
const logger = loggerOf('receipts');
const marshallOptions = { removeUndefinedValues: true };
const db = DynamoDBDocumentClient.from(new DynamoDBClient(patientClient()), { marshallOptions });
const table = dynamoTable(db, TABLE_NAME);
const registrations = registrationStore(table);
const brake = bounceBrake({
  runs: runStore(table),
  campaigns: campaignStore(table),
  isFirstOf: firstOfMailbox({
    budgets: budgetStore(table),
    // Read when first needed: few mails bounce.
    addressKey: once(() => readSecret(ADDRESS_KEY_SECRET)),
    now: () => Math.floor(Date.now() / 1000),
  }),
  logger,
  count: counter('receipts'),
});

export const handler = consumer(
  { logger, bury: burier(new SQSClient(patientClient()), DLQ_URL) },
  ReceiptMessage,
  noteReceipt({ registrations, brake, logger }),
);
