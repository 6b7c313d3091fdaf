import type { Method } from '@middy/http-router';
import type * as z from 'zod';
import type { Scope } from '#shared/domain/api-key.ts';
import type { RateName } from '#shared/domain/api-rates.ts';
import type { RefusalCode } from '#shared/domain/errors.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { RequestOutcome } from '#shared/domain/request-note.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Write } from '#shared/store/table.ts';
import type { Fault } from './fault.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import type { IfMatch } from './if-match.ts';
import { HttpRefusal } from './problem.ts';
import { type Accepted, readInput } from './read-input.ts';
import type { HttpEvent, HttpResponse } from './reply.ts';

/** What a route accepts, who may use it, and what its documentation says. */
export interface RouteSpec extends Accepted {
  /** The route itself knows a repeat by its `Idempotency-Key`, and asks for one. Others take one, if they act: see `keepsKey`. */
  readonly idempotent?: true;
  /** How a repeat is answered where neither what was made, nor what the route is about, has an address that says it. */
  readonly again?: Again;
  /** What an API key must be allowed to do. Left out: no key is needed. */
  readonly scope?: Scope;
  /** How its requests are counted, where method does not say it: `never` for a stop, which always goes through. */
  readonly rate?: RateName | 'never';
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
  /** The `Idempotency-Key`; empty where there is none. */
  readonly idempotencyKey: string;
  /** When the first request of this name came, epoch seconds; undefined where it has none. */
  readonly askedAt?: Epoch | undefined;
  /** Writes that note what became of the request, to go with those that do it; none where it has no name. */
  readonly settling: (outcome: RequestOutcome) => readonly Write[];
  /** The request itself, for what no schema describes: who calls, from where. Header names are lower-case. */
  readonly event: HttpEvent;
}

export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly spec: RouteSpec;
  readonly handler: (event: HttpEvent, around?: Around) => Promise<HttpResponse>;
}

/** A parsed request of any route. */
export type RouteInput = Omit<Input<RouteSpec>, 'path'> & { readonly path: Readonly<Record<string, string>> };
export type Again = (repeat: RouteInput & { readonly location?: string | undefined }) => Promise<HttpResponse>;
export type Act = (input: RouteInput) => Promise<HttpResponse>;
/** What stands between a parsed request and its route, and may answer in its place. */
export type Around = (input: RouteInput, act: Act) => Promise<HttpResponse>;

/** Whether a repeat of a request is known by its name: wherever a key makes or does something that the route does not note itself. */
export const keepsKey = ({ method, spec }: Pick<Route, 'method' | 'spec'>): boolean =>
  (method === 'POST' || method === 'DELETE') && spec.scope !== undefined && !spec.idempotent;

/** By which of a key's rates a request is counted; by none where it has no key, or must always go through. */
export function rateOf({ method, spec }: Pick<Route, 'method' | 'spec'>, dryRun = false): RateName | undefined {
  if (spec.scope === undefined || spec.rate === 'never') return undefined;
  if (method === 'GET') return 'read';
  return dryRun ? 'act' : (spec.rate ?? 'act');
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
    handler: async (event, around = (input, act) => act(input)) => {
      const named = readKey({ method, spec }, event.headers['idempotency-key']);
      return around(readInput(spec, event, named) as RouteInput, async (parsed) => {
        const input = parsed as unknown as Input<Spec>;
        return run(input).catch((error: unknown) => {
          throw isOvertaken(error) && !namesRevision(input) ? busy() : error;
        });
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

/** The name of a request, where its route asks for one or takes it. */
function readKey(
  route: Pick<Route, 'method' | 'spec'>,
  header: string | undefined,
): { key: string } | { fault: Fault } {
  const isRead = route.spec.idempotent || (keepsKey(route) && header !== undefined);
  return isRead ? readIdempotencyKey(header) : { key: '' };
}
