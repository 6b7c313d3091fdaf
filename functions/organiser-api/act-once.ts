import { createHash, createHmac } from 'node:crypto';
import { Refusal } from '#shared/domain/errors.ts';
import { type Chance, randomWord } from '#shared/domain/ids.ts';
import { askedAtOf, findingOf, noteOf, type RequestOutcome } from '#shared/domain/request-note.ts';
import { canonicalJson } from '#shared/http/canonical-json.ts';
import { readJsonBody } from '#shared/http/json-body.ts';
import { HttpRefusal, InvalidInput } from '#shared/http/problem.ts';
import type { HttpResponse } from '#shared/http/reply.ts';
import { type Act, keepsKey, type Route, type RouteInput } from '#shared/http/route.ts';
import type { Logger } from '#shared/logger.ts';
import type { Claim, RequestStore } from '#shared/store/requests.ts';
import { shownAgain } from './shown-again.ts';

export interface OnceDeps {
  readonly requests: RequestStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly chance: Chance;
  readonly logger: Logger;
}

/**
 * Acts on a request that its caller named with an `Idempotency-Key` once: a repeat within a day is answered with the first
 * status and the thing as it is now. Throws `key-reused` for another body, `in-progress` while the first is under way.
 */
export const actOnce =
  ({ requests, now: clock, chance, logger }: OnceDeps) =>
  (route: Route, routes: readonly Route[]) =>
  async (input: RouteInput, act: Act): Promise<HttpResponse> => {
    const { event, idempotencyKey } = input;
    // A dry run does nothing, as often as it is asked.
    if (!keepsKey(route) || idempotencyKey === '' || input.dryRun || !event.caller) return act(input);
    const now = Math.floor(clock() / 1000);
    const id = { keyId: event.caller.keyId, nameHash: nameHashOf(input) };
    const note = noteOf(bodyHashOf(input), randomWord(6, chance), now);
    const known = await requests.claim(id, note, now);
    const askedAt = askedAtOf(known);
    if (known.owner !== note.owner) {
      const finding = findingOf(known, note.bodyHash);
      if (finding === 'another') throw new Refusal('key-reused', REUSED);
      if (finding === 'under-way') throw inProgress();
      return shownAgain({ route, routes, input: { ...input, askedAt }, known });
    }

    const claim: Claim = { ...id, owner: note.owner };
    let isSettled = false;
    const settling = (outcome: RequestOutcome) => {
      isSettled = true;
      return [requests.settling(claim, outcome, now)];
    };
    // What was done is done, and what was not was not, whether or not the note of it says so.
    const noted = (write: Promise<boolean>) =>
      write.catch((error: unknown) =>
        logger.warn('A named request keeps its note until that is held no more', { error }),
      );
    try {
      const answer = await act({ ...input, askedAt, settling });
      const { statusCode: status = 200, headers } = answer;
      if (!isSettled) await noted(requests.settle(claim, { status, location: headers['location'] }, now));
      return answer;
    } catch (error) {
      if (saysNo(error)) await noted(requests.forget(claim));
      throw error;
    }
  };

const REUSED = 'This Idempotency-Key came with another body before: send a new key';

const inProgress = () =>
  new HttpRefusal('in-progress', 'The first request with this Idempotency-Key is under way: ask again in a moment', {
    headers: { 'retry-after': '2' },
  });

/** Nothing was done, and whoever asks again after mending it is to be heard. Of anything else nobody knows. */
const saysNo = (error: unknown): boolean =>
  error instanceof Refusal || error instanceof InvalidInput || error instanceof HttpRefusal;

/** The key is hashed, for callers may put anything into it, and so is the address it is for: one key may serve many. */
const nameHashOf = ({ event, idempotencyKey }: RouteInput): string =>
  createHash('sha256')
    .update(`${event.requestContext.http.method} ${event.rawPath}\n${idempotencyKey}`)
    .digest('base64url');

/** Keyed with the key, which is kept nowhere: nobody can try out what a body may have said. */
const bodyHashOf = ({ event, idempotencyKey }: RouteInput): string =>
  createHmac('sha256', idempotencyKey)
    .update(canonicalJson(readJsonBody(event) ?? {}))
    .digest('base64url');
