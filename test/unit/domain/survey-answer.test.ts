import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_SURVEY, Survey, type SurveyQuestion } from '#shared/domain/survey.ts';
import { surveyAnswerOf, surveyAnswersTo, unanswerableBecause } from '#shared/domain/survey-answer.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';

const { questions } = Survey.parse({
  questions: [
    { id: 'overall', label: 'How was it?', type: 'rating', required: true },
    { id: 'recommend', label: 'Would you?', type: 'nps' },
    { id: 'pace', label: 'The pace?', type: 'choice', options: ['Slow', 'Fast'] },
    { id: 'parts', label: 'Which parts?', type: 'choices', options: ['One', 'Two'] },
    { id: 'improve', label: 'What else?', type: 'text' },
  ],
});
const faults = (given: unknown, asked: readonly SurveyQuestion[] = questions) =>
  (surveyAnswersTo(asked).safeParse(given).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]);

describe('an answer', () => {
  test('is kept as what it is: points of scales as numbers, options as they read, several in a list', () => {
    const given = {
      overall: '4',
      recommend: '10',
      pace: 'Slow',
      parts: ['Two', 'Two'],
      improve: ' More.\r\nTea. ',
    };
    expect(surveyAnswersTo(questions).parse(given)).toEqual({
      overall: 4,
      recommend: 10,
      pace: 'Slow',
      parts: ['Two'],
      improve: 'More.\nTea.',
    });
  });

  test('leaves out what was left empty', () => {
    const given = { overall: '1', recommend: '', pace: '', parts: [], improve: '  ' };
    expect(surveyAnswersTo(questions).parse(given)).toEqual({ overall: 1 });
  });

  test.each<[string, object, string, RegExp]>([
    [
      'nothing where something is asked for',
      { recommend: '3' },
      'overall',
      /^Choose a number from 1 to 5 for “How was/,
    ],
    ['too low', { overall: '0' }, 'overall', /from 1 to 5/],
    ['too high', { overall: '1', recommend: '11' }, 'recommend', /from 0 to 10/],
    ['half a point', { overall: '4.5' }, 'overall', /from 1 to 5/],
    ['a point in other figures', { overall: '٤' }, 'overall', /from 1 to 5/],
    ['words on a scale', { overall: 'good' }, 'overall', /from 1 to 5/],
    ['a number that is none of ours', { overall: '1', recommend: '1e1' }, 'recommend', /from 0 to 10/],
    ['no option of ours', { overall: '1', pace: 'Medium' }, 'pace', /^Choose one/],
    ['an inherited name', { overall: '1', pace: 'toString' }, 'pace', /^Choose one/],
    ['one wrong of several', { overall: '1', parts: ['One', 'Three'] }, 'parts.1', /^Choose/],
    ['2,001 characters', { overall: '1', improve: 'é'.repeat(2001) }, 'improve', /2000 characters or fewer/],
    ['hidden characters', { overall: '1', improve: 'a\u202eb' }, 'improve', /hidden/],
    ['a list of words', { overall: '1', improve: ['a'] }, 'improve', /must be text/],
  ])('is not %s', (_, given, field, message) => {
    expect(faults(given)).toEqual([[field, expect.stringMatching(message)]]);
  });

  test('answers one question at least', () => {
    const free = questions.filter(({ required }) => !required);
    expect(faults({ improve: ' ' }, free)).toEqual([['', 'Answer at least one question']]);
    expect(faults({ pace: 'Medium' }, free)).toHaveLength(1);
  });

  test('whatever is sent is taken or named, never thrown', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...questions.map(({ id }) => id), 'other'), fc.anything()), (given) => {
        const parsed = surveyAnswersTo(questions).safeParse(given);
        return parsed.success ? questions.some(({ id }) => id in parsed.data) : parsed.error.issues.length > 0;
      }),
    );
  });
});

describe('who may answer', () => {
  const event = anEvent();
  const after = Date.parse('2027-02-18T13:00:00Z');
  const row = aRegistration();

  test('whoever had a place, from the end until it closes', () => {
    expect(unanswerableBecause(event, row, after)).toBeUndefined();
    expect(unanswerableBecause(event, row, after - 1)).toContain('not open');
    expect(unanswerableBecause(event, row, after + 15 * 86_400_000)).toContain('not open');
    expect(unanswerableBecause({ ...event, survey: NO_SURVEY }, row, after)).toContain('not open');
  });

  test.each([
    ['cancelled', 'you gave yours up'],
    ['waitlisted', 'you were on the waiting list'],
    ['applied', 'people who had a place'],
  ] as const)('not who was %s, and they read why', (status, sentence) => {
    expect(unanswerableBecause(event, { ...row, status }, after)).toContain(sentence);
  });

  test('by name as often as they like, anonymously once', () => {
    const answered = { ...row, answeredSurvey: true };
    expect(unanswerableBecause(event, answered, after)).toBeUndefined();
    const anonymous = { ...event, survey: { ...event.survey, anonymous: true } };
    expect(unanswerableBecause(anonymous, row, after)).toBeUndefined();
    expect(unanswerableBecause(anonymous, answered, after)).toContain('anonymous and final');
  });
});

describe('what is kept', () => {
  // In Auckland it is the 19th already.
  const event = anEvent({ timeZone: 'Pacific/Auckland', startsAt: '2027-02-19T09:00', endsAt: '2027-02-19T10:00' });
  const given = { answers: { overall: 5 }, now: Date.parse('2027-02-18T22:30:00Z'), word: 'by-chance' };
  const row = aRegistration();

  test('by name: the person, and the day where the event was', () => {
    const { registrationId } = row;
    const kept = { answerId: registrationId, registrationId, answeredOn: '2027-02-19', answers: { overall: 5 } };
    expect(surveyAnswerOf(event, row, given)).toEqual(kept);
  });

  test('anonymously: nothing of the person, and no instant', () => {
    const anonymous = { ...event, survey: { ...event.survey, anonymous: true } };
    const kept = surveyAnswerOf(anonymous, row, given);
    expect(kept).toEqual({ answerId: 'by-chance', answeredOn: '2027-02-19', answers: { overall: 5 } });
  });
});
