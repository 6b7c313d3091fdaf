import { expect, test } from 'vitest';
import type * as z from 'zod';
import { answersTo, Question } from '#shared/domain/question.ts';

const asked = (given: Partial<z.input<typeof Question>>) =>
  Question.parse({ id: 'q', label: 'Which lunch?', type: 'text', ...given });
const text = asked({});
const choice = asked({ type: 'choice', options: ['Soup', 'Salad'] });
const choices = asked({ type: 'choices', options: ['Soup', 'Salad', 'Bread'] });
const yesNo = asked({ type: 'yes-no' });
const KINDS = { text, choice, choices, 'yes-no': yesNo };
const required = (question: Question): Question => ({ ...question, required: true });

const answered = (question: Question, answers: unknown) => answersTo([question]).parse(answers);
/** How each kind asks for an answer it must have. */
const ASKS = {
  text: 'Enter your answer to “Which lunch?”',
  choice: 'Choose one of the answers to “Which lunch?”',
  choices: 'Choose from the answers to “Which lunch?”',
  'yes-no': 'Choose one of the answers to “Which lunch?”',
};
const faultsIn = (question: Question, answers: unknown) =>
  (answersTo([question]).safeParse(answers).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]);

test.each([
  ['text', text, 'No nuts,\nplease'],
  ['one of', choice, 'Salad'],
  ['several of', choices, ['Bread', 'Soup']],
  ['yes or no', yesNo, 'no'],
])('%s: an answer is kept', (_, question, answer) => {
  expect(answered(question, { q: answer })).toEqual({ q: answer });
});

test('a form sends one ticked box as text, and a box ticked twice counts once', () => {
  expect(answered(choices, { q: 'Soup' })).toEqual({ q: ['Soup'] });
  expect(answered(choices, { q: ['Soup', 'Bread', 'Soup'] })).toEqual({ q: ['Soup', 'Bread'] });
});

test.each(
  Object.entries(KINDS).flatMap(([kind, question]) =>
    [
      ['left out', {}],
      ['empty', { q: '' }],
      ['only spaces', { q: ' \n ' }],
      ['an empty list', { q: [] }],
    ].map(([how, answers]) => ({ kind, question, how, answers })),
  ),
)('$kind, $how: a required answer is asked for, an optional one is not kept', ({ question, answers }) => {
  expect(faultsIn(required(question), answers)).toEqual([['q', ASKS[question.type]]]);
  expect(answered(question, answers)).toEqual({});
});

test('without any answers at all, what is required is still asked for', () => {
  expect(faultsIn(required(text), undefined)).toEqual([['q', ASKS.text]]);
  expect(answered(text, undefined)).toEqual({});
});

test.each([
  ['an answer that is not among the options', choice, { q: 'Steak' }, 'q'],
  ['one that is there twice in the form', choice, { q: ['Soup', 'Salad'] }, 'q'],
  ['one of several that is not among them', choices, { q: ['Soup', 'Steak'] }, 'q.1'],
  ['more answers than options', choices, { q: Array(99).fill('Soup') }, 'q'],
  ['neither yes nor no', yesNo, { q: 'maybe' }, 'q'],
  ['true in place of yes', yesNo, { q: true }, 'q'],
  ['a text given twice', text, { q: ['a', 'b'] }, 'q'],
  ['a number', text, { q: 5 }, 'q'],
  ['nothing, said with null', text, { q: null }, 'q'],
  ['a text of 1,001 characters', text, { q: 'a'.repeat(1001) }, 'q'],
  ['a text with a bidi control', text, { q: 'abc\u202etxt' }, 'q'],
  ['answers that are a list', text, ['a'], ''],
  ['answers that are a text', text, 'a', ''],
  ['an answer to no question', text, { other: 'a' }, ''],
  ['an answer to a question no object can have', text, JSON.parse('{"__proto__":"a"}'), ''],
])('%s is refused at its place', (_, question, answers, place) => {
  expect(faultsIn(question, answers).map(([path]) => path)).toEqual([place]);
});

test('a text of 1,000 characters fits, whatever they take in memory', () => {
  const long = '🥗'.repeat(1000);
  expect(answered(text, { q: long })).toEqual({ q: long });
});

const faultsOf = (given: Partial<z.input<typeof Question>>) =>
  (Question.safeParse({ id: 'q', label: 'Q', type: 'text', ...given }).error?.issues ?? []).map(({ path }) => path[0]);

test.each([
  ['an id with capitals', { id: 'Diet' }, ['id']],
  ['an id that starts with a digit', { id: '1st' }, ['id']],
  ['the id every object has', { id: 'constructor' }, ['id']],
  ['no label', { label: ' ' }, ['label']],
  ['a choice of one', { type: 'choice', options: ['A'] }, ['options']],
  ['a choice of nothing', { type: 'choices' }, ['options']],
  ['the same option twice', { type: 'choice', options: ['A', 'B', 'A '] }, ['options']],
  ['options of a text', { options: ['A', 'B'] }, ['options']],
  ['options of yes or no', { type: 'yes-no', options: ['A', 'B'] }, ['options']],
  ['a text as segment', { segment: true }, ['segment']],
] as const)('%s makes no question', (_, given, fields) => {
  expect(faultsOf(given as Partial<z.input<typeof Question>>)).toEqual(fields);
});

test('whatever has a fixed set of answers can segment an audience', () => {
  expect(faultsOf({ type: 'yes-no', segment: true })).toEqual([]);
  expect(faultsOf({ type: 'choice', options: ['A', 'B'], segment: true })).toEqual([]);
});
