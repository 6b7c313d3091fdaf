import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { readConfig } from '#shared/config.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { patientClient } from '#shared/patient-client.ts';
import { queueSender } from '#shared/queue/sender.ts';
import { teller } from './bus.ts';
import { publish } from './publish.ts';

const { BUS_NAME, ADMIT_QUEUE_URL, DLQ_URL } = readConfig({
  BUS_NAME: z.string(),
  ADMIT_QUEUE_URL: z.url(),
  DLQ_URL: z.url(),
});
const queues = new SQSClient(patientClient());

/** Ids only: the row behind them is where it always was. */
const bury = async ({ eventID, dynamodb }: DynamoDBRecord, reason: string) => {
  const MessageBody = JSON.stringify({ record: eventID, sequence: dynamodb?.SequenceNumber, keys: dynamodb?.Keys });
  const MessageAttributes = { reason: { DataType: 'String', StringValue: reason.slice(0, 1000) } };
  await queues.send(new SendMessageCommand({ QueueUrl: DLQ_URL, MessageBody, MessageAttributes }));
};

export const handler = publish({
  tell: teller(new EventBridgeClient(patientClient()), BUS_NAME),
  nudgeAdmit: queueSender(queues, ADMIT_QUEUE_URL),
  bury,
  logger: loggerOf('publish'),
});
