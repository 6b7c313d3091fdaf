import { optionCalled } from './option.ts';
import type { Answers, Question } from './question.ts';
import type { Registration } from './registration.ts';

/** What a row keeps of a person's answers: of each question that segments an audience, the ids of what they chose. */
export type Choices = Registration['chose'];

/** The options that answers name, by question, as a row keeps them; undefined where there are none. */
export function choicesIn(questions: readonly Question[], answers: Answers): Choices {
  const choices = questions
    .filter(({ segment }) => segment)
    .map((question) => [question.id, calledIn(question, answers).flatMap((each) => each ?? [])] as const)
    .filter(([, chosen]) => chosen.length > 0)
    .map(([id, chosen]) => [id, [...new Set(chosen)].join(' ')] as const);
  return choices.length === 0 ? undefined : Object.fromEntries(choices);
}

/** Whether an answer names what never was an option of its question: it belongs to no audience. */
export const isUnexplained = (question: Question, answers: Answers): boolean =>
  calledIn(question, answers).includes(undefined);

const calledIn = (question: Question, answers: Answers) =>
  [(Object.hasOwn(answers, question.id) && answers[question.id]) || []]
    .flat()
    .map((name) => optionCalled(question, name));

/** The ids a row keeps of one question. */
export const chosenBy = ({ chose }: Pick<Registration, 'chose'>, questionId: string): readonly string[] =>
  (chose && Object.hasOwn(chose, questionId) && chose[questionId]?.split(' ')) || [];
