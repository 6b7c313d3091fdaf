import * as z from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { PROBLEM_JSON, PROBLEMS, type ProblemCode, problemUri } from './problem.ts';
import { keepsKey, type Route, type RouteDocs, rateOf } from './route.ts';

const Problem = z
  .object({
    type: z.string().meta({ description: 'Which problem it is. Compare it; there is nothing to fetch.' }),
    title: z.string().meta({ description: 'The same for every problem of this type.' }),
    status: z.int().meta({ description: 'The status of the answer.' }),
    detail: z.string().meta({ description: 'What is wrong this time, in a sentence.' }),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().meta({ description: 'The field of the body, as a JSON pointer.' }),
          parameter: z.string().optional().meta({ description: 'The query parameter.' }),
          header: z.string().optional().meta({ description: 'The header.' }),
          detail: z.string(),
        }),
      )
      .optional()
      .meta({ description: 'Each part of the request at fault.' }),
  })
  .meta({ id: 'Problem', description: 'An RFC 9457 problem.' });

/** What can go wrong, as it follows from what the route takes and who may call it. */
export function problemsOf({ method, spec }: Pick<Route, 'method' | 'spec'>, docs: RouteDocs): ProblemCode[] {
  const { path, body, dryRun, ifMatch, idempotent, scope, everyEvent } = spec;
  const acts = scope !== undefined && method !== 'GET';
  return [
    'invalid-input',
    ...(body || dryRun ? (['invalid-json', 'too-large', 'unsupported-media-type'] as const) : []),
    ...(scope ? (['key-required', 'key-not-valid', 'insufficient-scope'] as const) : []),
    ...(everyEvent ? (['key-limited'] as const) : []),
    ...(path ? (['not-found'] as const) : []),
    ...(ifMatch ? (['stale-revision'] as const) : []),
    ...(ifMatch === 'required' ? (['revision-required'] as const) : []),
    ...(idempotent || keepsKey({ method, spec }) ? (['key-reused'] as const) : []),
    ...(keepsKey({ method, spec }) ? (['in-progress'] as const) : []),
    ...(docs.refusals ?? []),
    ...(rateOf({ method, spec }) ? (['too-many-requests'] as const) : []),
    ...(acts ? (['busy'] as const) : []),
    'not-known',
  ];
}

const HEADERS: Readonly<Record<number, ZodOpenApiResponseObject['headers']>> = {
  401: { 'www-authenticate': { description: 'How to call (RFC 6750).', schema: { type: 'string' } } },
  409: {
    'retry-after': {
      description: 'While the first such request is under way: after how many seconds to ask again.',
      schema: { type: 'string' },
    },
  },
  429: { 'retry-after': { description: 'After how many seconds to try again.', schema: { type: 'string' } } },
  503: { 'retry-after': { description: 'After how many seconds to try again.', schema: { type: 'string' } } },
};

/** The answers they make, by status. */
export function problemResponses(codes: readonly ProblemCode[]): Record<string, ZodOpenApiResponseObject> {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
  const response = (status: number, of: readonly ProblemCode[]): ZodOpenApiResponseObject => ({
    description: of.map((code) => `${PROBLEMS[code].title} (\`${problemUri(code)}\`).`).join(' '),
    content: {
      [PROBLEM_JSON]: {
        schema: Problem,
        examples: Object.fromEntries(of.map((code) => [code, { value: problemExample(code, status) }])),
      },
    },
    ...(HEADERS[status] && { headers: HEADERS[status] }),
  });
  return Object.fromEntries([...byStatus].map(([status, of]) => [String(status), response(status, of)]));
}

const problemExample = (code: ProblemCode, status: number) => ({
  type: problemUri(code),
  title: PROBLEMS[code].title,
  status,
  detail: PROBLEMS[code].title,
});
