import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { machineClock } from '#shared/clock.ts';
import { json, readConfig, Site } from '#shared/config.ts';
import { placeHash } from '#shared/domain/address.ts';
import { Budgets } from '#shared/domain/budget.ts';
import { chance } from '#shared/domain/ids.ts';
import { pages } from '#shared/http/page.ts';
import { logger } from '#shared/logger.ts';
import { patientClient } from '#shared/patient-client.ts';
import { readLinkKeys, readSecret } from '#shared/secrets.ts';
import { allowMail } from '#shared/site/allow-mail.ts';
import { allowTelling } from '#shared/site/allow-telling.ts';
import { errorPage } from '#shared/site/error-page.ts';
import { once } from '#shared/site/once.ts';
import { WRONG_LINK } from '#shared/site/wrong-link.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventReads } from '#shared/store/event-reads.ts';
import { organiserStore } from '#shared/store/organisers.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { seatStore } from '#shared/store/seats.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import { personalRoutes } from './routes.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  SITE_URL: z.string(),
  LINK_KEYS_SECRET: z.string(),
  ADDRESS_KEY_SECRET: z.string(),
  SITE: json(Site),
  BUDGETS: json(Budgets),
});
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(
  DynamoDBDocumentClient.from(new DynamoDBClient(patientClient()), { marshallOptions }),
  config.TABLE_NAME,
);
const site = { ...config.SITE, url: config.SITE_URL };
const { now, sleep } = machineClock;
const log = logger('personal-site');

const budgets = { budgets: budgetStore(table), limits: config.BUDGETS, now, logger: log };
const addressKey = once(() => readSecret(config.ADDRESS_KEY_SECRET));

const routes = personalRoutes({
  site,
  events: eventReads(table),
  registrations: registrationStore(table),
  organisers: organiserStore(table),
  eraser: eraser(table),
  placeHash: async (event, person) => placeHash(await addressKey(), event, person),
  chance,
  seats: seatStore(table),
  surveyAnswers: surveyAnswerStore(table),
  linkKeys: once(() => readLinkKeys(config.LINK_KEYS_SECRET)),
  allowMail: async (wish) => allowMail({ ...budgets, addressKey: await addressKey() })(wish),
  mayTellOld: async (event, row) => allowTelling({ ...budgets, addressKey: await addressKey() })(event, row),
  logger: log,
  now,
  sleep,
});

export const handler = pages({
  routes,
  corsOrigins: [],
  errorPage: errorPage(site, WRONG_LINK),
  logger: log,
});
