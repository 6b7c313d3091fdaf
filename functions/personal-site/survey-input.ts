import type { SurveyQuestion } from '#shared/domain/survey.ts';
import { type SurveyAnswers, surveyAnswersTo } from '#shared/domain/survey-answer.ts';
import type { Form } from '#shared/http/form.ts';
import type { FieldView } from '#shared/pages/form-fields.ts';
import { answerField } from '#shared/pages/registration-form.ts';
import { SURVEY_ACTIONS } from '#shared/pages/survey-form.ts';

type Fault = FieldView['faults'][number];

/** The answers that a posted survey holds, or every fault of it by field. */
export function readAnswers(
  form: Form,
  questions: readonly SurveyQuestion[],
): { answers: SurveyAnswers } | { faults: Fault[] } {
  const asked = new Map(questions.map((question) => [answerField(question.id), question]));
  const fields = [...form].filter(([field]) => !SURVEY_ACTIONS.some((action) => action === field));
  const misplaced = fields.flatMap(([field, values]) => {
    const question = asked.get(field);
    if (!question) return { field, message: `There is no question called “${short(field)}”` };
    const isRepeated = values.length > 1 && question.type !== 'choices';
    return isRepeated ? { field, message: `“${question.label}” was answered more than once` } : [];
  });
  const given = fields.flatMap(([field, values]) => {
    const { id, type } = asked.get(field) ?? {};
    return id === undefined ? [] : [[id, type === 'choices' ? values : values[0]] as const];
  });
  const parsed = surveyAnswersTo(questions).safeParse(Object.fromEntries(given));
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map(({ path: [id], message }) => ({ field: fieldOf(id), message }));
  const faults = [...misplaced, ...wrong].filter(firstOfField);
  return parsed.success && faults.length === 0 ? { answers: parsed.data } : { faults };
}

/** One fault of a field is enough to mend it by. */
const firstOfField = ({ field }: Fault, at: number, all: readonly Fault[]): boolean =>
  all.findIndex((each) => each.field === field) === at;

const fieldOf = (id: PropertyKey | undefined): string => (id === undefined ? '' : answerField(String(id)));

/** A stranger's name for a field, fit to be shown: short, and nothing unseen in it. */
const short = (field: string): string => {
  const seen = field.slice(0, 61).replace(/\p{C}/gu, '\ufffd');
  return field.length > 60 ? `${seen.slice(0, 60)}…` : seen;
};
