import * as z from 'zod';
import { paragraphs, requiredLine } from './text.ts';

const OPTIONED = ['choice', 'choices'];

/** One of the event's own questions on the registration form. */
export const Question = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}$/, { error: 'Use up to 31 small letters, digits and hyphens' })
      // Every object has one of that name, so an answer left out would not look left out.
      .refine((id) => id !== 'constructor', { error: 'Choose another id' }),
    label: requiredLine('Label', 200),
    type: z.enum(['text', 'choice', 'choices', 'yes-no']),
    required: z.boolean().default(false),
    options: z.array(requiredLine('Option', 100)).max(50).default([]),
    segment: z.boolean().default(false),
  })
  .refine(({ type, options }) => !OPTIONED.includes(type) || new Set(options).size >= 2, {
    path: ['options'],
    error: 'A question to choose from needs two options or more',
  })
  .refine(({ type, options }) => OPTIONED.includes(type) || options.length === 0, {
    path: ['options'],
    error: 'Only choice and choices have options',
  })
  .refine(({ type, segment }) => !segment || type !== 'text', {
    path: ['segment'],
    error: 'Only questions with a fixed set of answers can segment an audience',
  });
export type Question = z.infer<typeof Question>;

export type Answer = string | string[];
export type Answers = Record<string, Answer>;

const ANSWER_LENGTH = 1000;

/** The schema of the answers to these questions, for a form and for JSON alike. An unanswered one is left out. */
export function answersTo(questions: readonly Question[]) {
  const shape = Object.fromEntries(questions.map((question) => [question.id, answerTo(question)]));
  return z.strictObject(shape).transform(withoutBlanks);
}

const blankless = (value: unknown) =>
  value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;

function answerTo(question: Question): z.ZodType<Answer | undefined> {
  const given = z.preprocess(blankless, choiceOf(question).optional());
  if (!question.required) return given.optional() as z.ZodType<Answer | undefined>;
  return given.refine((value) => value !== undefined, { error: `Answer “${question.label}”` }) as z.ZodType<Answer>;
}

function choiceOf({ type, options, label }: Question): z.ZodType<Answer> {
  const option = z.enum(type === 'yes-no' ? ['yes', 'no'] : (options as [string, ...string[]]), {
    error: `Choose one of the answers to “${label}”`,
  });
  switch (type) {
    case 'text':
      return paragraphs('Your answer', ANSWER_LENGTH);
    case 'choice':
    case 'yes-no':
      return option;
    case 'choices':
      return z.preprocess(
        (value) => (typeof value === 'string' ? [value] : value),
        z
          .array(option)
          .max(options.length)
          .overwrite((chosen) => [...new Set(chosen)]),
      );
  }
}

const withoutBlanks = (answers: Record<string, Answer | undefined>): Answers =>
  Object.fromEntries(Object.entries(answers).filter((entry): entry is [string, Answer] => entry[1] !== undefined));
