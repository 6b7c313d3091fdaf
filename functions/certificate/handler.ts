import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { json, readConfig, Site } from '#shared/config.ts';
import { pages } from '#shared/http/page.ts';
import { logger } from '#shared/logger.ts';
import { patientClient } from '#shared/patient-client.ts';
import { faces } from '#shared/pdf/faces.ts';
import { FONTS_FOLDER } from '#shared/pdf/font-files.ts';
import { readLinkKeys } from '#shared/secrets.ts';
import { errorPage } from '#shared/site/error-page.ts';
import { once } from '#shared/site/once.ts';
import { WRONG_LINK } from '#shared/site/wrong-link.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { certificateRoutes } from './routes.ts';

const config = readConfig({
  TABLE_NAME: z.string(),
  SITE_URL: z.string(),
  LINK_KEYS_SECRET: z.string(),
  SITE: json(Site),
});
const table = dynamoTable(DynamoDBDocumentClient.from(new DynamoDBClient(patientClient())), config.TABLE_NAME);
const site = { ...config.SITE, url: config.SITE_URL };

const routes = certificateRoutes({
  site,
  registrations: registrationStore(table),
  linkKeys: once(() => readLinkKeys(config.LINK_KEYS_SECRET)),
  // They lie beside this file once it is bundled.
  faces: faces((file) => readFile(join(import.meta.dirname, FONTS_FOLDER, basename(file)))),
  now: Date.now,
});

export const handler = pages({
  routes,
  corsOrigins: [],
  errorPage: errorPage(site, WRONG_LINK),
  logger: logger('certificate'),
});
