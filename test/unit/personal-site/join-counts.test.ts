import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, expect, test, vi } from 'vitest';
import type { PersonalDeps } from '#functions/personal-site/deps.ts';
import { pressJoin } from '#functions/personal-site/press-join.ts';
import { showGate } from '#functions/personal-site/show-gate.ts';
import { signLink, signPress } from '#shared/domain/link.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { patientClient } from '#shared/patient-client.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { keys } from '#shared/store/keys.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';
import { SITE } from '#test/support/guest-site.ts';
import { apiGatewayEvent, recordedLog } from '#test/support/http.ts';

const event = anEvent({ joining: { url: 'https://meet.example.org/1', opensBefore: 'PT15M' } });
const START = Date.parse(event.startInstant);
const linkKeys = new Map([['k1', 'a key that signs links in tests, and long enough']]);

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.unstubAllEnvs();
});

interface OnTheWire {
  readonly action: string;
  readonly body: Record<string, unknown>;
}
/** What the DynamoDB of a test does with a write; by default it is done. */
type Write = (response: ServerResponse) => void;

/** The gate in front of a DynamoDB that holds one person and their event, and keeps every request that reaches it. */
async function gate(given: Partial<Registration> = {}, write?: Write, patience = 10_000) {
  const row = aRegistration({ eventId: event.eventId, ...given });
  const [person, about] = [toItem(row), { ...keys.event(event.eventId), ...event }].map((item) =>
    marshall(item, { removeUndefinedValues: true }),
  );
  const requests: OnTheWire[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    requests.push({ action, body: JSON.parse(Buffer.concat(chunks).toString()) });
    if (action === 'UpdateItem' && write) return write(response);
    const answer =
      action === 'BatchGetItem'
        ? { Responses: { rollcall: [about, person] }, UnprocessedKeys: {} }
        : { Attributes: { ...person, joinedAt: { N: '1' } } };
    json(200, answer)(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'test');
  const client = new DynamoDBClient(patientClient({ request: patience }));
  closing.push(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  const table = dynamoTable(DynamoDBDocumentClient.from(client), 'rollcall');
  const logger = recordedLog();
  const deps = {
    site: SITE,
    registrations: registrationStore(table),
    linkKeys: async () => linkKeys,
    logger,
    now: () => START,
  } as unknown as PersonalDeps;
  const token = signLink(linkKeys, 'join', row);
  const request = (method: string, body?: string) => ({
    path: { token },
    query: new URLSearchParams(),
    event: apiGatewayEvent({
      method,
      path: `/j/${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...(body !== undefined && { body }),
    }) as never,
  });
  const pressed = new URLSearchParams({ join: signPress(linkKeys, token, 'join', START) }).toString();
  return {
    requests,
    logger,
    look: () => showGate(deps).run(request('GET')),
    press: () => pressJoin(deps).run(request('POST', pressed)),
  };
}

const json =
  (status: number, body: object): Write =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));

const LET_IN = { statusCode: 303, headers: expect.objectContaining({ location: 'https://meet.example.org/1' }) };

test('from click to redirect it is one reading, of what is true at that moment, and one write', async () => {
  const { press, requests } = await gate();
  expect(await press()).toMatchObject(LET_IN);
  expect(requests.map(({ action }) => action)).toEqual(['BatchGetItem', 'UpdateItem']);
  expect(requests[0]?.body).toMatchObject({
    RequestItems: { rollcall: { ConsistentRead: true, Keys: [expect.anything(), expect.anything()] } },
  });
});

test('a press of somebody who is in already is the reading alone, and so is a look at the page', async () => {
  const { press, look, requests } = await gate({ joinedAt: START / 1000 - 60 });
  expect(await press()).toMatchObject(LET_IN);
  expect(await look()).toMatchObject({ statusCode: 200 });
  expect(requests.map(({ action }) => action)).toEqual(['BatchGetItem', 'BatchGetItem']);
});

test.each<[string, Write, number?]>([
  ['fails', json(500, { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' })],
  // A busy machine may take a while for the readings that are answered.
  ['never answers', () => {}, 500],
  ['hangs up', (response) => void response.destroy()],
])('a table that %s keeps nobody out: three tries, and in', async (_, write, patience) => {
  const { press, requests, logger } = await gate({}, write, patience);
  expect(await press()).toMatchObject(LET_IN);
  expect(requests.map(({ action }) => action)).toEqual(['BatchGetItem', 'UpdateItem', 'UpdateItem', 'UpdateItem']);
  expect(logger.lines).toEqual([expect.objectContaining({ level: 'error', message: expect.stringMatching(/press/) })]);
});
