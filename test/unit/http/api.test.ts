import { expect, test } from 'vitest';
import * as z from 'zod';
import { Refusal } from '#shared/domain/errors.ts';
import { api } from '#shared/http/api.ts';
import { created, type HttpEvent, ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { apiGatewayEvent, lambdaContext, recordedLog, type TestRequest } from '#test/support/http.ts';

const log = recordedLog();
const handler = api({
  logger: log,
  routes: [
    route('GET', '/api/v1/things/{thingId}', { path: z.object({ thingId: z.string().max(4) }) }, async ({ path }) =>
      ok({ thingId: path.thingId }),
    ),
    route(
      'POST',
      '/api/v1/things',
      {
        query: z.strictObject({ dry: z.enum(['yes', 'no']).optional() }),
        body: z.strictObject({
          name: z.string({ error: 'A name must be text' }),
          parts: z.array(z.strictObject({ size: z.number() })).default([]),
        }),
      },
      async ({ body }) => created('/api/v1/things/1', body, { etag: '"1"' }),
    ),
    route('POST', '/api/v1/fails', { body: z.unknown() }, async () => {
      throw new Error('Ada Lovelace <ada@example.org> broke TABLE-1');
    }),
    route('PATCH', '/api/v1/things', { ifMatch: 'required' }, async ({ ifMatch }) => {
      if (ifMatch !== 'any' && !ifMatch.includes(3)) throw new Refusal('stale-revision', 'No', 'name');
      return ok({ ifMatch });
    }),
  ],
});

const call = async (request: TestRequest) => {
  const { statusCode, headers, body } = await handler(apiGatewayEvent(request) as unknown as HttpEvent, lambdaContext);
  return { status: statusCode, headers, body: body === undefined ? undefined : JSON.parse(body) };
};
const post = (body: unknown, headers?: Record<string, string>) =>
  call({ method: 'POST', path: '/api/v1/things', body, ...(headers && { headers }) });

test('a route gets what its schemas parsed, and answers with headers that keep the answer to the caller', async () => {
  const { status, headers, body } = await post({ name: 'Bolt', parts: [{ size: 1 }] });
  expect(status).toBe(201);
  expect(body).toEqual({ name: 'Bolt', parts: [{ size: 1 }] });
  expect(headers).toMatchObject({
    location: '/api/v1/things/1',
    etag: '"1"',
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
});

test('every fault is named with its place', async () => {
  const { status, headers, body } = await post({ parts: [{ size: 'big', 'a/b~c': 1 }], colour: 'red' });
  expect(status).toBe(400);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(body).toMatchObject({ type: '/problems/invalid-input', status: 400, title: expect.any(String) });
  expect(body.errors).toEqual([
    { pointer: '#/name', detail: 'This field is required' },
    { pointer: '#/parts/0/size', detail: 'Expected number, not string' },
    { pointer: '#/parts/0/a~1b~0c', detail: 'There is no such field: there is size' },
    { pointer: '#/colour', detail: 'There is no such field: there is name, parts' },
  ]);
  expect(
    (await call({ method: 'POST', path: '/api/v1/things', query: { wet: '1', dry: 'may be' }, body: {} })).body,
  ).toMatchObject({
    errors: [
      { parameter: 'dry' },
      { parameter: 'wet', detail: 'There is no such parameter: there is dry' },
      { pointer: '#/name' },
    ],
  });
});

test('a missing body is a fault of the whole document', async () => {
  expect(await post(undefined)).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '#', detail: 'Send a JSON document' }] },
  });
});

test('an unknown address is a 404, a known one with another method a 405 that says what it takes', async () => {
  expect(await call({ path: '/api/v1/nothing' })).toMatchObject({
    status: 404,
    body: { type: '/problems/no-such-route' },
  });
  expect(await call({ path: '/api/v1/things/12345' })).toMatchObject({
    status: 404,
    body: { type: '/problems/not-found' },
  });
  const { status, headers, body } = await call({ method: 'DELETE', path: '/api/v1/things' });
  expect([status, headers.allow, body.type]).toEqual([405, 'POST, PATCH', '/problems/method-not-allowed']);
  expect((await call({ method: 'BREW', path: '/api/v1/things/1/' })).headers.allow).toBe('GET, HEAD');
});

test('HEAD is GET without the body', async () => {
  expect(await call({ method: 'HEAD', path: '/api/v1/things/1' })).toMatchObject({ status: 200, body: undefined });
});

test('a fault of ours is a 500 that says nothing, and one line of log that says it', async () => {
  const { status, body } = await call({ method: 'POST', path: '/api/v1/fails', body: {} });
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toMatch(/Ada|TABLE-1/);
  expect(log.lines.at(-1)).toMatchObject({
    level: 'error',
    route: 'POST /api/v1/fails',
    status: 500,
    error: expect.any(Error),
  });
});

test('each request is one line: its route, status and time, and nothing that was said', async () => {
  const before = log.lines.length;
  await call({ path: '/api/v1/things/s3cr', headers: { Authorization: 'Bearer rk_x' } });
  expect(log.lines.slice(before)).toEqual([
    {
      level: 'info',
      message: 'request',
      route: 'GET /api/v1/things/{thingId}',
      status: 200,
      ms: expect.any(Number),
      requestId: 'request-1',
    },
  ]);
  await call({ path: '/api/v1/nothing' });
  expect(log.lines.at(-1)).toMatchObject({ route: 'none', status: 404 });
});

test('an edit says which revision it edits', async () => {
  const patch = (ifMatch?: string) =>
    call({ method: 'PATCH', path: '/api/v1/things', ...(ifMatch && { headers: { 'If-Match': ifMatch } }) });
  expect(await patch()).toMatchObject({ status: 428, body: { errors: [{ header: 'if-match' }] } });
  expect(await patch('3')).toMatchObject({ status: 400, body: { errors: [{ header: 'if-match' }] } });
  expect(await patch('"2"')).toMatchObject({ status: 412, body: { errors: [{ pointer: '#/name' }] } });
  expect(await patch('"2", W/"3"')).toMatchObject({ status: 200 });
  expect(await patch('*')).toMatchObject({ status: 200, body: { ifMatch: 'any' } });
});

test('a route with a scope that nobody checks cannot be served', () => {
  const scoped = route('GET', '/x', { scope: 'events:read' }, async () => ok({}));
  expect(() => api({ logger: log, routes: [scoped] })).toThrow('nobody checks it');
});
