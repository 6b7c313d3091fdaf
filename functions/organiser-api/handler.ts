import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { json, readConfig, Site } from '#shared/config.ts';
import { placeHash } from '#shared/domain/address.ts';
import { ApiRates } from '#shared/domain/api-rates.ts';
import { Budgets } from '#shared/domain/budget.ts';
import { chance } from '#shared/domain/ids.ts';
import { MailMode, mayReach } from '#shared/domain/mail-mode.ts';
import { Timings } from '#shared/domain/timings.ts';
import { s3Files } from '#shared/files/s3-files.ts';
import { api } from '#shared/http/api.ts';
import { logger } from '#shared/logger.ts';
import { patientClient } from '#shared/patient-client.ts';
import { allOrThrow, queueSender } from '#shared/queue/sender.ts';
import { readSecret } from '#shared/secrets.ts';
import { allowTelling } from '#shared/site/allow-telling.ts';
import { once } from '#shared/site/once.ts';
import { apiKeyStore } from '#shared/store/api-keys.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { requestStore } from '#shared/store/requests.ts';
import { actOnce } from './act-once.ts';
import { keyCheck } from './check-key.ts';
import { depsOn } from './deps.ts';
import { keyLimit, within } from './limit-key.ts';
import { routes } from './routes.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  FILES_BUCKET: z.string(),
  SITE_URL: z.url(),
  SITE: json(Site),
  TIMINGS: json(Timings),
  MAIL_REACH: json(z.object({ mode: MailMode, allowList: z.array(z.string()) })),
  API_RATES: json(ApiRates),
  CAMPAIGNS_QUEUE_URL: z.url(),
  JOBS_QUEUE_URL: z.url(),
  ADDRESS_KEY_SECRET: z.string(),
  BUDGETS: json(Budgets),
});
/** Read when somebody's address is corrected, and not before. */
const addressKey = once(() => readSecret(config.ADDRESS_KEY_SECRET));
const client = DynamoDBDocumentClient.from(new DynamoDBClient(patientClient()), {
  marshallOptions: { removeUndefinedValues: true },
});
const table = dynamoTable(client, config.TABLE_NAME);
const queues = new SQSClient(patientClient());
const into = (url: string) => allOrThrow(queueSender(queues, url));
const deps = depsOn(table, {
  siteUrl: config.SITE_URL.replace(/\/$/, ''),
  site: config.SITE,
  timings: config.TIMINGS,
  mayReach: mayReach(config.MAIL_REACH),
  now: Date.now,
  chance,
  sleep: machineClock.sleep,
  placeHash: async (event, person) => placeHash(await addressKey(), event, person),
  mayTellOld: async (event, row) =>
    allowTelling({
      budgets: budgetStore(table),
      limits: config.BUDGETS,
      addressKey: await addressKey(),
      now: Date.now,
    })(event, row),
  fanOut: into(config.CAMPAIGNS_QUEUE_URL),
  workOn: into(config.JOBS_QUEUE_URL),
  files: s3Files(config.FILES_BUCKET),
});

const log = logger('organiser-api');

export const handler = api({
  logger: log,
  guard: keyCheck(apiKeyStore(table), deps.now),
  once: within(
    keyLimit({ ...deps, apiRates: config.API_RATES }),
    actOnce({ ...deps, requests: requestStore(table), logger: log }),
  ),
  routes: routes(deps),
});
