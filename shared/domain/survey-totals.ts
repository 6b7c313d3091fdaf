import type { SurveyQuestion } from './survey.ts';
import type { SurveyAnswer } from './survey-answer.ts';

/** How often each answer was given to one question, and by how many people. */
interface Tally {
  readonly answered: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** The answers of some people, counted: by the id of the question. */
export interface SurveyTotals {
  readonly responses: number;
  readonly questions: ReadonlyMap<string, Tally>;
}

export const NO_TOTALS: SurveyTotals = { responses: 0, questions: new Map() };

/** Counts some answers. What people wrote is counted as written, and no more. */
export function totalsOf(questions: readonly SurveyQuestion[], answers: readonly SurveyAnswer[]): SurveyTotals {
  const tallies = questions.map(({ id, type }): [string, Tally] => {
    const given = answers.map((each) => each.answers[id]).filter((each) => each !== undefined);
    const counts = type === 'text' ? new Map() : countsOf(given.flat().map(String));
    return [id, { answered: given.length, counts }];
  });
  return { responses: answers.length, questions: new Map(tallies) };
}

/** Both together: however answers are split into pages, their totals add up to the same. */
export function added(one: SurveyTotals, other: SurveyTotals): SurveyTotals {
  const ids = new Set([...one.questions.keys(), ...other.questions.keys()]);
  const both = [...ids].map((id): [string, Tally] => {
    const [a, b] = [one.questions.get(id) ?? NOTHING, other.questions.get(id) ?? NOTHING];
    return [id, { answered: a.answered + b.answered, counts: summed(a.counts, b.counts) }];
  });
  return { responses: one.responses + other.responses, questions: new Map(both) };
}

const NOTHING: Tally = { answered: 0, counts: new Map() };

function countsOf(given: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of given) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

function summed(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Map<string, number> {
  const sum = new Map(one);
  for (const [answer, count] of other) sum.set(answer, (sum.get(answer) ?? 0) + count);
  return sum;
}
