import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import type { Event } from './event.ts';
import { answersBy, answerTo } from './question.ts';
import type { Registration } from './registration.ts';
import { isScale, pointsOf, SCALES, type SurveyQuestion } from './survey.ts';
import { surveyPhaseOf } from './survey-phase.ts';

/** What one person answered, by question: a point of a scale, an option, several, or words. */
export const SurveyAnswers = z.record(z.string(), z.union([z.int(), z.string(), z.array(z.string())]));
export type SurveyAnswers = z.infer<typeof SurveyAnswers>;

/** One answer to a survey, as it is kept. It has a day and no instant: that alone would say whose it is. */
export const SurveyAnswer = z.object({
  /** The person's own id or, where nobody may know whose answer it is, a random word. */
  answerId: z.string().min(1),
  /** Absent where it is anonymous. */
  registrationId: z.string().optional(),
  /** The day, in the zone of the event. */
  answeredOn: z.iso.date(),
  answers: SurveyAnswers,
});
export type SurveyAnswer = z.infer<typeof SurveyAnswer>;

const LONGEST_TEXT = 2000;

/** The schema of the answers to a survey, as its form sends them. At least one question has to be answered. */
export const surveyAnswersTo = (questions: readonly SurveyQuestion[]) =>
  answersBy(questions, schemaOf).superRefine((answers, context) => {
    if (context.issues.length > 0 || Object.keys(answers).length > 0) return;
    context.addIssue({ code: 'custom', message: 'Answer at least one question', input: answers });
  }) as unknown as z.ZodType<SurveyAnswers>;

function schemaOf({ type, label, options }: SurveyQuestion): z.ZodType {
  if (!isScale(type)) return answerTo({ type, label, options }, LONGEST_TEXT);
  const { from, to } = SCALES[type];
  const error = `Choose a number from ${from} to ${to} for “${label}”`;
  return z.enum(pointsOf(type).map(String), { error }).transform(Number);
}

/** Why a person has no part in a survey, in a sentence; undefined where they have. */
export function surveyIsNotFor({ status }: Pick<Registration, 'status'>): string | undefined {
  switch (status) {
    case 'confirmed':
      return undefined;
    case 'cancelled':
      return 'The survey is for people who had a place, and you gave yours up.';
    case 'waitlisted':
      return 'The survey is for people who had a place, and you were on the waiting list.';
    case 'applied':
      return 'The survey is for people who had a place.';
  }
}

type Asked = Pick<Registration, 'registrationId' | 'status' | 'answeredSurvey'>;

/** Why a person cannot answer now, in a sentence; undefined while they can. `now` in epoch milliseconds. */
export function unanswerableBecause(event: Event, row: Asked, now: number): string | undefined {
  if (surveyPhaseOf(event, now) !== 'open') return 'Your answer was not taken: the survey is not open.';
  if (event.survey.anonymous && row.answeredSurvey) return FINAL;
  return surveyIsNotFor(row);
}

const FINAL = 'Your answer is in already. It is anonymous and final, so a second one is not taken.';

/** A person's answer as it is to be kept; `word` is made by chance and stands for them where it is anonymous. */
export function surveyAnswerOf(
  event: Event,
  { registrationId }: Asked,
  { answers, now, word }: { answers: SurveyAnswers; now: number; word: string },
): SurveyAnswer {
  const answer = { answeredOn: dayIn(event, now), answers };
  return event.survey.anonymous
    ? { ...answer, answerId: word }
    : { ...answer, answerId: registrationId, registrationId };
}

/** The day in the zone of an event; `now` in epoch milliseconds. */
const dayIn = ({ timeZone }: Pick<Event, 'timeZone'>, now: number): string =>
  Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
