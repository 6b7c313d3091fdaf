import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, inject, test } from 'vitest';
import { apiKeyStore } from '#shared/store/api-keys.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { createKey } from '#tools/keys/create-key.ts';
import { allKeys } from '#tools/keys/list-keys.ts';
import { clientConfig } from '#tools/local/endpoint.ts';

const { siteUrl, apiKey, endpoint, outputs } = inject('localAws');
const tableName = outputs['TableName'] ?? '';
const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig(endpoint)));
const table = dynamoTable(client, tableName);

interface Call {
  readonly method?: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function call(path: string, { method = 'GET', key = apiKey, body, headers = {} }: Call = {}) {
  const response = await fetch(`${siteUrl}/api/v1${path}`, {
    method,
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

const event = (title: string) => ({
  title,
  format: 'online',
  startsAt: '2027-02-18T09:30',
  endsAt: '2027-02-18T13:00',
  timeZone: 'Europe/London',
  place: 'Webinar',
});

test('an organiser makes an event, edits and publishes it, and visitors see it', async () => {
  const { status, headers, body: draft } = await call('/events', { method: 'POST', body: event('Driven by API') });
  expect([status, headers.get('etag')]).toEqual([201, '"1"']);
  expect((await fetch(draft.links.page)).status).toBe(404);

  const path = `/events/${draft.eventId}`;
  const edit = { method: 'PATCH', body: { strapline: 'All by curl' } };
  expect((await call(path, edit)).status).toBe(428);
  expect((await call(path, { ...edit, headers: { 'if-match': '"1"' } })).status).toBe(200);
  expect((await call(path, { ...edit, headers: { 'if-match': '"1"' } })).status).toBe(412);

  expect((await call(`${path}/publish`, { method: 'POST' })).body).toMatchObject({ state: 'published', revision: 3 });
  const read = await call(path);
  expect(read.body).toMatchObject({ phase: 'upcoming', strapline: 'All by curl', registrationOpen: true });
  expect((await fetch(read.body.links.page)).status).toBe(200);
});

test('events come page by page, each once', async () => {
  for (let n = 0; n < 5; n++) await call('/events', { method: 'POST', body: event(`Paging ${n}`) });
  const seen: string[] = [];
  let query: string | undefined = '?limit=2&q=paging';
  while (query !== undefined) {
    const { body }: { body: { events: { title: string }[]; next?: string } } = await call(`/events${query}`);
    seen.push(...body.events.map(({ title }) => title));
    query = body.next && `?limit=2&q=paging&cursor=${body.next}`;
  }
  expect(seen.sort()).toEqual(['Paging 0', 'Paging 1', 'Paging 2', 'Paging 3', 'Paging 4']);
});

test('without a key, with one that lacks the scope, with one revoked or expired: a problem', async () => {
  const reader = await createKey({ table, name: 'Reader', scopes: ['events:read'] });
  const revoked = await createKey({ table, name: 'Revoked', scopes: ['events:read'] });
  const expired = await createKey({
    table,
    name: 'Expired',
    scopes: ['events:read'],
    expiresOn: '2020-01-01T23:59:59Z',
  });
  await apiKeyStore(table).revoke(revoked.key.keyId, new Date().toISOString());

  expect((await call('/events', { key: reader.token })).status).toBe(200);
  for (const [answer, status, type] of [
    [await call('/events', { key: '' }), 401, '/problems/key-required'],
    [await call('/events', { key: revoked.token }), 401, '/problems/key-not-valid'],
    [await call('/events', { key: expired.token }), 401, '/problems/key-not-valid'],
    [
      await call('/events', { key: reader.token, method: 'POST', body: event('No') }),
      403,
      '/problems/insufficient-scope',
    ],
  ] as const) {
    expect(answer).toMatchObject({ status, body: { type, status } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  }
  const keyIds = (await allKeys(client, tableName)).map(({ keyId }) => keyId);
  expect(keyIds).toEqual(expect.arrayContaining([reader, revoked, expired].map(({ key }) => key.keyId)));
});

test('bad input is refused by the deployed API as by the tests', async () => {
  const post = (body: unknown, headers?: Record<string, string>) =>
    call('/events', { method: 'POST', body, ...(headers && { headers }) });
  expect(
    await post({ ...event('Summer'), startsAt: '2027-07-01T09:00', endsAt: '2027-07-01T10:00', timeZone: 'GMT' }),
  ).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '#/timeZone' }] },
  });
  expect((await post({ ...event('Long'), description: 'x'.repeat(1024 * 1024) })).status).toBe(413);
  expect((await post(event('Form'), { 'content-type': 'text/plain' })).status).toBe(415);
});

test('the document is served, and names this deployment', async () => {
  const { status, body } = await call('/openapi.json', { key: '' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ openapi: '3.1.0', servers: [{ url: siteUrl }] });
});
