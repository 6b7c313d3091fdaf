import type { Event } from './event.ts';
import { currentLabel, optionCalled, optionsOf } from './option.ts';
import type { Answers, Question } from './question.ts';

/*
 * Answers are kept as they were given, in words. Questions and options get other names, and go; the words still say what
 * they said.
 */

/** An option by what it is called now; as it was given where it cannot be chosen any more. */
const calledNow = (question: Question, name: string): string => {
  const optionId = optionsOf(question).length > 0 ? optionCalled(question, name) : undefined;
  return (optionId && currentLabel(question, optionId)) ?? name;
};

/** Kept answers with each option by what it is called now. */
export const answersNow = (questions: readonly Question[], answers: Answers = {}): Answers =>
  Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => {
      const question = questions.find((each) => each.id === id);
      if (!question) return [id, answer];
      return [
        id,
        typeof answer === 'string' ? calledNow(question, answer) : answer.map((name) => calledNow(question, name)),
      ];
    }),
  );

/** Whether an answer could be given today: nothing that was chosen is gone. */
function holds(question: Question, answer: Answers[string] | undefined): boolean {
  if (answer === undefined) return false;
  const options = optionsOf(question);
  return question.type === 'text' || [answer].flat().every((name) => options.includes(calledNow(question, name)));
}

/** The questions as they are asked of somebody who corrects what they said: what they need not have answered they need not now. */
export const askedAgain = (questions: readonly Question[], kept: Answers = {}): Question[] =>
  questions.map((question) => ({ ...question, required: question.required && holds(question, kept[question.id]) }));

/** What stands after a correction: besides what is said now, answers that the form could not show. */
export const answersAfter = (questions: readonly Question[], kept: Answers = {}, said: Answers): Answers => ({
  ...Object.fromEntries(
    Object.entries(kept).filter(([id, answer]) => {
      const question = questions.find((each) => each.id === id);
      return !question || !holds(question, answer);
    }),
  ),
  ...said,
});

/** What a question is called that is asked, or was: its id where nobody remembers. */
export const questionCalled = (
  { questions, retired = [] }: Pick<Event, 'questions' | 'retired'>,
  questionId: string,
): string => [...questions, ...retired].find(({ id }) => id === questionId)?.label ?? questionId;

/** What the questions are called that were answered and are not asked any more, by id. */
export const removedAmong = (
  { questions, retired = [] }: Pick<Event, 'questions' | 'retired'>,
  answers: Answers = {},
): Record<string, string> =>
  Object.fromEntries(
    retired.flatMap(({ id, label }) =>
      Object.hasOwn(answers, id) && !questions.some((each) => each.id === id) ? [[id, label]] : [],
    ),
  );
