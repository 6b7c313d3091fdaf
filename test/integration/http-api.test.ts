import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { rawAws } from '#test/support/raw-aws.ts';
import { freePort } from '#tools/local/ports.ts';
import { type SiteProxy, startProxy } from '#tools/local/proxy.ts';

const { endpoint, siteUrl } = inject('localAws');
const aws = rawAws(endpoint);
/** What stands behind its routes. */
const backend = createServer((_request, response) => response.writeHead(200).end());
let proxy: SiteProxy;
let url = '';

/** An API of its own, which has a route for GET, one for whatever comes, and none besides. */
beforeAll(async () => {
  const made = await aws.rest('apigateway', 'POST', '/v2/apis', { name: 'head', protocolType: 'HTTP' });
  const { apiId } = JSON.parse(made.text);
  const integration = await aws.rest('apigateway', 'POST', `/v2/apis/${apiId}/integrations`, {
    integrationType: 'HTTP_PROXY',
    integrationMethod: 'GET',
    integrationUri: `http://127.0.0.1:${await listeningTo(backend)}/`,
    payloadFormatVersion: '1.0',
  });
  const target = `integrations/${JSON.parse(integration.text).integrationId}`;
  for (const routeKey of ['GET /got', 'ANY /any'])
    await aws.rest('apigateway', 'POST', `/v2/apis/${apiId}/routes`, { routeKey, target });
  await aws.rest('apigateway', 'POST', `/v2/apis/${apiId}/stages`, { stageName: '$default', autoDeploy: true });
  const port = await freePort();
  const apiHost = `${apiId}.execute-api.localhost:${endpoint.port}`;
  proxy = await startProxy({ port, gatewayPort: endpoint.port, apiHost });
  url = `http://localhost:${port}`;
});
afterAll(async () => {
  await proxy.stop();
  backend.close();
});

async function listeningTo(server: Server): Promise<number> {
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return port;
}

const status = async (method: string, path: string) => (await fetch(new URL(path, url), { method })).status;

test('a route for GET is none for HEAD, a route for any method is one', async () => {
  expect(await status('GET', '/got')).toBe(200);
  expect(await status('HEAD', '/got')).toBe(404);
  expect(await status('HEAD', '/any')).toBe(200);
});

test('a body larger than 10 MB never reaches the function (apigateway-payload)', async () => {
  const answer = await fetch(new URL('/api/v1/events', siteUrl), { method: 'POST', body: 'x'.repeat(10_485_761) });
  expect(answer.status).toBe(413);
});
