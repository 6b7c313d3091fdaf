import { describe, expect, test } from 'vitest';
import { DEFAULT_SURVEY, NO_SURVEY, pointsOf, Survey, type SurveyQuestion } from '#shared/domain/survey.ts';
import { surveyBarrier, surveyClosesInstant, surveyPhaseOf } from '#shared/domain/survey-phase.ts';
import { anEvent } from '#test/support/builders.ts';

const faults = (questions: unknown) =>
  (Survey.safeParse({ questions }).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]);
const question = { id: 'pace', label: 'How was the pace?', type: 'choice', options: ['Slow', 'Fast'] };

describe('what a survey asks', () => {
  test('left out, it asks how it was, whether to recommend it, what was useful and what to better', () => {
    expect(Survey.parse({}).questions.map(({ id, type, required }) => [id, type, required])).toEqual([
      ['overall', 'rating', true],
      ['recommend', 'nps', false],
      ['most-useful', 'text', false],
      ['improve', 'text', false],
    ]);
  });

  test('may be up to twenty questions of five types', () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `q${i}`, label: 'Well?', type: 'text' }));
    expect(faults(many(20))).toEqual([]);
    expect(faults(many(21))).toEqual([['questions', expect.any(String)]]);
    expect(Survey.parse({ questions: [question] }).questions).toEqual([{ ...question, required: false }]);
    expect(Survey.parse({ questions: [] })).toEqual(NO_SURVEY);
  });

  test.each<[string, unknown, string]>([
    ['an unknown type', [{ ...question, type: 'stars' }], 'questions.0.type'],
    ['an answer for mail to choose people by', [{ ...question, segment: true }], 'questions.0'],
    ['one option', [{ ...question, options: ['Slow'] }], 'questions.0.options'],
    ['the same option twice', [{ ...question, options: ['Slow', 'Slow'] }], 'questions.0.options'],
    ['options of a rating', [{ ...question, type: 'rating' }], 'questions.0.options'],
    ['two of one id', [question, { ...question, label: 'Again?' }], 'questions'],
    ['an id that every object has', [{ ...question, id: 'constructor' }], 'questions.0.id'],
    ['no label', [{ ...question, label: ' ' }], 'questions.0.label'],
  ])('but not %s', (_, questions, field) => {
    expect(faults(questions)).toEqual([[field, expect.any(String)]]);
  });

  test('a rating goes from 1 to 5, the likelihood of a recommendation from 0 to 10', () => {
    expect(pointsOf('rating')).toEqual([1, 2, 3, 4, 5]);
    expect(pointsOf('nps')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('when a survey is open', () => {
  const END = Date.parse('2027-03-27T13:00:00Z');
  const event = anEvent({ startsAt: '2027-03-27T09:00', endsAt: '2027-03-27T13:00' });

  test('from the end of the event, for so many calendar days in its zone, whatever clocks do in between', () => {
    expect(surveyPhaseOf(event, END - 1)).toBe('ahead');
    expect(surveyPhaseOf(event, END)).toBe('open');
    // London puts its clocks forward on the 28th.
    const closes = Date.parse('2027-04-10T12:00:00Z');
    expect(surveyClosesInstant(event)).toBe('2027-04-10T12:00:00Z');
    expect(surveyPhaseOf(event, closes - 1)).toBe('open');
    expect(surveyPhaseOf(event, closes)).toBe('closed');
  });

  test('never longer than what is kept about its people', () => {
    expect(surveyClosesInstant({ ...event, retentionDays: 3 })).toBe('2027-03-30T12:00:00Z');
    expect(surveyPhaseOf({ ...event, purgingAt: '2027-03-28T00:00:00Z' }, END + 1000)).toBe('closed');
  });

  test.each(['cancelled', 'postponed'] as const)('never while it is %s', (state) => {
    for (const at of [END - 1, END, END + 30 * 86_400_000]) expect(surveyPhaseOf({ ...event, state }, at)).toBe(state);
  });

  test('never where nothing is asked', () => {
    for (const at of [END - 1, END]) expect(surveyPhaseOf({ ...event, survey: NO_SURVEY }, at)).toBe('none');
  });
});

describe('once somebody has answered', () => {
  const now = Date.parse('2027-02-20T13:00:00Z');
  const closed = Date.parse('2027-03-20T13:00:00Z');
  const asking = (other: Partial<Survey>) => anEvent({ survey: { ...DEFAULT_SURVEY, ...other } });
  const [first, ...rest] = DEFAULT_SURVEY.questions as [SurveyQuestion, ...SurveyQuestion[]];

  test.each<[string, Partial<Survey>, string]>([
    ['other words', { questions: [{ ...first, label: 'How was it?' }, ...rest] }, 'survey/questions'],
    ['another type', { questions: [{ ...first, type: 'nps' }, ...rest] }, 'survey/questions'],
    ['another order', { questions: [...rest, first] }, 'survey/questions'],
    ['a question less', { questions: rest }, 'survey/questions'],
    ['no survey at all', { questions: [] }, 'survey/questions'],
    ['a question that must be answered', { questions: [{ ...first, required: false }, ...rest] }, 'survey/questions'],
    ['answers without names', { anonymous: true }, 'survey/anonymous'],
  ])('%s has to wait for the next event', (_, other, field) => {
    expect(surveyBarrier(asking({}), asking(other), now)).toMatchObject({ field });
  });

  test('what leaves the questions alone does not, however the fields of a question are sorted', () => {
    const sorted = DEFAULT_SURVEY.questions.map(
      (each) => Object.fromEntries(Object.entries(each).toSorted()) as unknown as SurveyQuestion,
    );
    expect(surveyBarrier(asking({}), asking({ closesAfter: 'P30D', questions: sorted }), closed)).toBeUndefined();
    expect(surveyBarrier(asking({}), { ...asking({}), title: 'Another' }, now)).toBeUndefined();
  });

  test('an anonymous survey that has closed stays closed; one that is open may be longer or shorter', () => {
    const anonymous = (closesAfter: string) => asking({ anonymous: true, closesAfter });
    expect(surveyBarrier(anonymous('P14D'), anonymous('P60D'), closed)).toMatchObject({ field: 'survey/closesAfter' });
    const kept = (retentionDays: number) => ({ ...anonymous('P60D'), retentionDays });
    expect(surveyBarrier(kept(14), kept(60), closed)).toMatchObject({ field: 'survey/closesAfter' });
    expect(surveyBarrier(anonymous('P14D'), anonymous('P60D'), now)).toBeUndefined();
    expect(surveyBarrier(anonymous('P14D'), anonymous('P1D'), now)).toBeUndefined();
    expect(surveyBarrier(anonymous('P14D'), anonymous('P20D'), closed)).toBeUndefined();
  });
});
