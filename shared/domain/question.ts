import * as z from 'zod';
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
  options: z.array(requiredLine('Option', 100)).max(50).default([]),
};

interface Optioned {
  readonly type: string;
  readonly options: readonly string[];
}
const optionsMust = (hold: (question: Optioned) => boolean, error: string) =>
  z.refine<Optioned>(hold, { path: ['options'], error });

/** Options where there is something to choose from, and only there. */
export const optionsFit = [
  optionsMust(
    ({ type, options }) => !OPTIONED.includes(type) || options.length >= 2,
    'A question to choose from needs two options or more',
  ),
  optionsMust(({ options }) => new Set(options).size === options.length, 'Two options are the same'),
  optionsMust(
    ({ type, options }) => OPTIONED.includes(type) || options.length === 0,
    'Only choice and choices have options',
  ),
];

/** Whether answers can be told apart by the question they are to. */
export const idsDiffer = (all: readonly { readonly id: string }[]): boolean =>
  new Set(all.map(({ id }) => id)).size === all.length;

/** One of the event's own questions on the registration form. */
export const Question = z
  .strictObject({
    id: asked.id,
    label: asked.label,
    type: z.enum(['text', 'choice', 'choices', 'yes-no']),
    required: asked.required,
    options: asked.options,
    segment: z.boolean().default(false),
  })
  .check(...optionsFit)
  .refine(({ type, segment }) => !segment || type !== 'text', {
    path: ['segment'],
    error: 'Only questions with a fixed set of answers can segment an audience',
  });
export type Question = z.infer<typeof Question>;

export type Answer = string | string[];
export type Answers = Record<string, Answer>;

/** What there is to choose from, in order: the numbers of the options stand for them on a registration. */
export const optionsOf = ({ type, options }: Pick<Question, 'type' | 'options'>): readonly string[] =>
  type === 'yes-no' ? ['yes', 'no'] : options;

/** The answers that segment an audience, as numbers of their options; undefined where there are none. */
export function segmentsOf(questions: readonly Question[], answers: Answers): Record<string, number[]> | undefined {
  const segments = questions
    .filter(({ id, segment }) => segment && answers[id] !== undefined)
    .map((question) => {
      const chosen = [answers[question.id] ?? []].flat().map((answer) => optionsOf(question).indexOf(answer));
      return [question.id, chosen.filter((option) => option >= 0)] as const;
    })
    .filter(([, chosen]) => chosen.length > 0);
  return segments.length === 0 ? undefined : Object.fromEntries(segments);
}

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

/** The schema of an answer to one question. */
export function answerTo(
  { type, options, label }: Pick<Question, 'type' | 'options' | 'label'>,
  longest = ANSWER_LENGTH,
): z.ZodType<Answer> {
  const error = `Choose one of the answers to “${label}”`;
  switch (type) {
    case 'text':
      return paragraphs(`Your answer to “${label}”`, longest);
    case 'choice':
      return z.enum(options, { error });
    case 'yes-no':
      return z.enum(['yes', 'no'], { error });
    case 'choices':
      return z.preprocess(
        (value) => (typeof value === 'string' ? [value] : value),
        z
          .array(z.enum(options, { error }), { error: `Choose from the answers to “${label}”` })
          .max(options.length)
          .overwrite((chosen) => [...new Set(chosen)]),
      );
  }
}

/** A form sends what was left empty, too. It goes before anything is judged, so that what is required is missing then. */
function withoutBlanks(answers: unknown): unknown {
  if (answers === undefined) return {};
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return answers;
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => !isBlank(answer)));
}

const isBlank = (answer: unknown): boolean =>
  typeof answer === 'string' ? answer.trim() === '' : Array.isArray(answer) && answer.length === 0;
