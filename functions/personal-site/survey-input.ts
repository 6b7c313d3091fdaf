import * as z from 'zod';
import type { SurveyQuestion } from '#shared/domain/survey.ts';
import { type SurveyAnswers, surveyAnswersTo } from '#shared/domain/survey-answer.ts';
import type { Form } from '#shared/http/form.ts';
import { SURVEY_ACTIONS } from '#shared/pages/survey-form.ts';
import { type FieldFault, readPersonForm } from '#shared/site/read-form.ts';

/** The answers that a posted survey holds, or what is wrong with each field of it. */
export function readAnswers(
  form: Form,
  questions: readonly SurveyQuestion[],
): { answers: SurveyAnswers } | { faults: FieldFault[] } {
  const schema = z.strictObject({ answers: surveyAnswersTo(questions) });
  const read = readPersonForm(form, { schema, questions, required: [], apart: SURVEY_ACTIONS });
  return 'faults' in read ? { faults: read.faults.filter(firstOfField) } : { answers: read.input.answers };
}

/** One fault of a field is enough to mend it by. */
const firstOfField = ({ field }: FieldFault, at: number, all: readonly FieldFault[]): boolean =>
  all.findIndex((each) => each.field === field) === at;
