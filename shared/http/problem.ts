import { Refusal, type RefusalCode } from '#shared/domain/errors.ts';
import { passesByItself } from '#shared/passing.ts';
import { atBody, type Fault } from './fault.ts';
import { type HttpResponse, reply } from './reply.ts';

interface ProblemType {
  readonly status: number;
  /** The same for every occurrence (RFC 9457 §3.1.3). */
  readonly title: string;
}

const REFUSALS = {
  'not-found': { status: 404, title: 'There is no such thing' },
  'slug-taken': { status: 409, title: 'The slug is taken' },
  'stale-revision': { status: 412, title: 'Edited meanwhile' },
  'registration-closed': { status: 409, title: 'Registration is closed' },
  'event-over': { status: 409, title: 'The event is over' },
  'invalid-transition': { status: 409, title: 'Not possible in this state' },
  'capacity-fixed': { status: 409, title: 'The capacity cannot come or go' },
  'times-fixed': { status: 409, title: 'People have been told these times' },
  'invalid-times': { status: 400, title: 'These times do not fit together' },
  'invalid-trigger': { status: 400, title: 'The trigger does not fit' },
  'invalid-audience': { status: 400, title: 'The audience does not fit' },
  'invalid-options': { status: 409, title: 'These options would change what people chose' },
  'campaign-not-active': { status: 409, title: 'The campaign is not active' },
  'event-not-published': { status: 409, title: 'The event is not published' },
  'not-the-time': { status: 409, title: 'It is not the time for it' },
  'campaign-kept': { status: 409, title: 'The campaign must stay' },
  'too-many-campaigns': { status: 409, title: 'The event has enough campaigns' },
  'template-too-long': { status: 413, title: 'The template is too long' },
  'invalid-template': { status: 422, title: 'The template cannot be filled in' },
  'expectation-needed': { status: 409, title: 'Say how many people you expect to reach' },
  'announced-already': { status: 409, title: 'The same was sent within a day' },
  'organiser-not-proved': { status: 409, title: 'The organiser’s address is not confirmed' },
  'key-reused': { status: 422, title: 'The Idempotency-Key belongs to another request' },
  'address-taken': { status: 409, title: 'The address has a registration' },
  'survey-answered': { status: 409, title: 'Somebody has answered the survey' },
  'survey-withheld': { status: 409, title: 'Anonymous answers are not shown yet' },
  'too-many-answers': { status: 413, title: 'More answers than one file holds' },
  'mail-under-way': { status: 409, title: 'A mail is on its way' },
  'move-objected': { status: 409, title: 'Somebody objected to a change of the address' },
  'moved-too-often': { status: 409, title: 'The address has changed too often' },
} as const satisfies Record<RefusalCode, ProblemType>;

/** Every problem there is, by its code. Its `type` is `/problems/<code>`: for telling problems apart, not for fetching. */
export const PROBLEMS = {
  ...REFUSALS,
  'invalid-input': { status: 400, title: 'Some of it is not as it should be' },
  'invalid-json': { status: 400, title: 'The body is not JSON' },
  'key-required': { status: 401, title: 'An API key is required' },
  'key-not-valid': { status: 401, title: 'The API key is not valid' },
  'insufficient-scope': { status: 403, title: 'The key lacks a scope' },
  'key-limited': { status: 403, title: 'The key is limited to some events' },
  'no-such-route': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'The address does not take this method' },
  'in-progress': { status: 409, title: 'The first request is under way' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be JSON' },
  'revision-required': { status: 428, title: 'Say which revision you edit' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  busy: { status: 503, title: 'Others are changing it' },
  'not-known': { status: 503, title: 'We do not know yet' },
  'internal-error': { status: 500, title: 'Our fault' },
} as const satisfies Record<string, ProblemType>;
export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_JSON = 'application/problem+json';
export const problemUri = (code: ProblemCode): string => `/problems/${code}`;

/** The request did not parse. Its own type, so a bad item in storage can never pass for a bad request. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(summary(faults));
    this.faults = faults;
  }
}

/** The edge says no, for a reason of HTTP rather than of the domain. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];

  constructor(
    code: ProblemCode,
    detail: string,
    { headers = {}, faults = [] }: { headers?: Record<string, string>; faults?: readonly Fault[] } = {},
  ) {
    super(detail);
    this.code = code;
    this.headers = headers;
    this.faults = faults;
  }
}

/** For how long whoever hears that nothing is known is to wait before asking again, seconds. */
export const ASK_AGAIN = '5';

/**
 * Turns anything thrown into an RFC 9457 problem. Only refusals and bad input explain themselves. `again` says what becomes
 * of a request that is sent again, where nobody knows what became of the first.
 */
export function toProblem(error: unknown, again = 'Sending it again does no harm.'): HttpResponse {
  if (error instanceof Refusal) {
    return problem(error.code, error.message, error.field ? [atBody(error.field.split('/'), error.message)] : []);
  }
  if (error instanceof InvalidInput) return problem('invalid-input', error.message, error.faults);
  if (error instanceof HttpRefusal) return problem(error.code, error.message, error.faults, error.headers);
  if (passesByItself(error)) return problem('not-known', `${NOT_KNOWN} ${again}`, [], { 'retry-after': ASK_AGAIN });
  return problem('internal-error', 'Something went wrong on our side. Nothing is wrong with the request.');
}

function problem(
  code: ProblemCode,
  detail: string,
  faults: readonly Fault[] = [],
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const { status, title } = PROBLEMS[code];
  const errors = faults.slice(0, MOST_FAULTS);
  const body = { type: problemUri(code), title, status, detail, ...(errors.length > 0 && { errors }) };
  return reply(status, body, { 'content-type': PROBLEM_JSON, ...headers });
}

const NOT_KNOWN = 'It takes longer than it should, and we do not know yet whether it was done.';

/** A body of ten thousand unknown fields gets an answer of readable length. */
const MOST_FAULTS = 50;

function summary(faults: readonly Fault[]): string {
  const [first, ...others] = faults;
  if (!first) return 'The request is not as it should be';
  const { detail, ...place } = first;
  const rest = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${Object.values(place)[0]}: ${detail}${rest}`;
}
