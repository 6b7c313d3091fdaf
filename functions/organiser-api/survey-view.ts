import * as z from 'zod';
import type { Event } from '#shared/domain/event.ts';
import type { SurveyAnswer } from '#shared/domain/survey-answer.ts';
import { surveyClosesInstant, surveyPhaseOf } from '#shared/domain/survey-phase.ts';
import { SurveyResults, withheldBecause } from '#shared/domain/survey-results.ts';

/** From when until when people can answer. */
export const SurveyTimes = z.object({ opensAt: z.iso.datetime(), closesAt: z.iso.datetime() });

export const surveyTimes = (event: Event): z.infer<typeof SurveyTimes> => ({
  opensAt: event.endInstant,
  closesAt: surveyClosesInstant(event),
});

/** A survey in numbers, with those of the people it was for. */
export const SurveyNumbers = SurveyResults.extend({
  confirmed: z.int().min(0),
  attended: z.int().min(0).optional(),
  responseRate: z.number().min(0).optional(),
}).meta({ id: 'SurveyNumbers' });

/** What one person wrote to one question. */
export const SurveyText = z.object({ question: z.string(), text: z.string() }).meta({ id: 'SurveyText' });
export type SurveyText = z.infer<typeof SurveyText>;

/** What came of a survey: the numbers, and a page of what people wrote. */
export const SurveyResultsView = z
  .object({
    anonymous: z.boolean(),
    ...SurveyTimes.shape,
    numbers: SurveyNumbers.optional(),
    texts: z.array(SurveyText),
    next: z.string().optional(),
  })
  .meta({ id: 'SurveyResults' });
export type SurveyResultsView = z.infer<typeof SurveyResultsView>;

/** What people wrote in these answers, answer by answer. */
export const textsOf = ({ survey }: Pick<Event, 'survey'>, answers: readonly SurveyAnswer[]): SurveyText[] =>
  answers.flatMap(({ answers: given }) =>
    survey.questions.flatMap(({ id, type }) => {
      const text = given[id];
      return type === 'text' && typeof text === 'string' ? [{ question: id, text }] : [];
    }),
  );

/** Whether nobody can answer any more; `now` in epoch milliseconds. */
export const hasClosed = (event: Event, now: number): boolean => surveyPhaseOf(event, now) === 'closed';

/** Why single answers are not shown, in a sentence; undefined where they are. */
export function unshownBecause(
  event: Event,
  { responses, now }: { responses: number; now: number },
): string | undefined {
  if (event.purgingAt !== undefined) return 'The answers were deleted with all that was kept about people.';
  switch (withheldBecause(event.survey, { responses, hasClosed: hasClosed(event, now) })) {
    case 'until-closed':
      return 'Anonymous answers are shown once the survey has closed: whoever looks twice would see what one person said.';
    case 'too-few':
      return 'So few people answered that each would be recognised: these anonymous answers are not shown.';
    default:
      return undefined;
  }
}
