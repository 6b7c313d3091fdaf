import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { json, readConfig } from '#shared/config.ts';
import { chance } from '#shared/domain/ids.ts';
import { MailMode, mayReach } from '#shared/domain/mail-mode.ts';
import { ticketOf } from '#shared/domain/seats.ts';
import { Timings } from '#shared/domain/timings.ts';
import { logger as loggerOf } from '#shared/logger.ts';
import { sesMailer } from '#shared/mail/ses.ts';
import { counter } from '#shared/metrics.ts';
import type { Invocation } from '#shared/patience.ts';
import { patientClient } from '#shared/patient-client.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { LaneMessage } from '#shared/queue/messages.ts';
import { allOrThrow, type Outgoing, queueSender } from '#shared/queue/sender.ts';
import { readLinkKeys } from '#shared/secrets.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { controlStore } from '#shared/store/control.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eventStore } from '#shared/store/events.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { receiptsStore } from '#shared/store/receipts.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { seatStore } from '#shared/store/seats.ts';
import { compose } from './compose.ts';
import { deliver } from './deliver.ts';
import { greet } from './greet.ts';
import { guards } from './guard.ts';
import { joiningsOf } from './joinings-of.ts';
import { pace } from './pace.ts';
import { sendChunk } from './send-chunk.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  SITE_NAME: z.string().default('Rollcall'),
  LINK_KEYS_SECRET: z.string(),
  QUEUE_URL: z.url(),
  DLQ_URL: z.url(),
  TIMINGS: json(Timings),
  LANE: z.enum(['now', 'timed', 'bulk']),
  /** Sends per second until `sweep` has looked at the account. */
  INITIAL_RATE: z.coerce.number().positive().default(1),
  MAIL: json(
    z.object({
      mode: MailMode,
      allowList: z.array(z.string()),
      sender: z.string(),
      configurationSets: z.object({ service: z.string(), optional: z.string(), urgent: z.string() }),
    }),
  ),
});
const { MAIL, TIMINGS: timings } = config;

const logger = loggerOf('send');
const count = counter('send');
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(
  DynamoDBDocumentClient.from(new DynamoDBClient(patientClient()), { marshallOptions }),
  config.TABLE_NAME,
);
const queues = new SQSClient(patientClient());
const lane = allOrThrow(queueSender(queues, config.QUEUE_URL));
const paced = pace({
  pacer: pacerStore(table),
  clock: machineClock,
  lane: config.LANE,
  initialRate: config.INITIAL_RATE,
  jitter: Math.random,
  timings,
});
const registrations = registrationStore(table);
const seats = seatStore(table);
const campaigns = campaignStore(table);
const runs = runStore(table);
const control = controlStore(table);
const guard = guards({
  events: eventStore(table),
  campaigns,
  control,
  clock: machineClock,
  fresh: timings.guardFresh,
});
const composer = compose({
  site: { name: config.SITE_NAME, url: config.SITE_URL },
  linkKeys: await readLinkKeys(config.LINK_KEYS_SECRET),
  reach: MAIL,
  sender: MAIL.sender,
  configurationSets: MAIL.configurationSets,
});

export const handler = async (event: SQSEvent, invocation?: Invocation) => {
  const startedAt = machineClock.monotonic();
  const mailer = sesMailer();
  const send = deliver({
    registrations,
    guard,
    receiptsSeen: receiptsStore(table).get,
    joiningsOf: joiningsOf({ campaigns, runs }),
    campaignOf: campaigns.get,
    placeOf: async ({ eventId, seat }) => {
      const ticket = ticketOf(seat);
      return ticket === undefined ? undefined : seats.placeOf(eventId, ticket);
    },
    compose: composer,
    mailer,
    slowDown: paced.slowDown,
    control,
    mayReach: mayReach(MAIL),
    timings,
    clock: machineClock,
    chance,
    logger,
    count,
  });
  const again = (message: Outgoing) => lane([message]);
  const lent = { registrations, deliver: send, guard, pace: paced, again };
  const shared = { ...lent, startedAt, clock: machineClock, jitter: Math.random, gaps: timings };
  const greetPerson = greet(shared);
  const sendRun = sendChunk({ ...shared, runs, chance, logger });
  const take = (message: LaneMessage) => ('people' in message ? sendRun(message) : greetPerson(message));
  try {
    return await consumer({ logger, bury: burier(queues, config.DLQ_URL) }, LaneMessage, take)(event, invocation);
  } finally {
    mailer.close();
  }
};
