import * as z from 'zod';
import { Refusal } from '#shared/domain/errors.ts';
import { DRY_RUN, readDryRun } from './dry-run.ts';
import { type Fault, faultsOf } from './fault.ts';
import type { readIdempotencyKey } from './idempotency-key.ts';
import { readIfMatch } from './if-match.ts';
import { readJsonBody } from './json-body.ts';
import { knownFields } from './known-fields.ts';
import { InvalidInput } from './problem.ts';
import { readQuery } from './query.ts';
import type { HttpEvent } from './reply.ts';

/** What a route accepts. */
export interface Accepted {
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
}

/** What takes nothing: the schema of the query, or the body, of a route that has none. An empty object says nothing. */
const NOTHING = z.strictObject({});

/**
 * What a request says, parsed. Whatever else is sent, in query or body, is refused: a word that nobody reads may have been a
 * "do not". Throws Refusal, InvalidInput and HttpRefusal.
 */
export function readInput(spec: Accepted, event: HttpEvent, named: ReturnType<typeof readIdempotencyKey>) {
  const captured = spec.path?.safeParse(event.pathParameters ?? {});
  if (captured?.success === false) throw new Refusal('not-found', 'There is nothing at this address');
  const ifMatch = spec.ifMatch ? readIfMatch(event.headers['if-match'], spec.ifMatch) : 'any';
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
    settling: () => [],
    event,
  };
}
