import * as z from 'zod';
import { PER_PERSON } from '#shared/domain/api-rates.ts';
import { choicesIn } from '#shared/domain/choices.ts';
import { correct, edited, revisionOf } from '#shared/domain/correct.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { answersTo } from '#shared/domain/question.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { type Details, detailsOf } from '#shared/domain/registration-details.ts';
import { patchedRegistration, RegistrationPatch } from '#shared/domain/registration-patch.ts';
import { faultsOf } from '#shared/http/fault.ts';
import { ensureMatch } from '#shared/http/if-match.ts';
import { InvalidInput } from '#shared/http/problem.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Transition } from '#shared/store/registrations.ts';
import type { Deps } from './deps.ts';
import { ensureSeldom } from './limit-key.ts';
import { found } from './no-such-event.ts';
import { RegistrationPath } from './paths.ts';
import { patchRegistrationDocs } from './registration-docs.ts';
import { NOBODY } from './resend.ts';
import { showRegistration, tagOf } from './show-registration.ts';

/** Corrects what somebody said of themselves. Another address moves the registration there at once. */
export const patchRegistration = (deps: Deps) =>
  route(
    'PATCH',
    '/api/v1/events/{eventId}/registrations/{registrationId}',
    {
      path: RegistrationPath,
      body: RegistrationPatch,
      ifMatch: 'required',
      scope: 'registrations:write',
      docs: patchRegistrationDocs,
    },
    async ({ path: { eventId, registrationId }, body, ifMatch, event: request }) => {
      const event = found(await deps.events.get(eventId, { consistent: true }));
      const person = found(await deps.registrations.get(eventId, registrationId), NOBODY);
      ensureMatch(ifMatch, revisionOf(person));
      const details = await deps.registrations.details(eventId, registrationId);
      const answers = body.answers && answersIn(event, body.answers, details.answers);
      const wanted = patchedRegistration(person, details, { ...body, answers });
      if (wanted.email !== person.email) {
        await ensureSeldom(deps, {
          scope: `move#${eventId}#${registrationId}`,
          rate: PER_PERSON.move,
          what: 'This registration was moved to another address five times within the hour',
        });
      }
      const transition = await transitionOf(deps, event, person, wanted);
      const ofThat = (row: Registration) => {
        ensureMatch(ifMatch, revisionOf(row));
        const next = transition(row);
        return next && { ...next, details: detailsOf(wanted) };
      };
      const moved = found(await deps.registrations.relocate(person, ofThat), NOBODY);
      if ('taken' in moved)
        throw new Refusal('address-taken', 'Another registration of this event has that address', 'email');
      return ok(await showRegistration(deps, moved, request), tagOf(moved));
    },
  );

type Wanted = ReturnType<typeof patchedRegistration>;

/**
 * What is said of answers, each judged by its own question, whatever the others are. What is not asked any more can be
 * removed. Throws InvalidInput.
 */
function answersIn(
  { questions }: Event,
  said: NonNullable<RegistrationPatch['answers']>,
  kept: Details['answers'] = {},
): NonNullable<RegistrationPatch['answers']> {
  const isAsked = (id: string) => questions.some((question) => question.id === id);
  const removed = Object.entries(said).filter(
    ([id, answer]) => answer === null && (isAsked(id) || Object.hasOwn(kept, id)),
  );
  const given = Object.fromEntries(Object.entries(said).filter(([id]) => !removed.some(([each]) => each === id)));
  const meant = questions.filter(({ id }) => Object.hasOwn(said, id));
  const parsed = z.object({ answers: answersTo(meant) }).safeParse({ answers: given });
  if (!parsed.success) throw new InvalidInput(faultsOf(parsed.error, { place: 'body', given: { answers: given } }));
  return { ...Object.fromEntries(removed), ...parsed.data.answers };
}

async function transitionOf(
  { placeHash, mayTellOld, chance, now }: Deps,
  event: Event,
  person: Registration,
  { email, name, timeZone, answers }: Wanted,
): Promise<Transition> {
  const addressHash = await placeHash(event, { email, name });
  const chose = choicesIn(event.questions, answers);
  const address = { email, addressHash, linkSeed: randomWord(16, chance) };
  const moment = {
    now: Math.floor(now() / 1000),
    allowance: { delay: 0, dropped: false },
    chance: randomWord(6, chance),
    mayTell: email === person.email || (await mayTellOld(event, person)),
  };
  return (row) => {
    const corrected = correct(row, { name, timeZone, chose })?.row ?? row;
    const moved = email === person.email ? undefined : moveAddress(corrected, address, moment);
    return moved ? { ...moved, row: edited(moved.row) } : { row: edited({ ...corrected, addressHash }) };
  };
}
