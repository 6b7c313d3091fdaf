import * as z from 'zod';
import { asked, idsDiffer, optionsFit } from './question.ts';
import { requiredLine } from './text.ts';

/** How a question of a survey is answered: on one of two scales, by choosing, or in words. */
export const SURVEY_TYPES = ['rating', 'nps', 'choice', 'choices', 'text'] as const;

/** One question of an event's survey. */
export const SurveyQuestion = z
  .strictObject({
    id: asked.id,
    label: asked.label,
    type: z.enum(SURVEY_TYPES),
    required: asked.required,
    options: z.array(requiredLine('Option', 100)).max(50).default([]),
  })
  .check(...optionsFit);
export type SurveyQuestion = z.infer<typeof SurveyQuestion>;

const ask = (id: string, label: string, type: SurveyQuestion['type'], required = false): SurveyQuestion => ({
  id,
  label,
  type,
  required,
  options: [],
});

/** What most organisers want to know, and what is asked unless they say otherwise. */
const DEFAULT_QUESTIONS: SurveyQuestion[] = [
  ask('overall', 'How was the event overall?', 'rating', true),
  ask('recommend', 'How likely are you to recommend it to a colleague?', 'nps'),
  ask('most-useful', 'What was most useful to you?', 'text'),
  ask('improve', 'What could be better next time?', 'text'),
];

/** What people are asked after an event, for how long, and whether anybody can tell who said what. */
export const Survey = z.strictObject({
  anonymous: z.boolean().default(false),
  /** Calendar days. */
  closesAfter: z
    .string()
    .regex(/^P(?!0+D)\d{1,3}D$/, { error: 'Enter a duration like P14D' })
    .default('P14D'),
  questions: z
    .array(SurveyQuestion)
    .max(20)
    .refine(idsDiffer, { error: 'Two questions share an id' })
    .default(DEFAULT_QUESTIONS),
});
export type Survey = z.infer<typeof Survey>;

/** The survey of every event that does not say otherwise. */
export const DEFAULT_SURVEY: Survey = Survey.parse({});

/** A survey without a question is none. */
export const NO_SURVEY: Survey = { ...DEFAULT_SURVEY, questions: [] };

/** The points of a scale from the lowest to the highest, and what its two ends mean. */
export const SCALES = {
  rating: { from: 1, to: 5, lowest: 'poor', highest: 'excellent' },
  nps: { from: 0, to: 10, lowest: 'not at all likely', highest: 'extremely likely' },
} as const;

type Scale = keyof typeof SCALES;

export const isScale = (type: SurveyQuestion['type']): type is Scale => Object.hasOwn(SCALES, type);

/** The points of a scale in order. */
export const pointsOf = (scale: Scale): number[] => {
  const { from, to } = SCALES[scale];
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
};

const spelled = ({ questions }: Survey): string =>
  JSON.stringify(questions.map(({ id, label, type, required, options }) => [id, label, type, required, options]));

/** Whether two surveys ask the same, in the same words. */
export const asksTheSame = (one: Survey, other: Survey): boolean => spelled(one) === spelled(other);
