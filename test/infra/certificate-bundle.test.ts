import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import { readStage } from '#infra/read-stage.ts';
import { certificateCode } from '#shared/domain/certificate.ts';
import { signLink } from '#shared/domain/link.ts';
import { FONT_FILES, FONTS_FOLDER } from '#shared/pdf/font-files.ts';
import { eventStore } from '#shared/store/events.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import type { Key } from '#shared/store/table.ts';
import { anEvent, aRegistration, aText } from '#test/support/builders.ts';
import { apiGatewayEvent, lambdaContext } from '#test/support/http.ts';
import { readPdf } from '#test/support/read-pdf.ts';

const LINK_KEYS = new Map([['k1', 'a key that signs links in tests, and long enough']]);
const out = mkdtempSync(join(tmpdir(), 'rollcall-bundle-'));
const table = memoryTable();
const event = anEvent({ startsAt: '2026-01-08T09:30', endsAt: '2026-01-08T13:00' });
const joinedAt = Date.parse(event.endInstant) / 1000;

/** Answers for DynamoDB and Secrets Manager, as far as the function asks them. */
const aws = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', async () => {
    const { RequestItems = {} } = JSON.parse(body) as { RequestItems?: Record<string, { Keys: never[] }> };
    const read = async ([name, { Keys }]: [string, { Keys: never[] }]) => {
      const items = await table.getMany(Keys.map((key) => unmarshall(key) as Key));
      return [name, items.map((item) => marshall(item, { removeUndefinedValues: true }))];
    };
    const asked = Object.entries(RequestItems);
    const answer =
      asked.length > 0
        ? { Responses: Object.fromEntries(await Promise.all(asked.map(read))) }
        : { SecretString: JSON.stringify(Object.fromEntries(LINK_KEYS)) };
    response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(answer));
  });
});

/** Bundles the function as it is deployed. */
function bundled(): string {
  const app = new App({ outdir: out, context: { 'aws:cdk:bundling-stacks': ['**'] } });
  const files = { folder: FONTS_FOLDER, from: Object.values(FONT_FILES) };
  new NodeFunction(new Stack(app, 'Bundle'), 'Certificate', {
    stage: readStage({ stage: 'dev' }),
    folder: 'certificate',
    files,
  });
  const folder = readdirSync(app.synth().directory).find((name) => name.startsWith('asset.'));
  if (!folder) throw new Error('Nothing was bundled');
  return join(out, folder);
}

let folder: string;
let get: (path: string) => Promise<{ statusCode: number; body: string; isBase64Encoded: boolean }>;

beforeAll(async () => {
  await eventStore(table).create(event, aText());
  await new Promise<void>((ready) => aws.listen(0, '127.0.0.1', ready));
  const endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
  for (const [name, value] of Object.entries({
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: endpoint,
    TABLE_NAME: 'rollcall',
    LINK_KEYS_SECRET: 'link-keys',
    SITE_URL: 'https://events.example.org',
    SITE: JSON.stringify({
      name: 'Rollcall',
      organiser: { name: 'A', email: 'a@example.org' },
      corsOrigins: [],
      retentionDays: 90,
    }),
  }))
    vi.stubEnv(name, value);
  folder = bundled();
  const { handler } = await import(pathToFileURL(join(folder, 'index.mjs')).href);
  get = (path) => handler(apiGatewayEvent({ path }), lambdaContext);
});

afterAll(() => {
  vi.unstubAllEnvs();
  aws.close();
  rmSync(out, { recursive: true });
});

test('its fonts are shipped beside its one file of code', () => {
  const shipped = readdirSync(join(folder, FONTS_FOLDER));
  expect(shipped.sort()).toEqual(
    Object.values(FONT_FILES)
      .map((file) => file.split('/').at(-1))
      .sort(),
  );
  expect(readdirSync(folder).sort()).toEqual([FONTS_FOLDER, 'index.mjs', 'index.mjs.map']);
});

test.each(['Ada Lovelace', 'محمد بن سلمان', '山田太郎'])(
  'as it is deployed it makes the certificate of %s, and confirms it',
  async (name) => {
    const row = aRegistration({ eventId: event.eventId, name, joinedAt });
    await registrationStore(table).add(row, { answers: {} }, row.registrationId);
    const made = await get(`/c/${signLink(LINK_KEYS, 'certificate', row)}`);
    expect({ ...made, body: '' }).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    const { pages, text } = await readPdf(Buffer.from(made.body, 'base64'));
    expect(pages).toBe(1);
    expect(text.split('\n')[3]).toBe(name);
    const checked = await get(`/certificates/${certificateCode(LINK_KEYS, row)}`);
    expect(checked.statusCode).toBe(200);
    expect(checked.body).toContain(name);
  },
);
