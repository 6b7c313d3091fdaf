import type { Method } from '@middy/http-router';
import * as z from 'zod';
import type { Scope } from '#shared/domain/api-key.ts';
import type { RefusalCode } from '#shared/domain/errors.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { DRY_RUN, readDryRun } from './dry-run.ts';
import { type Fault, faultsOf } from './fault.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import { type IfMatch, readIfMatch } from './if-match.ts';
import { readJsonBody } from './json-body.ts';
import { knownFields } from './known-fields.ts';
import { HttpRefusal, InvalidInput } from './problem.ts';
import { readQuery } from './query.ts';
import type { HttpEvent, HttpResponse } from './reply.ts';

/** What a route accepts, who may use it, and what its documentation says. */
export interface RouteSpec {
  /** Captured segments of the path. One that cannot be is a 404: there is nothing at that address. */
  readonly path?: z.ZodObject;
  /** Query parameters, a strict object. Left out: none is taken. */
  readonly query?: z.ZodObject;
  /** Left out: no field is taken. */
  readonly body?: z.ZodType;
  /** It can be tried first: asked by query or body, and told to the route apart from both. */
  readonly dryRun?: true;
  /** Whether the caller says which revision they edit. */
  readonly ifMatch?: 'required' | 'optional';
  /** The caller names the request with an `Idempotency-Key`, so that a repeat of it is known as one. */
  readonly idempotent?: true;
  /** What an API key must be allowed to do. Left out: no key is needed. */
  readonly scope?: Scope;
  /** It reaches beyond single events, so a key limited to some of them will not do. */
  readonly everyEvent?: true;
  readonly docs?: RouteDocs;
}

/** The words and examples of a route in the OpenAPI document. */
export interface RouteDocs {
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Requests that are known to be valid, by a short name. */
  readonly requests?: Readonly<Record<string, unknown>>;
  readonly answer: {
    readonly status: 200 | 201 | 202 | 204;
    readonly description: string;
    readonly schema?: z.ZodType;
    /** Made only when the document is: an answer that parses by the schema. */
    readonly example?: () => unknown;
    readonly headers?: Readonly<Record<string, string>>;
    /** The beginning of the file, where the answer is one of comma-separated values and no JSON. */
    readonly csv?: string;
    /** The status of a repeat, which finds done what it asks for: the same answer unless it has a schema of its own. */
    readonly repeated?: { readonly status: 200; readonly description: string; readonly schema?: z.ZodType };
  };
  /** What the rules may say no with, besides what the spec itself implies. */
  readonly refusals?: readonly RefusalCode[];
}

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

/** What a route gets to work with: parsed, or the route is not called at all. */
export interface Input<Spec extends RouteSpec> {
  readonly path: Parsed<Spec['path']>;
  readonly query: Parsed<Spec['query']>;
  readonly body: Parsed<Spec['body']>;
  /** Whether nothing may change; never, unless the route can be tried first. */
  readonly dryRun: boolean;
  readonly ifMatch: IfMatch;
  /** The `Idempotency-Key`; empty unless the route asks for one. */
  readonly idempotencyKey: string;
  /** The request itself, for what no schema describes: who calls, from where. Header names are lower-case. */
  readonly event: HttpEvent;
}

export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly spec: RouteSpec;
  readonly handler: (event: HttpEvent) => Promise<HttpResponse>;
}

/**
 * One JSON route: where it lives, what it accepts, what it does. Whatever else is sent, in query or body, is refused before
 * the route is called: a word that nobody reads may have been a "do not". Throws Refusal, InvalidInput and HttpRefusal.
 */
export function route<const Spec extends RouteSpec>(
  method: Method,
  path: string,
  spec: Spec,
  run: (input: Input<Spec>) => Promise<HttpResponse>,
): Route {
  return {
    method,
    path,
    spec,
    handler: async (event) => {
      const input = readInput(spec, event);
      return run(input).catch((error: unknown) => {
        throw isOvertaken(error) && !namesRevision(input) ? busy() : error;
      });
    },
  };
}

const isOvertaken = (error: unknown): boolean => error instanceof Refusal && error.code === 'stale-revision';

/** Whether the caller said of which revision they speak. */
const namesRevision = ({ ifMatch, body }: Pick<Input<RouteSpec>, 'ifMatch' | 'body'>): boolean =>
  ifMatch !== 'any' || (typeof body === 'object' && body !== null && Object.hasOwn(body, 'revision'));

/** Whoever named no revision cannot have named a stale one. */
const busy = () =>
  new HttpRefusal('busy', 'Others keep changing this at the moment, so nothing has been done: try again', {
    headers: { 'retry-after': '1' },
  });

/** What takes nothing: the schema of the query, or the body, of a route that has none. An empty object says nothing. */
const NOTHING = z.strictObject({});

function readInput<const Spec extends RouteSpec>(spec: Spec, event: HttpEvent): Input<Spec> {
  const captured = spec.path?.safeParse(event.pathParameters ?? {});
  if (captured?.success === false) throw new Refusal('not-found', 'There is nothing at this address');
  const ifMatch = spec.ifMatch ? readIfMatch(event.headers['if-match'], spec.ifMatch) : 'any';
  const named = spec.idempotent ? readIdempotencyKey(event.headers['idempotency-key']) : { key: '' };
  const asked = readQuery(event.rawQueryString);
  const given = { query: asked.given, body: readJsonBody(event) };
  const wish = spec.dryRun ? readDryRun(given) : { ...given, dryRun: false, faults: [] };
  const faults: Fault[] = [...('fault' in named ? [named.fault] : []), ...wish.faults];

  const read = (schema: z.ZodType, place: 'query' | 'body') => {
    const parsed = schema.safeParse(wish[place]);
    const known = (at: readonly PropertyKey[]) => {
      const fields = knownFields(schema, at);
      return spec.dryRun && at.length === 0 ? [...(fields ?? []), DRY_RUN] : fields;
    };
    if (!parsed.success) faults.push(...faultsOf(parsed.error, { place, given: wish[place], known }));
    return parsed.data;
  };
  const query = read(spec.query ?? NOTHING, 'query');
  const body = read(spec.body ?? NOTHING.optional(), 'body');
  const atFault = new Set(faults.map((fault) => ('parameter' in fault ? fault.parameter : undefined)));
  faults.push(...asked.faults.filter(({ parameter }) => !atFault.has(parameter)));
  if (faults.length > 0) throw new InvalidInput(faults);
  return {
    path: captured?.data,
    query: spec.query && query,
    body: spec.body && body,
    dryRun: wish.dryRun,
    ifMatch,
    idempotencyKey: 'key' in named ? named.key : '',
    event,
  } as Input<Spec>;
}
