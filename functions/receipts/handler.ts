import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { readConfig } from '#shared/config.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { noteReceipt } from './note-receipt.ts';
import { ReceiptMessage } from './receipt-message.ts';

const { TABLE_NAME, DLQ_URL } = readConfig({ TABLE_NAME: z.string(), DLQ_URL: z.url() });
const logger = loggerOf('receipts');
const marshallOptions = { removeUndefinedValues: true };
const db = DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions });
const registrations = registrationStore(dynamoTable(db, TABLE_NAME));

export const handler = consumer(
  { logger, bury: burier(new SQSClient(), DLQ_URL) },
  ReceiptMessage,
  noteReceipt({ registrations, logger }),
);
