import type { MiddlewareObj } from '@middy/core';
import { type ApiKey, isGood, readToken, type Scope } from '#shared/domain/api-key.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { partsOf } from '#shared/domain/job-id.ts';
import { HttpRefusal } from '#shared/http/problem.ts';
import type { HttpEvent, HttpResponse } from '#shared/http/reply.ts';
import type { Route } from '#shared/http/route.ts';
import type { ApiKeyStore } from '#shared/store/api-keys.ts';
import { NO_SUCH_EVENT, NO_SUCH_JOB } from './no-such-event.ts';

/** How long a key is believed without asking the table: a revocation takes hold everywhere within it. */
const KNOWN_FOR = 30_000;
/** Shorter, so that somebody who tries a key before it is made does not wait long. */
const UNKNOWN_FOR = 5_000;
const MOST_REMEMBERED = 1000;
const REALM = 'Bearer realm="Rollcall"';

/**
 * Checks whose key a request carries before its route reads anything: 401 without a good one, 403 where it lacks the
 * route's scope, and 404 for an event it does not reach, as if there were none.
 */
export function keyCheck(keys: Pick<ApiKeyStore, 'get'>, now: () => number) {
  const find = remembered((keyId) => keys.get(keyId), now);

  const callerOf = async (authorization: string | undefined): Promise<ApiKey> => {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) {
      throw new HttpRefusal('key-required', 'Send an API key as Authorization: Bearer rk_…', challenge());
    }
    const claim = readToken(token);
    const key = claim && (await find(claim.keyId));
    if (claim && isGood(key, claim.secret, now())) return key;
    throw new HttpRefusal('key-not-valid', 'This API key is unknown, revoked or expired', challenge('invalid_token'));
  };

  return ({ spec: { scope, everyEvent } }: Route): MiddlewareObj<HttpEvent, HttpResponse> => ({
    before: async ({ event }) => {
      const key = await callerOf(event.headers.authorization);
      event.caller = key;
      if (scope) requireScope(key, scope);
      const { eventId, jobId } = event.pathParameters ?? {};
      const about = eventId ?? (jobId && partsOf(jobId).eventId);
      if (key.events && about !== undefined && !key.events.includes(about)) {
        throw new Refusal('not-found', jobId === undefined ? NO_SUCH_EVENT : NO_SUCH_JOB);
      }
      if (key.events && everyEvent) {
        throw new HttpRefusal(
          'key-limited',
          'This reaches beyond the events that the key is limited to',
          challenge('insufficient_scope', scope),
        );
      }
    },
  });
}

/** Throws 403 unless the key has the scope. */
export function requireScope(key: Pick<ApiKey, 'scopes'> | undefined, scope: Scope): void {
  if (key?.scopes.includes(scope)) return;
  throw new HttpRefusal('insufficient-scope', `This needs the scope ${scope}`, challenge('insufficient_scope', scope));
}

/** RFC 6750 §3: how to call, and what was wrong with the token. */
const challenge = (error?: 'invalid_token' | 'insufficient_scope', scope?: Scope) => ({
  headers: {
    'www-authenticate': [REALM, ...(error ? [`error="${error}"`] : []), ...(scope ? [`scope="${scope}"`] : [])].join(
      ', ',
    ),
  },
});

/** Asks once per key and while; the oldest answers are forgotten, so guesses cannot fill the memory. */
function remembered(ask: (keyId: string) => Promise<ApiKey | undefined>, now: () => number) {
  const answers = new Map<string, { readonly key: ApiKey | undefined; readonly until: number }>();
  return async (keyId: string): Promise<ApiKey | undefined> => {
    const known = answers.get(keyId);
    if (known && now() < known.until) return known.key;
    const askedAt = now();
    const key = await ask(keyId);
    answers.delete(keyId);
    answers.set(keyId, { key, until: askedAt + (key ? KNOWN_FOR : UNKNOWN_FOR) });
    const [oldest] = answers.keys();
    if (answers.size > MOST_REMEMBERED && oldest !== undefined) answers.delete(oldest);
    return key;
  };
}
