import { csvLine } from '#shared/csv/csv-line.ts';
import { DEFAULT_SURVEY } from '#shared/domain/survey.ts';
import type { SurveyAnswers } from '#shared/domain/survey-answer.ts';
import { FEWEST_SHOWN, resultsOf } from '#shared/domain/survey-results.ts';
import { totalsOf } from '#shared/domain/survey-totals.ts';
import type { RouteDocs } from '#shared/http/route.ts';
import { SurveyResultsView } from './survey-view.ts';

const tag = 'Survey';

const ANONYMOUS = `Of an **anonymous** survey nothing but the number of answers is shown until it has closed, and nothing more after that unless ${FEWEST_SHOWN} people or more have answered: while it is open, whoever looks twice sees what the one person said who answered in between.`;

const GIVEN: SurveyAnswers[] = [
  { overall: 5, recommend: 10, 'most-useful': 'The gauge readings from other towns.' },
  { overall: 4, recommend: 8, improve: 'A longer break.' },
  { overall: 4, recommend: 6 },
];
const answers = GIVEN.map((given) => ({ answerId: 'not shown', answeredOn: '2026-02-19', answers: given }));

const example = (): SurveyResultsView => ({
  anonymous: false,
  opensAt: '2026-02-19T13:00:00Z',
  closesAt: '2026-03-05T13:00:00Z',
  numbers: {
    ...resultsOf(DEFAULT_SURVEY, totalsOf(DEFAULT_SURVEY.questions, answers), true),
    confirmed: 212,
    attended: 161,
    responseRate: 0.014,
  },
  texts: [
    { question: 'most-useful', text: 'The gauge readings from other towns.' },
    { question: 'improve', text: 'A longer break.' },
  ],
});

export const surveyResultsDocs: RouteDocs = {
  operationId: 'getSurveyResults',
  tag,
  summary: 'What people answered',
  description: `The numbers of all answers, with the first page only, and page by page what people wrote in their own words, in an order that says nothing of when they answered or who they are. ${ANONYMOUS} Once people’s data is deleted, the numbers stay.`,
  answer: { status: 200, description: 'The results.', schema: SurveyResultsView, example },
};

export const surveyCsvDocs: RouteDocs = {
  operationId: 'getSurveyResultsCsv',
  tag,
  summary: 'What people answered, as a file for spreadsheets',
  description: `A line for each answer, a column for each question; UTF-8. Where people answer by name, there is the day, and for keys with \`registrations:read\` who it was. What a spreadsheet would run as a formula has an apostrophe before it. ${ANONYMOUS} More answers than fit into one answer of this API are a 413, unless \`parts=true\` is asked for: then \`Link\` leads to the next part.`,
  answer: {
    status: 200,
    description: 'The file, or a part of it.',
    headers: { link: 'Where the next part is, with `rel="next"`, if there is one.' },
    csv: [
      csvLine(['answeredOn', ...DEFAULT_SURVEY.questions.map(({ label }) => label)]),
      csvLine(['2026-02-19', '5', '10', 'The gauge readings from other towns.', '']),
    ].join(''),
  },
  refusals: ['survey-withheld', 'too-many-answers'],
};
