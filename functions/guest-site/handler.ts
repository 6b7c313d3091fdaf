import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { json, readConfig, Site } from '#shared/config.ts';
import { Budgets } from '#shared/domain/budget.ts';
import { chance } from '#shared/domain/ids.ts';
import { Timings } from '#shared/domain/timings.ts';
import { pages } from '#shared/http/page.ts';
import { logger } from '#shared/logger.ts';
import { patientClient } from '#shared/patient-client.ts';
import { readSecret } from '#shared/secrets.ts';
import { errorPage } from '#shared/site/error-page.ts';
import { once } from '#shared/site/once.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventReads } from '#shared/store/event-reads.ts';
import { linkWishStore } from '#shared/store/link-wishes.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { seatStore } from '#shared/store/seats.ts';
import { sharerStore } from '#shared/store/sharers.ts';
import { ticketStore } from '#shared/store/tickets.ts';
import { askForLinks } from './ask-for-links.ts';
import { correctAddress } from './correct-address.ts';
import { heard, isFromBus } from './heard.ts';
import { programme } from './programme.ts';
import { guestRoutes } from './routes.ts';
import { sendLinks } from './send-links.ts';
import { pretendToTake, takeForm } from './take-form.ts';
import { takeRegistration } from './take-registration.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  SITE_URL: z.string(),
  ADDRESS_KEY_SECRET: z.string(),
  SITE: json(Site),
  BUDGETS: json(Budgets),
  TIMINGS: json(Timings),
});
const marshallOptions = { removeUndefinedValues: true };
const table = dynamoTable(
  DynamoDBDocumentClient.from(new DynamoDBClient(patientClient()), { marshallOptions }),
  config.TABLE_NAME,
);
const site = { ...config.SITE, url: config.SITE_URL };
const now = Date.now;
const log = logger('guest-site');

const [events, registrations, seats] = [eventReads(table), registrationStore(table), seatStore(table)];
const rules = {
  budgets: budgetStore(table),
  limits: config.BUDGETS,
  timings: config.TIMINGS,
  now,
  chance,
  logger: log,
};
const shown = programme({ events, seats, now });
/** Read when first needed: most pages need no key. */
const desk = once(async () => ({
  ...rules,
  registrations,
  eraser: eraser(table),
  wishes: linkWishStore(table),
  sharers: sharerStore(table),
  tickets: ticketStore(table),
  addressKey: await readSecret(config.ADDRESS_KEY_SECRET),
}));

const routes = guestRoutes({
  site,
  programme: shown,
  takeRegistration: async (wish) => takeRegistration(await desk())(wish),
  takeForm: async (wish) => takeForm(await desk())(wish),
  pretendToTake: () => pretendToTake({ chance }),
  correctAddress: async (wish) => correctAddress(await desk())(wish),
  askForLinks: async (wish) => askForLinks(await desk())(wish),
  now,
});

const answer = pages({
  routes,
  corsOrigins: site.corsOrigins,
  errorPage: errorPage(site),
  logger: log,
});

const look = heard(async (wishId) => sendLinks({ ...(await desk()), kept: shown.kept })(wishId));

/** Visitors' requests; and, from the bus, wishes for links, once everybody had their answer. */
export const handler = async (...[event, context]: Parameters<typeof answer>) =>
  isFromBus(event) ? look(event, context) : answer(event, context);
