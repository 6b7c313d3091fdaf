import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { listen, readBody } from '#tools/local/http.ts';
import { freePort } from '#tools/local/ports.ts';
import { startProxy } from '#tools/local/proxy.ts';

const API_HOST = 'abc123.execute-api.localhost';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const proxyTo = async (answer: (request: IncomingMessage, response: ServerResponse) => unknown) => {
  const gateway = createServer((incoming, response) => void answer(incoming, response));
  const gatewayPort = await freePort();
  await listen(gateway, gatewayPort);
  const port = await freePort();
  const proxy = await startProxy({ port, gatewayPort, apiHost: API_HOST });
  closing.push(proxy.stop, async () => {
    if (!gateway.listening) return;
    gateway.close();
    await once(gateway, 'close');
  });
  return { url: `http://127.0.0.1:${port}`, gateway };
};

const Echo = z.object({ headers: z.record(z.string(), z.string()) });

/** Answers with what arrived. */
const echo = async (incoming: IncomingMessage, response: ServerResponse) => {
  const body = (await readBody(incoming)).toString('base64');
  response.end(JSON.stringify({ method: incoming.method, url: incoming.url, headers: incoming.headers, body }));
};

test('path, query, cookies and bytes arrive as they were sent', async () => {
  const { url } = await proxyTo(echo);
  const bytes = Buffer.from([0, 255, 13, 10, 200]);
  const answer = await fetch(`${url}/events/a%20b?q=%C3%A9&q=2`, {
    method: 'POST',
    body: bytes,
    headers: { cookie: 'a=1; b=2', 'content-type': 'application/octet-stream' },
  });
  expect(await answer.json()).toMatchObject({
    method: 'POST',
    url: '/events/a%20b?q=%C3%A9&q=2',
    headers: { host: API_HOST, cookie: 'a=1; b=2', 'x-forwarded-proto': 'http' },
    body: bytes.toString('base64'),
  });
});

test('the caller’s address is passed on, or the one the caller claims', async () => {
  const { url } = await proxyTo(echo);
  const addressSeen = async (headers: Record<string, string>) => {
    const answer = await fetch(url, { headers });
    return Echo.parse(await answer.json()).headers['x-forwarded-for'];
  };
  expect(await addressSeen({})).toBe('127.0.0.1');
  expect(await addressSeen({ 'x-forwarded-for': '203.0.113.9' })).toBe('203.0.113.9');
});

test('several cookies, the status and the headers of the answer come back', async () => {
  const { url } = await proxyTo((_request, response) => {
    response.writeHead(303, { location: '/registered', 'set-cookie': ['a=1', 'b=2'] }).end();
  });
  const answer = await fetch(url, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/registered');
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('a body of unknown length is streamed', async () => {
  const { url } = await proxyTo(echo);
  const streaming = request(url, { method: 'POST' });
  streaming.write('half ');
  streaming.end('and half');
  const [answer] = await once(streaming, 'response');
  expect(JSON.parse((await readBody(answer)).toString()).body).toBe(Buffer.from('half and half').toString('base64'));
});

test('a stopped gateway is told on a page that tries again', async () => {
  const { url, gateway } = await proxyTo(echo);
  gateway.close();
  await once(gateway, 'close');
  const answer = await fetch(url);
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain('The site is not answering');
});
