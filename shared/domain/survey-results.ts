import * as z from 'zod';
import { isScale, pointsOf, SURVEY_TYPES, type Survey, type SurveyQuestion } from './survey.ts';
import type { SurveyTotals } from './survey-totals.ts';

const count = z.int().min(0);

/** One question in numbers. */
export const QuestionResults = z
  .object({
    id: z.string(),
    label: z.string(),
    type: z.enum(SURVEY_TYPES),
    answered: count,
    distribution: z.array(z.object({ answer: z.string(), count })).optional(),
    mean: z.number().optional(),
    nps: z
      .object({ score: z.int().min(-100).max(100), promoters: count, passives: count, detractors: count })
      .optional(),
  })
  .meta({ id: 'QuestionResults' });
export type QuestionResults = z.infer<typeof QuestionResults>;

/** A survey in numbers: nobody's words are in it, so it may be kept when its answers are deleted. */
export const SurveyResults = z.object({
  responses: count,
  /** Why nothing but their number is told of anonymous answers. */
  withheld: z.enum(['until-closed', 'too-few']).optional(),
  questions: z.array(QuestionResults),
});
export type SurveyResults = z.infer<typeof SurveyResults>;

/** Fewer anonymous answers than these tell too much of each person. */
export const FEWEST_SHOWN = 5;

/**
 * Why anonymous answers are not shown, if so. While a survey is open, whoever looks twice sees what the person who answered
 * in between said; so they are shown when it has closed, all at once.
 */
export function withheldBecause(
  { anonymous }: Pick<Survey, 'anonymous'>,
  { responses, hasClosed }: { responses: number; hasClosed: boolean },
): SurveyResults['withheld'] {
  if (!anonymous) return undefined;
  if (!hasClosed) return 'until-closed';
  return responses < FEWEST_SHOWN ? 'too-few' : undefined;
}

/** What the totals of a survey's answers come to, as far as it may be told. */
export function resultsOf(survey: Survey, totals: SurveyTotals, hasClosed: boolean): SurveyResults {
  const { responses } = totals;
  const withheld = withheldBecause(survey, { responses, hasClosed });
  if (withheld) return { responses, withheld, questions: [] };
  return { responses, questions: survey.questions.map((question) => questionResults(question, totals)) };
}

function questionResults({ id, label, type, options }: SurveyQuestion, { questions }: SurveyTotals): QuestionResults {
  const { answered = 0, counts = new Map<string, number>() } = questions.get(id) ?? {};
  const basics = { id, label, type, answered };
  if (type === 'text') return basics;
  const points = isScale(type) ? pointsOf(type) : [];
  const distribution = (isScale(type) ? points.map(String) : options).map((answer) => ({
    answer,
    count: counts.get(answer) ?? 0,
  }));
  if (points.length === 0 || answered === 0) return { ...basics, distribution };
  const sum = distribution.reduce((all, { answer, count }) => all + Number(answer) * count, 0);
  const mean = Math.round((sum / answered) * 100) / 100;
  return { ...basics, distribution, mean, ...(type === 'nps' && { nps: npsOf(counts) }) };
}

/**
 * The Net Promoter Score: the share of promoters (9 and 10) less that of detractors (0 to 6), in points from −100 to 100,
 * rounded. Who said 7 or 8 counts in the whole only. F. F. Reichheld, "The One Number You Need to Grow", Harvard Business
 * Review 81(12), 2003. Of no answers there is none.
 */
function npsOf(counts: ReadonlyMap<string, number>): NonNullable<QuestionResults['nps']> {
  const within = (from: number, to: number) =>
    [...counts].reduce((sum, [point, times]) => (Number(point) >= from && Number(point) <= to ? sum + times : sum), 0);
  const [promoters, passives, detractors] = [within(9, 10), within(7, 8), within(0, 6)];
  const share = ((promoters - detractors) / (promoters + passives + detractors)) * 100;
  // Adding nothing makes of minus nothing nothing.
  return { score: Math.round(share) + 0, promoters, passives, detractors };
}
