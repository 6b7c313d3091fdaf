import * as z from 'zod';
import { PER_PERSON } from '#shared/domain/api-rates.ts';
import { correct, edited, revisionOf } from '#shared/domain/correct.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { answersTo, segmentsOf } from '#shared/domain/question.ts';
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
      const wanted = patchedRegistration(person, details, body);
      if (body.answers) ensureAnswers(event, wanted.answers);
      if (wanted.email !== person.email) {
        await ensureSeldom(deps, {
          scope: `move#${eventId}#${registrationId}`,
          rate: PER_PERSON.move,
          what: 'This registration was moved to another address five times within the hour',
        });
      }
      const transition = await transitionOf(deps, event, person, wanted);
      const ofThat: Transition = (row) => {
        ensureMatch(ifMatch, revisionOf(row));
        return transition(row);
      };
      const moved = found(await deps.registrations.relocate(person, ofThat), NOBODY);
      if ('taken' in moved)
        throw new Refusal('address-taken', 'Another registration of this event has that address', 'email');
      await deps.registrations.saveDetails(eventId, registrationId, detailsOf(wanted));
      return ok(await showRegistration(deps, moved, request), tagOf(moved));
    },
  );

type Wanted = ReturnType<typeof patchedRegistration>;

function ensureAnswers({ questions }: Event, answers: Details['answers']): void {
  const parsed = z.object({ answers: answersTo(questions) }).safeParse({ answers });
  if (!parsed.success) throw new InvalidInput(faultsOf(parsed.error, { place: 'body', given: { answers } }));
}

async function transitionOf(
  { placeHash, chance, now }: Deps,
  event: Event,
  person: Registration,
  { email, name, timeZone, answers }: Wanted,
): Promise<Transition> {
  const addressHash = await placeHash(event, { email, name });
  const segments = segmentsOf(event.questions, answers);
  const address = { email, addressHash, linkSeed: randomWord(16, chance) };
  const moment = {
    now: Math.floor(now() / 1000),
    allowance: { delay: 0, dropped: false },
    chance: randomWord(6, chance),
  };
  return (row) => {
    const corrected = correct(row, { name, timeZone, segments })?.row ?? row;
    const moved = email === person.email ? undefined : moveAddress(corrected, address, moment);
    return moved ? { ...moved, row: edited(moved.row) } : { row: edited({ ...corrected, addressHash }) };
  };
}
