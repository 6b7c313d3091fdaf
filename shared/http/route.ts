import type { Method } from '@middy/http-router';
import type * as z from 'zod';
import type { Scope } from '#shared/domain/api-key.ts';
import type { RefusalCode } from '#shared/domain/errors.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { type Fault, faultsOf } from './fault.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import { type IfMatch, readIfMatch } from './if-match.ts';
import { readJsonBody } from './json-body.ts';
import { InvalidInput } from './problem.ts';
import type { HttpEvent, HttpResponse } from './reply.ts';

/** What a route accepts, who may use it, and what its documentation says. */
export interface RouteSpec {
  /** Captured segments of the path. One that cannot be is a 404: there is nothing at that address. */
  readonly path?: z.ZodObject;
  /** Query parameters, a strict object. An empty one counts as left out. */
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
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

/** One JSON route: where it lives, what it accepts, what it does. Throws Refusal, InvalidInput and HttpRefusal. */
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
    async handler(event) {
      const captured = spec.path?.safeParse(event.pathParameters ?? {});
      if (captured?.success === false) throw new Refusal('not-found', 'There is nothing at this address');
      const ifMatch = spec.ifMatch ? readIfMatch(event.headers['if-match'], spec.ifMatch) : 'any';
      const faults: Fault[] = [];
      const read = (schema: z.ZodType | undefined, place: 'query' | 'body', given: () => unknown) => {
        if (!schema) return undefined;
        const value = given();
        const parsed = schema.safeParse(value);
        if (!parsed.success) faults.push(...faultsOf(parsed.error, place, value));
        return parsed.data;
      };
      const named = spec.idempotent ? readIdempotencyKey(event.headers['idempotency-key']) : { key: '' };
      if ('fault' in named) faults.push(named.fault);
      const query = read(spec.query, 'query', () => withoutBlanks(event.queryStringParameters ?? {}));
      const body = read(spec.body, 'body', () => readJsonBody(event));
      if (faults.length > 0) throw new InvalidInput(faults);
      const idempotencyKey = 'key' in named ? named.key : '';
      return run({ path: captured?.data, query, body, ifMatch, idempotencyKey, event } as Input<Spec>);
    },
  };
}

const withoutBlanks = (query: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
