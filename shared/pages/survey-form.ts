import type { Event } from '#shared/domain/event.ts';
import { isScale, type Survey, type SurveyQuestion } from '#shared/domain/survey.ts';
import type { SurveyAnswers } from '#shared/domain/survey-answer.ts';
import { FEWEST_SHOWN } from '#shared/domain/survey-results.ts';
import type { FieldView } from './form-fields.ts';
import { type Html, html } from './html.ts';
import { questionField } from './question-field.ts';
import { answerField } from './registration-form.ts';
import { scaleField } from './scale-field.ts';

/** What a button of the survey may mean. */
export const SURVEY_ACTIONS = ['answer', 'answer-anonymously'] as const;
export type SurveyAction = (typeof SURVEY_ACTIONS)[number];

export const surveyAction = ({ anonymous }: Pick<Survey, 'anonymous'>): SurveyAction =>
  anonymous ? 'answer-anonymously' : 'answer';

/** A form that was sent and not taken. */
export interface SurveyPosted {
  /** What was typed, by field. */
  readonly typed: (field: string) => readonly string[];
  /** What is wrong with it, by field. */
  readonly faults?: FieldView['faults'];
  /** Why it was not taken, where no field is at fault. */
  readonly said?: string;
}

export interface SurveyFormView {
  readonly event: Event;
  /** What they answered by name. */
  readonly mine: SurveyAnswers | undefined;
  readonly press: (action: SurveyAction) => string;
  readonly posted: SurveyPosted | undefined;
  /** Until when, in words. */
  readonly until: string;
}

/** The questions with what was typed last or answered before, and the button. */
export function surveyForm({ event, mine, press, posted, until }: SurveyFormView): Html {
  const { survey, organiser } = event;
  const action = surveyAction(survey);
  const typed = posted?.typed ?? ((field: string) => answeredBefore(survey, mine, field));
  const view = (field: string): FieldView => ({ field, typed: typed(field), faults: posted?.faults ?? [] });
  return html`<form class="form" method="post" novalidate>
${survey.questions.map((question) => surveyField(question, view(answerField(question.id))))}
<div class="privacy">${survey.anonymous ? anonymously(organiser.name) : byName(organiser.name, until)}</div>
<p><button class="button" type="submit" name="${action}" value="${press(action)}">${mine ? 'Change my answer' : 'Send my answer'}</button></p>
</form>`;
}

function surveyField(question: SurveyQuestion, view: FieldView): Html {
  const { type } = question;
  return isScale(type) ? scaleField({ ...question, type }, view) : questionField({ ...question, type }, view);
}

/** What they answered by name, as a form would send it. */
export function answeredBefore({ questions }: Survey, mine: SurveyAnswers | undefined, field: string): string[] {
  const question = questions.find(({ id }) => answerField(id) === field);
  return [(question && mine?.[question.id]) ?? []].flat().map(String);
}

const byName = (organiser: string, until: string): Html =>
  html`<p>${organiser} sees your answer with your name. You can change it until ${until}.</p>`;

const anonymously = (organiser: string): Html =>
  html`<p><b>Your answer is anonymous and final.</b> It is kept apart from your registration, with the day and nothing else: nobody can tell that it is yours, so you cannot change it or take it back.</p>
<p>${organiser} sees the answers once the survey has closed, and only if there are ${FEWEST_SHOWN} or more. What you write in your own words is shown as you write it: leave out what would tell who you are.</p>`;
