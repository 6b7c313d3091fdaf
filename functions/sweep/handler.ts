import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { json, readConfig } from '#shared/config.ts';
import { Timings } from '#shared/domain/timings.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { counter } from '#shared/metrics.ts';
import { type Invocation, timeLeft, within } from '#shared/patience.ts';
import { patientClient } from '#shared/patient-client.ts';
import { DEAD_LETTERS, type WatchedQueue } from '#shared/queue/names.ts';
import { allOrThrow, queueSender } from '#shared/queue/sender.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { controlStore } from '#shared/store/control.ts';
import { countStore } from '#shared/store/counts.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { jobStore } from '#shared/store/jobs.ts';
import { linkWishStore } from '#shared/store/link-wishes.ts';
import { organiserStore } from '#shared/store/organisers.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { receiptsStore } from '#shared/store/receipts.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { sortingStore } from '#shared/store/sortings.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import { walkStore } from '#shared/store/walks.ts';
import { sweep } from './sweep.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  LANE_NOW_QUEUE_URL: z.url(),
  ADMIT_QUEUE_URL: z.url(),
  RECEIPTS_QUEUE_URL: z.url(),
  RECEIPTS_DLQ_URL: z.url(),
  CAMPAIGNS_QUEUE_URL: z.url(),
  /** Dead-letter queues by name. */
  DEAD_LETTERS: json(z.partialRecord(z.enum(Object.keys(DEAD_LETTERS) as WatchedQueue[]), z.url())),
  JOBS_QUEUE_URL: z.url(),
  /** Sends per second, where the stage says so instead of SES. */
  SEND_RATE: z.coerce.number().positive().optional(),
  TIMINGS: json(Timings),
});
const logger = loggerOf('sweep');
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(
  DynamoDBDocumentClient.from(new DynamoDBClient(patientClient()), { marshallOptions }),
  config.TABLE_NAME,
);
const queues = new SQSClient(patientClient());

/** Milliseconds a queue is waited for: a round has more to do than to look at them. */
const PATIENCE = 5000;
const STATES: QueueAttributeName[] = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];
const messagesIn = async (QueueUrl: string): Promise<number> => {
  const ask = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: STATES });
  const { Attributes = {} } = await queues.send(ask, { abortSignal: AbortSignal.timeout(PATIENCE) });
  return STATES.reduce((sum, state) => sum + Number(Attributes[state] ?? 0), 0);
};

const ses = new SESv2Client(patientClient());

/** The account's rate and what is left of its 24 hours; SES says -1 where it sets no quota. */
const account = async (): Promise<{ maxSendRate: number; quotaLeft?: number }> => {
  if (config.SEND_RATE !== undefined) return { maxSendRate: config.SEND_RATE };
  const { SendQuota = {} } = await ses.send(new GetAccountCommand());
  const { MaxSendRate = 1, Max24HourSend = -1, SentLast24Hours = 0 } = SendQuota;
  return { maxSendRate: MaxSendRate, ...(Max24HourSend >= 0 && { quotaLeft: Max24HourSend - SentLast24Hours }) };
};
const into = (url: string) => allOrThrow(queueSender(queues, url));
const toCampaigns = into(config.CAMPAIGNS_QUEUE_URL);
const deadLetters = Object.entries(config.DEAD_LETTERS) as [WatchedQueue, string][];

const round = sweep({
  runs: runStore(table),
  events: eventStore(table),
  campaigns: campaignStore(table),
  pacer: pacerStore(table),
  account,
  plan: toCampaigns,
  startRun: toCampaigns,
  fanOut: toCampaigns,
  walks: walkStore(table),
  wishes: linkWishStore(table),
  jobs: jobStore(table),
  workOn: into(config.JOBS_QUEUE_URL),
  count: counter('sweep'),
  registrations: registrationStore(table),
  organisers: organiserStore(table),
  control: controlStore(table),
  eraser: eraser(table),
  counts: countStore(table),
  surveyAnswers: surveyAnswerStore(table),
  sortings: sortingStore(table),
  receipts: receiptsStore(table),
  deadLettersWaiting: () => Promise.all(deadLetters.map(async ([name, url]) => [name, await messagesIn(url)] as const)),
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

export const handler = async (event: unknown, invocation?: Invocation): Promise<void> => {
  const { 'detail-type': name } = Wake.parse(event);
  await within(timeLeft(invocation), () => round({ resumed: name !== 'Scheduled Event' }));
};
