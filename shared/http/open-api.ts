import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { withDryRun } from './dry-run-docs.ts';
import { problemResponses, problemsOf } from './problem-docs.ts';
import { keepsKey, type Route, type RouteDocs } from './route.ts';

export interface Description extends Pick<ZodOpenApiObject, 'info' | 'servers' | 'tags'> {
  readonly securityScheme: { readonly description: string };
  /** What each scope allows, in words that follow "Needs". */
  readonly scopes: Notes;
  /** What fields mean, by component and field. */
  readonly fields: Readonly<Record<string, Notes>>;
  /** What parameters mean: by `<operationId>.<name>`, or by name alone. */
  readonly parameters: Notes;
}
type Notes = Readonly<Record<string, string>>;

/** As much of a route as its documentation needs. */
export type DocumentedRoute = Pick<Route, 'method' | 'path' | 'spec'>;

/** The OpenAPI 3.1 document of these routes: made of the schemas that check their requests. */
export function openApiDocument(
  routes: readonly DocumentedRoute[],
  { securityScheme, scopes, fields, parameters, ...description }: Description,
) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const { method, path, spec } = route;
    if (!spec.docs) continue;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(route, spec.docs, scopes) };
  }
  const document = createDocument(
    {
      openapi: '3.1.0',
      ...description,
      paths,
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'rk_<keyId>_<secret>', ...securityScheme },
        },
      },
    },
    { override: ({ jsonSchema }) => dropNoise(jsonSchema) },
  );
  explain(document, fields, parameters);
  return document;
}

/** What a format says already, and the bounds of every whole number there is. */
function dropNoise(schema: { format?: string; pattern?: string; minimum?: number; maximum?: number }): void {
  if (schema.format === 'date-time' || schema.format === 'date') delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}

/** Fields of one schema may share a type, so what each means is written by name. */
function explain(document: ReturnType<typeof createDocument>, fields: Description['fields'], parameters: Notes): void {
  for (const [name, notes] of Object.entries(fields)) {
    const { properties = {} } = (document.components?.schemas?.[name] ?? {}) as { properties?: Record<string, object> };
    for (const [field, note] of Object.entries(notes)) {
      const schema = properties[field];
      if (schema) properties[field] = { description: note, ...schema };
    }
  }
  for (const operations of Object.values(document.paths ?? {})) {
    for (const { operationId, parameters: taken = [] } of Object.values(operations)) {
      for (const parameter of taken) {
        parameter.description = parameters[`${operationId}.${parameter.name}`] ?? parameters[parameter.name];
      }
    }
  }
}

function operation(route: DocumentedRoute, docs: RouteDocs, scopes: Notes): ZodOpenApiOperationObject {
  const { spec } = route;
  const { operationId, tag, summary, description, requests, answer } = docs;
  const needs =
    spec.scope &&
    `Needs \`${spec.scope}\`: ${scopes[spec.scope]}.${spec.everyEvent ? ' A key limited to some events will not do.' : ''}`;
  const headers = {
    ...(spec.ifMatch && { 'if-match': spec.ifMatch === 'required' ? z.string() : z.string().optional() }),
    ...(spec.idempotent && { 'idempotency-key': z.string().max(255) }),
    ...(keepsKey(route) && { 'idempotency-key': z.string().max(255).optional() }),
  };
  const { query, body } = spec.dryRun ? withDryRun(spec) : spec;
  return {
    operationId,
    tags: [tag],
    summary,
    description: [description, needs].filter(Boolean).join('\n\n'),
    security: spec.scope ? [{ apiKey: [spec.scope] }] : [],
    requestParams: {
      ...(spec.path && { path: spec.path }),
      ...(query && { query }),
      ...(Object.keys(headers).length > 0 && { header: z.object(headers) }),
    },
    ...(body && {
      requestBody: {
        required: spec.body?.safeParse(undefined).success === false,
        content: { 'application/json': { schema: body, ...(requests && { examples: namedExamples(requests) }) } },
      },
    }),
    responses: {
      ...(answer.repeated && { [answer.repeated.status]: success({ ...answer, ...answer.repeated }) }),
      [answer.status]: success(keepsKey(route) ? withReplays(answer) : answer),
      ...problemResponses(problemsOf(route, docs)),
    },
  };
}

const withReplays = (answer: RouteDocs['answer']): RouteDocs['answer'] => ({
  ...answer,
  headers: {
    ...answer.headers,
    'idempotent-replayed': '`true` where this was done before, by a request of that name.',
  },
});

const namedExamples = (requests: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(requests).map(([summary, value]) => [
      summary.toLowerCase().replaceAll(/\W+/g, '-'),
      { summary, value },
    ]),
  );

const success = ({
  description,
  schema,
  example,
  csv,
  headers = {},
}: RouteDocs['answer']): ZodOpenApiResponseObject => ({
  description,
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, words]) => [name, { description: words, schema: { type: 'string' } }]),
  ),
  ...(schema && { content: { 'application/json': { schema, ...(example && { example: example() }) } } }),
  ...(csv !== undefined && { content: { 'text/csv': { schema: { type: 'string' }, example: csv } } }),
});
