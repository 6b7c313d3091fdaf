import { expect, test } from 'vitest';
import { Question } from '#shared/domain/question.ts';
import { registrationForm } from '#shared/domain/registration-details.ts';

const DIET = Question.parse({ id: 'diet', label: 'Diet', type: 'text', required: true });
const filledIn = { name: 'Ada Lovelace', email: 'ada@example.org' };

const faultsIn = (given: object, questions: Question[] = []) =>
  (registrationForm(questions).safeParse(given).error?.issues ?? []).map(({ path, message }) => [
    path.join('.'),
    message,
  ]);

test('name and address are enough', () => {
  expect(registrationForm([]).parse(filledIn)).toEqual({ ...filledIn, answers: {} });
});

test('everything a person may say is kept, trimmed; what they left empty is not', () => {
  const form = registrationForm([DIET]).parse({
    name: '  Ada   Lovelace ',
    email: ' Ada@Example.ORG ',
    organisation: 'Analytical Engines & Co.',
    jobTitle: '',
    answers: { diet: 'None' },
    timeZone: 'Asia/Kolkata',
  });
  expect(form).toEqual({
    name: 'Ada Lovelace',
    email: 'ada@example.org',
    organisation: 'Analytical Engines & Co.',
    jobTitle: undefined,
    answers: { diet: 'None' },
    timeZone: 'Asia/Kolkata',
  });
});

test('each field that is missing is named, with what to do', () => {
  expect(faultsIn({}, [DIET])).toEqual([
    ['name', 'Enter your name'],
    ['email', 'Enter an email address like name@example.org'],
    ['answers.diet', 'Enter your answer to “Diet”'],
  ]);
});

test('a required answer is asked for even if no answers came at all', () => {
  expect(faultsIn(filledIn, [DIET]).map(([path]) => path)).toEqual(['answers.diet']);
});

test.each([
  ['an empty name', { name: ' ' }, 'name'],
  ['a list of names', { name: ['Ada', 'Bob'] }, 'name'],
  ['a name of 101 characters', { name: 'a'.repeat(101) }, 'name'],
  ['a number as address', { email: 7 }, 'email'],
  ['an address of 1 MB', { email: `${'a'.repeat(1_000_000)}@example.org` }, 'email'],
  ['an organisation in two lines', { organisation: 'A\nB' }, 'organisation'],
  ['an organisation of 161 characters', { organisation: 'a'.repeat(161) }, 'organisation'],
  ['a job title with half a character', { jobTitle: 'a\ud83d' }, 'jobTitle'],
  ['null as a job title', { jobTitle: null }, 'jobTitle'],
  ['a list of zones', { timeZone: ['UTC', 'UTC'] }, 'timeZone'],
  ['a zone longer than any', { timeZone: 'a'.repeat(65) }, 'timeZone'],
  ['a field nobody asked for', { admin: 'yes' }, ''],
])('%s is refused, and the field named once', (_, given, field) => {
  expect(faultsIn({ ...filledIn, ...given }).map(([path]) => path)).toEqual([field]);
});

test.each(['Mars/Olympus', '+01:00', ''])('an unknown zone (%j) is no reason to refuse a person', (timeZone) => {
  expect(registrationForm([]).parse({ ...filledIn, timeZone }).timeZone).toBeUndefined();
});
