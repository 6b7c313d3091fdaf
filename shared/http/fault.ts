import type * as z from 'zod';

/** What is wrong with one part of a request, and where that part is: RFC 9457 §3's `errors`. */
export type Fault = { readonly detail: string } & (
  | { /** A JSON pointer as a URI fragment (RFC 6901 §6). */ readonly pointer: string }
  | { /** A query parameter. */ readonly parameter: string }
  | { readonly header: string }
);

type Segment = PropertyKey;

/** A fault at a place in the body; no segments mean all of it. */
export const atBody = (path: readonly Segment[], detail: string): Fault => ({ pointer: pointerTo(path), detail });
export const atParameter = (parameter: string, detail: string) => ({ parameter: short(parameter), detail });
export const atHeader = (header: string, detail: string): Fault => ({ header, detail });

const pointerTo = (path: readonly Segment[]): string => ['#', ...path.map(segment)].join('/');
const segment = (name: Segment) =>
  encodeURIComponent(short(String(name)).replaceAll('~', '~0').replaceAll('/', '~1').toWellFormed());

/** Names of fields come from strangers, too: an answer repeats the start of a long one only. */
const short = (name: string): string => (name.length > 80 ? `${name.slice(0, 80)}…` : name);

const PLACES = {
  body: atBody,
  query: ([name]: readonly Segment[], detail: string) => atParameter(String(name), detail),
};

interface Request {
  readonly place: keyof typeof PLACES;
  readonly given: unknown;
  /** The names that there are at a place; undefined where nobody can say. */
  readonly known?: ((path: readonly Segment[]) => readonly string[] | undefined) | undefined;
}

/** Every fault zod found, each with its place; unknown fields are named one by one, and what is known with the first. */
export function faultsOf(error: Pick<z.ZodError, 'issues'>, request: Request): Fault[] {
  const { place, given, known } = request;
  const at = PLACES[place];
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code === 'invalid_union') return unionFaults(issue, request);
    const path = issue.path;
    if (issue.code === 'unrecognized_keys') {
      const [first, ...others] = issue.keys;
      if (first === undefined) return [];
      const named = at([...path, first], `${UNKNOWN[place]}${knownHere(known?.(path))}`);
      return [named, ...others.map((key) => at([...path, key], UNKNOWN[place]))];
    }
    const missing = issue.code.startsWith('invalid_') && valueAt(given, path) === undefined;
    return [at(path, missing ? MISSING[path.length === 0 ? 'body' : 'field'] : sentence(issue.message))];
  });
}

const knownHere = (names: readonly string[] | undefined): string => {
  if (names === undefined) return '';
  return names.length === 0 ? ': none is taken here' : `: there is ${names.join(', ')}`;
};

/** Of a choice of shapes: what keeps it from the nearest of them, or that it is like none. */
function unionFaults({ path, errors, message }: z.core.$ZodIssueInvalidUnion, request: Request): Fault[] {
  const { place, given } = request;
  const value = valueAt(given, path);
  if (value === undefined) return [PLACES[place](path, MISSING.field)];
  const distances = errors.map((issues) => issues.reduce((sum, each) => sum + faultsIn(each), 0));
  const least = Math.min(...distances);
  const nearest = errors.filter((_, option) => distances[option] === least);
  const [issues = []] = nearest;
  if (nearest.length !== 1 || issues.some((each) => each.path.length === 0 && each.code === 'invalid_type')) {
    return [PLACES[place](path, message === 'Invalid input' ? LIKE_NONE : sentence(message))];
  }
  return faultsOf({ issues: issues.map((each) => ({ ...each, path: [...path, ...each.path] })) }, request);
}

const faultsIn = (issue: z.core.$ZodIssue): number => (issue.code === 'unrecognized_keys' ? issue.keys.length : 1);

const LIKE_NONE = 'This has none of the shapes that it may have';
const UNKNOWN = { body: 'There is no such field', query: 'There is no such parameter' };
const MISSING = { body: 'Send a JSON document', field: 'This field is required' };

/** zod's own messages, a little more like a person's. */
function sentence(message: string): string {
  const plain = message.replace(/^(Invalid input|Invalid option): /, '').replace(/, received /, ', not ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** What the caller gave at that place; inherited names count as nothing. */
const valueAt = (given: unknown, path: readonly Segment[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<Segment, unknown>)[name]
        : undefined,
    given,
  );
