import { atParameter, type Fault } from './fault.ts';

type ParameterFault = Extract<Fault, { readonly parameter: string }>;

/** What a query says: each parameter once, and what is wrong with it before any schema looks at it. */
export interface Query {
  readonly given: Readonly<Record<string, string>>;
  readonly faults: readonly ParameterFault[];
}

/**
 * Reads a query as it was typed: API Gateway joins what is there twice with commas, which would pass for one value. A blank
 * one is a fault, too: `?dryRun` and `?dryRun=` are a wish that somebody did not finish, and nobody can tell which.
 */
export function readQuery(rawQueryString: string): Query {
  const given: Record<string, string> = Object.create(null);
  const blank = new Set<string>();
  const twice = new Set<string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    if (Object.hasOwn(given, name)) twice.add(name);
    else given[name] = value;
    if (value === '') blank.add(name);
  }
  const faults = [
    ...[...twice].map((name) => atParameter(name, 'This parameter is there twice: send it once')),
    ...[...blank].map((name) => atParameter(name, 'This parameter has no value: give it one, or leave it out')),
  ];
  return { given, faults };
}
