import { answersAfter, askedAgain } from '#shared/domain/answers-kept.ts';
import { choicesIn } from '#shared/domain/choices.ts';
import { correct, edited } from '#shared/domain/correct.ts';
import { prove } from '#shared/domain/proof.ts';
import { correctionForm, type Details, detailsOf } from '#shared/domain/registration-details.ts';
import { type Form, readForm } from '#shared/http/form.ts';
import { personalPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { detailsPage, typedBefore } from '#shared/pages/details-page.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import { type FieldFault, readPersonForm } from '#shared/site/read-form.ts';
import type { PersonalDeps } from './deps.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { pressOf } from './show-manage.ts';
import { whileLinkLives } from './while-link-lives.ts';

const PATH = '/r/{token}/details';
const ACTION = 'correct';

/** What I said about myself, to correct. */
export const showDetails = (deps: PersonalDeps) =>
  pageRoute('GET', PATH, async ({ path: { token = '' } }) => {
    const found = await findPerson(deps, 'manage', token);
    const { event, registration } = found;
    const details = await deps.registrations.details(event.eventId, registration.registrationId);
    return personalPage(viewOf(deps, token, found, { typed: typedBefore(registration, details, event) }));
  });

/** Saves the correction, or says what is wrong with it and keeps what was typed. */
export const correctDetails = (deps: PersonalDeps) =>
  pageRoute('POST', PATH, async (request) => {
    const { token = '' } = request.path;
    const found = await findPerson(deps, 'manage', token);
    const form = readForm(request.event);
    const again = (status: number, view: { faults?: readonly FieldFault[]; said?: string }) =>
      personalPage(viewOf(deps, token, found, { typed: (field) => form.get(field) ?? [], ...view }), status);
    const { event, registration } = found;
    const details = await deps.registrations.details(event.eventId, registration.registrationId);
    const read = readCorrection(form, found, details);
    if ('faults' in read) return again(400, { faults: read.faults });
    if (!pressed(request, found, [ACTION], deps.now(), form)) return again(409, { said: NOT_PRESSED });
    const answers = answersAfter(event.questions, details.answers, read.input.answers);
    const taken = await save(deps, found, { ...read.input, answers });
    if (taken) return again(409, { faults: [{ field: 'name', message: TAKEN }] });
    return seeOther(`/r/${token}`);
  });

const TAKEN = 'Somebody of that name is registered with this address already';

function readCorrection(form: Form, { event }: LinkHolderFound, { answers }: Details) {
  const questions = askedAgain(event.questions, answers);
  return readPersonForm(form, { schema: correctionForm(questions), questions, required: ['name'], apart: [ACTION] });
}

type Input = Extract<ReturnType<typeof readCorrection>, { input: unknown }>['input'];

/** Saves it; whether another person has that name at the address, where that makes them one. */
async function save(
  { registrations, placeHash, now }: PersonalDeps,
  { event, registration }: LinkHolderFound,
  input: Input,
): Promise<boolean> {
  const chose = choicesIn(event.questions, input.answers);
  const addressHash = await placeHash(event, { email: registration.email, name: input.name });
  const correcting = whileLinkLives(registration, (row) => {
    const { name, timeZone } = input;
    const corrected = correct(row, { name, timeZone, chose })?.row ?? row;
    return { row: prove(edited({ ...corrected, addressHash }), Math.floor(now() / 1000)), details: detailsOf(input) };
  });
  const moved = await registrations.relocate(registration, correcting);
  return moved !== undefined && 'taken' in moved;
}

const viewOf = (
  { site, now }: PersonalDeps,
  token: string,
  { event, keys }: LinkHolderFound,
  view: Partial<Pick<Parameters<typeof detailsPage>[1], 'typed' | 'faults' | 'said'>>,
) =>
  detailsPage(site, {
    event,
    token,
    typed: () => [],
    faults: [],
    said: undefined,
    press: pressOf(keys, token, now())(ACTION),
    ...view,
  });
