import { unanswerableBecause } from '#shared/domain/survey-answer.ts';
import { type Form, readForm } from '#shared/http/form.ts';
import { personalPage, seeOther } from '#shared/http/page-reply.ts';
import { type PageRequest, pageRoute } from '#shared/http/page-route.ts';
import { SURVEY_ACTIONS, type SurveyPosted, surveyAction } from '#shared/pages/survey-form.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { surveyView } from './show-survey.ts';
import { readAnswers } from './survey-input.ts';
import { type NotTaken, SURVEY_CHANGED, takeAnswer } from './take-answer.ts';

/** Takes the posted survey: kept, then a page that says thank you; or the form again with what is wrong, all input kept. */
export const answerSurvey = (deps: PersonalDeps) =>
  pageRoute('POST', '/s/{token}', async (request) => {
    const token = request.path.token ?? '';
    const form = readForm(request.event);
    const found = await findPerson(deps, 'survey', token);
    const { status, ...why } = (await refusal(deps, request, form, found)) ?? { status: 303 };
    if (status === 303) return seeOther(`/s/${token}`);
    const posted = { typed: (field: string) => form.get(field) ?? [], ...why };
    return personalPage(await surveyView(deps, token, await findPerson(deps, 'survey', token), posted), status);
  });

type Refusal = NotTaken | ({ readonly status: 400 } & Pick<SurveyPosted, 'faults'>);

/**
 * What is wrong with an answer; nothing is once it is kept. The button says whether it is anonymous: one that was promised
 * to be is never kept by name.
 */
async function refusal(
  deps: PersonalDeps,
  request: PageRequest,
  form: Form,
  found: LinkHolderFound,
): Promise<Refusal | undefined> {
  const { survey } = found.event;
  const said = unanswerableBecause(found.event, found.registration, deps.now());
  if (said) return { status: 409, said };
  const action = pressed(request, found, SURVEY_ACTIONS, deps.now());
  if (!action) return { status: 409, said: NOT_PRESSED };
  if (action !== surveyAction(survey)) return SURVEY_CHANGED;
  const read = readAnswers(form, survey.questions);
  return 'faults' in read ? { status: 400, faults: read.faults } : takeAnswer(deps, found, read.answers);
}
