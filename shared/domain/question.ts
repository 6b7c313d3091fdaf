import * as z from 'zod';
import { currentLabel, GivenOption, type KnownOption, labelOf, optionCalled, optionsOf } from './option.ts';
import { paragraphs, requiredLine } from './text.ts';

const OPTIONED = ['choice', 'choices'];

/** What every question has, wherever it is asked. */
export const asked = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, { error: 'Use up to 31 small letters, digits and hyphens' })
    // Every object has one of that name, so an answer left out would not look left out.
    .refine((id) => id !== 'constructor', { error: 'Choose another id' }),
  label: requiredLine('Label', 200),
  required: z.boolean().default(false),
};

interface Optioned {
  readonly type: string;
  readonly options: readonly GivenOption[];
}
const optionsMust = (hold: (question: Optioned) => boolean, error: string) =>
  z.refine<Optioned>(hold, { path: ['options'], error });

const differ = (all: readonly (string | undefined)[]): boolean => {
  const given = all.filter((each) => each !== undefined);
  return new Set(given).size === given.length;
};

/** Options where there is something to choose from, and only there. */
export const optionsFit = [
  optionsMust(
    ({ type, options }) => !OPTIONED.includes(type) || options.length >= 2,
    'A question to choose from needs two options or more',
  ),
  optionsMust(({ options }) => differ(options.map(labelOf)), 'Two options are the same'),
  optionsMust(
    ({ options }) => differ(options.map((each) => (typeof each === 'string' ? undefined : each.id))),
    'Two options have the same id',
  ),
  optionsMust(
    ({ type, options }) => OPTIONED.includes(type) || options.length === 0,
    'Only choice and choices have options',
  ),
];

/** Whether answers can be told apart by the question they are to. */
export const idsDiffer = (all: readonly { readonly id: string }[]): boolean =>
  new Set(all.map(({ id }) => id)).size === all.length;

/** One of the event's own questions on the registration form, as an organiser writes it. */
export const GivenQuestion = z
  .strictObject({
    id: asked.id,
    label: asked.label,
    type: z.enum(['text', 'choice', 'choices', 'yes-no']),
    required: asked.required,
    options: z.array(GivenOption).max(50).default([]),
    segment: z.boolean().default(false),
  })
  .check(...optionsFit)
  .refine(({ type, segment }) => !segment || type !== 'text', {
    path: ['segment'],
    error: 'Only questions with a fixed set of answers can segment an audience',
  });

/** The same as it is kept: what its options are called, and by which ids they are known: see `optionsEver`. */
export const Question = GivenQuestion.transform(({ options, ...question }): Question => {
  const named = options.flatMap((each) =>
    typeof each === 'string' || each.id === undefined ? [] : [{ id: each.id, label: each.label }],
  );
  return { ...question, options: options.map(labelOf), ...(named.length > 0 && { known: named }) };
});
export interface Question extends Omit<z.infer<typeof GivenQuestion>, 'options'> {
  readonly options: string[];
  readonly known?: readonly KnownOption[] | undefined;
}

export type Answer = string | string[];
export type Answers = Record<string, Answer>;

const ANSWER_LENGTH = 1000;

/** The schema of the answers to these questions, for a form and for JSON alike. An unanswered one is left out. */
export const answersTo = (questions: readonly Question[]) =>
  answersBy(questions, answerTo) as unknown as z.ZodType<Answers>;

/** An answer to each of these questions by its schema; what need not be answered may be left out, or empty. */
export function answersBy<Asked extends { readonly id: string; readonly required: boolean }>(
  questions: readonly Asked[],
  schemaOf: (question: Asked) => z.ZodType,
) {
  const shape = Object.fromEntries(
    questions.map((question) => [question.id, question.required ? schemaOf(question) : schemaOf(question).optional()]),
  );
  return z.preprocess(withoutBlanks, z.strictObject(shape));
}

/** The schema of an answer to one question. An option may be called as it was when the form was opened. */
export function answerTo(
  question: Pick<Question, 'type' | 'options' | 'label' | 'known'>,
  longest = ANSWER_LENGTH,
): z.ZodType<Answer> {
  const { type, options, label } = question;
  const error = `Choose one of the answers to “${label}”`;
  const called = z.preprocess((name) => asCalledNow(question, name), z.enum(options, { error }));
  switch (type) {
    case 'text':
      return paragraphs(`Your answer to “${label}”`, longest);
    case 'choice':
      return called;
    case 'yes-no':
      return z.enum(['yes', 'no'], { error });
    case 'choices':
      return z.preprocess(
        (value) => (typeof value === 'string' ? [value] : value),
        z
          .array(called, { error: `Choose from the answers to “${label}”` })
          .max(options.length)
          .overwrite((chosen) => [...new Set(chosen)]),
      );
  }
}

function asCalledNow(question: Pick<Question, 'type' | 'options' | 'known'>, name: unknown): unknown {
  if (typeof name !== 'string' || optionsOf(question).includes(name)) return name;
  const optionId = optionCalled(question, name);
  return (optionId && currentLabel(question, optionId)) ?? name;
}

/** A form sends what was left empty, too. It goes before anything is judged, so that what is required is missing then. */
function withoutBlanks(answers: unknown): unknown {
  if (answers === undefined) return {};
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return answers;
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => !isBlank(answer)));
}

const isBlank = (answer: unknown): boolean =>
  typeof answer === 'string' ? answer.trim() === '' : Array.isArray(answer) && answer.length === 0;
