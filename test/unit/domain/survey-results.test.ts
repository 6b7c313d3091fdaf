import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Survey } from '#shared/domain/survey.ts';
import type { SurveyAnswer, SurveyAnswers } from '#shared/domain/survey-answer.ts';
import { resultsOf, SurveyResults } from '#shared/domain/survey-results.ts';
import { added, NO_TOTALS, type SurveyTotals, totalsOf } from '#shared/domain/survey-totals.ts';

const OPTIONS = ['Slow', '__proto__', 'constructor'];
const survey = Survey.parse({
  questions: [
    { id: 'overall', label: 'How was it?', type: 'rating' },
    { id: 'recommend', label: 'Would you?', type: 'nps' },
    { id: 'pace', label: 'The pace?', type: 'choice', options: OPTIONS },
    { id: 'parts', label: 'Which parts?', type: 'choices', options: OPTIONS },
    { id: 'improve', label: 'What else?', type: 'text' },
  ],
});
const { questions } = survey;
const said = (answers: SurveyAnswers): SurveyAnswer => ({ answerId: 'a', answeredOn: '2027-02-18', answers });
const results = (all: readonly SurveyAnswers[], other: Partial<Survey> = {}, hasClosed = true) =>
  resultsOf({ ...survey, ...other }, totalsOf(questions, all.map(said)), hasClosed);
const one = (id: string, all: readonly SurveyAnswers[]) => results(all).questions.find((each) => each.id === id);

const plain = ({ responses, questions: tallies }: SurveyTotals) => ({
  responses,
  questions: [...tallies]
    .map(([id, { answered, counts }]) => ({ id, answered, counts: [...counts].toSorted() }))
    .toSorted((a, b) => a.id.localeCompare(b.id)),
});

const someAnswer = fc
  .record(
    {
      overall: fc.integer({ min: 1, max: 5 }),
      recommend: fc.integer({ min: 0, max: 10 }),
      pace: fc.constantFrom(...OPTIONS),
      parts: fc.uniqueArray(fc.constantFrom(...OPTIONS), { minLength: 1 }),
      improve: fc.string({ minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .map((answers) => said(answers as SurveyAnswers));

test('however answers are split into pages, and in whatever order pages come, they count the same', () => {
  fc.assert(
    fc.property(fc.array(fc.array(someAnswer), { minLength: 1 }), fc.nat(), (pages, turn) => {
      const totals = pages.map((page) => totalsOf(questions, page));
      const at = turn % pages.length;
      const turned = [...totals.slice(at), ...totals.slice(0, at)];
      const whole = plain(totalsOf(questions, pages.flat()));
      for (const order of [totals, turned]) expect(plain(order.reduce(added, NO_TOTALS))).toEqual(whole);
    }),
  );
});

test('whatever is answered: every answer is counted once, means lie within their scale, the score within −100 and 100', () => {
  fc.assert(
    fc.property(fc.array(someAnswer), (answers) => {
      const result = SurveyResults.parse(resultsOf(survey, totalsOf(questions, answers), true));
      expect(result.responses).toBe(answers.length);
      for (const { id, answered, distribution = [], mean, type } of result.questions) {
        const given = answers.map((each) => each.answers[id]).filter((each) => each !== undefined);
        expect(answered).toBe(given.length);
        if (type !== 'text') expect(distribution.reduce((sum, { count }) => sum + count, 0)).toBe(given.flat().length);
        if (mean !== undefined) expect(mean >= 0 && mean <= (type === 'rating' ? 5 : 10)).toBe(true);
      }
    }),
  );
});

describe('a question in numbers', () => {
  test('a rating has its mean, and how often each point was given, those nobody gave too', () => {
    expect(one('overall', [{ overall: 5 }, { overall: 4 }, { overall: 4 }, { pace: 'Slow' }])).toEqual({
      id: 'overall',
      label: 'How was it?',
      type: 'rating',
      answered: 3,
      mean: 4.33,
      distribution: [1, 2, 3, 4, 5].map((n) => ({ answer: String(n), count: n === 4 ? 2 : n === 5 ? 1 : 0 })),
    });
  });

  test.each<[number[], number]>([
    [[10, 9], 100],
    [[0, 6], -100],
    [[7, 8], 0],
    [[9, 6], 0],
    [[10, 10, 9, 8, 7, 3], 33],
    [[9, 8, 8, 6, 6, 0], -33],
    [[...Array(200).fill(7), 6], 0],
  ])('the net promoter score of %j is %d: promoters less detractors, of all who answered', (points, score) => {
    const all = points.map((recommend) => ({ recommend }));
    const counted = {
      promoters: points.filter((n) => n >= 9).length,
      passives: points.filter((n) => n === 7 || n === 8).length,
      detractors: points.filter((n) => n <= 6).length,
    };
    expect(one('recommend', all)?.nps).toEqual({ score, ...counted });
  });

  test('of several options chosen each is counted, and the person once', () => {
    const all = [{ parts: ['Slow', '__proto__'] }, { parts: ['__proto__'] }];
    expect(one('parts', all)).toMatchObject({
      answered: 2,
      distribution: [
        { answer: 'Slow', count: 1 },
        { answer: '__proto__', count: 2 },
        { answer: 'constructor', count: 0 },
      ],
    });
  });

  test('nobody’s words are among the numbers', () => {
    const written = results([{ improve: 'More tea' }, { improve: 'More tea' }]);
    expect(written.questions.at(-1)).toEqual({ id: 'improve', label: 'What else?', type: 'text', answered: 2 });
    expect(JSON.stringify(written)).not.toContain('tea');
  });

  test('of no answers there is neither mean nor score', () => {
    for (const id of ['overall', 'recommend']) {
      expect(one(id, [])).toMatchObject({ answered: 0 });
      expect(one(id, [])).not.toHaveProperty('mean');
      expect(one(id, [])).not.toHaveProperty('nps');
    }
  });
});

describe('anonymous answers', () => {
  const answers = (n: number) => Array.from({ length: n }, () => ({ overall: 3 }));
  const anonymous = { anonymous: true };

  test('are told by their number alone while the survey is open: who looks twice would see what one person said', () => {
    expect(results(answers(50), anonymous, false)).toEqual({ responses: 50, withheld: 'until-closed', questions: [] });
  });

  test('stay untold where fewer than five came, for good', () => {
    expect(results(answers(4), anonymous)).toEqual({ responses: 4, withheld: 'too-few', questions: [] });
    expect(results(answers(5), anonymous)).toMatchObject({ responses: 5, questions: [{ mean: 3 }, {}, {}, {}, {}] });
    expect(results(answers(5), anonymous)).not.toHaveProperty('withheld');
  });

  test('by name nothing is withheld', () => {
    expect(results(answers(1), {}, false)).toMatchObject({ responses: 1, questions: [{ mean: 3 }, {}, {}, {}, {}] });
  });
});
