import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerByJson } from '#functions/organiser-api/register-docs.ts';
import { addressOf } from '#test/support/every-route.ts';
import { type OrganiserApi, organiserApi, SITE_URL } from '#test/support/organiser-api.ts';
import { OPENAPI_FILE, openApiText } from '#tools/openapi.ts';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security: readonly Record<string, string[]>[];
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[];
  readonly responses: Record<
    string,
    { readonly content: Record<string, { readonly examples?: Record<string, { value: object }> }> }
  >;
}
interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<
      string,
      { readonly description?: string; readonly properties?: Record<string, { description?: string; $ref?: string }> }
    >;
  };
}

let api: OrganiserApi;
let document: Document;
beforeAll(async () => {
  api = await organiserApi();
  document = (await api.call({ path: '/openapi.json', key: '' })).body;
});

const { routes } = await organiserApi();
const documented = routes.filter(({ spec }) => spec.docs);

test('the document is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(
    structuredClone(document) as unknown as Record<string, unknown>,
  );
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: SITE_URL }] });
});

test('it may be kept for a while, unlike every other answer', async () => {
  expect((await api.call({ path: '/openapi.json', key: '' })).headers['cache-control']).toBe('public, max-age=300');
});

test('the copy in the repository is current (npm run openapi makes it so)', async () => {
  expect(JSON.parse(await readFile(OPENAPI_FILE, 'utf8'))).toEqual(JSON.parse(openApiText()));
});

test('every route is in it, and the one by which visitors register', () => {
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = routes.map(({ method, path }) => `${method} ${path}`).filter((key) => !key.endsWith('/openapi.json'));
  expect(described.sort()).toEqual([...served, 'POST /api/v1/events/{slug}/register'].sort());
  expect(document.paths[registerByJson.path]?.['post']?.security).toEqual([]);
});

test('every field of every schema, and every parameter, is explained', () => {
  for (const [name, { properties, description }] of Object.entries(document.components.schemas)) {
    if (!properties) {
      expect(description, name).toBeTruthy();
      continue;
    }
    for (const [field, schema] of Object.entries(properties)) {
      expect(schema.description ?? schema.$ref, `${name}.${field}`).toBeTruthy();
    }
  }
  for (const operations of Object.values(document.paths)) {
    for (const { parameters = [], summary, operationId } of Object.values(operations)) {
      expect(summary, operationId).toBeTruthy();
      for (const { name, description } of parameters) expect(description, `${operationId} ${name}`).toBeTruthy();
    }
  }
});

describe.each(documented)('$method $path', ({ method, path, spec }) => {
  const operation = () => document.paths[path]?.[method.toLowerCase()] as Operation;

  test('says in words what a key needs for it', () => {
    expect(operation().security).toEqual([{ apiKey: [spec.scope] }]);
    expect(operation().description).toContain(`Needs \`${spec.scope}\``);
  });

  test('has examples that its own schemas accept', () => {
    for (const [name, request] of Object.entries(spec.docs?.requests ?? {})) {
      expect(spec.body?.safeParse(request).error, name).toBeUndefined();
    }
    const { schema, example } = spec.docs?.answer ?? {};
    expect(schema?.safeParse(example?.()).error).toBeUndefined();
    expect(schema?.parse(example?.())).toEqual(example?.());
  });

  test('tells every refusal that is known to come of it', () => {
    const problems = Object.keys(operation().responses).filter((status) => Number(status) >= 400);
    expect(problems).toEqual(
      expect.arrayContaining([
        '401',
        '403',
        ...(path.includes('{') ? ['404'] : []),
        ...(spec.body ? ['400', '413', '415'] : []),
      ]),
    );
    for (const status of problems) {
      for (const [code, { value }] of Object.entries(
        operation().responses[status]?.content['application/problem+json']?.examples ?? {},
      )) {
        expect(value).toMatchObject({ type: `/problems/${code}`, status: Number(status) });
      }
    }
  });
});

test.each(documented)('$method $path answers what the document says it does', async ({ method, path, spec }) => {
  const body = spec.docs?.requests && Object.values(spec.docs.requests)[0];
  const headers = { 'if-match': '*', 'idempotency-key': 'another-key' };
  const { status, body: answer } = await api.call({
    method,
    path: await addressOf(api, { method, path }),
    body,
    headers,
  });
  expect(status, JSON.stringify(answer)).toBe(spec.docs?.answer.status);
  const { schema, csv } = spec.docs?.answer ?? {};
  if (csv === undefined) expect(schema?.parse(answer)).toEqual(answer);
  else expect(answer.split('\r\n')[0]).toContain(csv.split('\r\n')[0]?.split(',').slice(1).join(','));
});

test('what a repeated request finds is documented with its own status', () => {
  const trigger = document.paths['/api/v1/events/{eventId}/campaigns/{campaignId}/trigger']?.['post'];
  const statuses = Object.keys(trigger?.responses ?? {});
  expect(statuses).toEqual(expect.arrayContaining(['200', '202', '400', '409', '412', '422']));
});
