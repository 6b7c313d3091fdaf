import type { Survey, SurveyQuestion } from '#shared/domain/survey.ts';
import type { QuestionResults } from '#shared/domain/survey-results.ts';
import type { Notes } from './field-notes.ts';
import type { SurveyNumbers, SurveyResultsView, SurveyText } from './survey-view.ts';

const survey: Notes<typeof Survey> = {
  anonymous:
    'Whether nobody can tell who said what. An anonymous answer is final; one by name may be changed until the survey closes. It stays as it is once somebody has answered.',
  closesAfter: 'Calendar days after the end until it closes, in the event’s zone; `retentionDays` at most.',
  questions:
    'What it asks, up to 20 questions. Left out: how it was, whether to recommend it, what was most useful, what to better. `[]`: there is no survey, and its campaigns mail nobody. They stay as they are once somebody has answered.',
};

const question: Notes<typeof SurveyQuestion> = {
  id: 'Names the answer; unique within the survey.',
  label: 'The question as people read it.',
  type: 'How it is answered: `rating` from 1 (poor) to 5 (excellent), `nps` from 0 (not at all likely) to 10 (extremely likely), one or several of `options`, or in words.',
  required: 'Whether it must be answered.',
  options: 'What to choose from: for `choice` and `choices` only.',
};

/** What each field of surveys and their results means. */
export const SURVEY_NOTES = {
  Survey: survey,
  SurveyOutput: survey,
  SurveyQuestion: question,
  SurveyQuestionOutput: question,
  SurveyResults: {
    anonymous: 'Whether nobody can tell who said what.',
    opensAt: 'From when people can answer: the end of the event.',
    closesAt: 'Until when.',
    numbers: 'All answers in numbers. With the first page only.',
    texts:
      'One page of what people wrote. A page may hold fewer than `limit`, or more where there are several such questions: `next` says whether there is another.',
    next: 'Where the next page begins.',
  } satisfies Notes<typeof SurveyResultsView>,
  SurveyNumbers: {
    responses: 'How many answered.',
    withheld: 'Why no more is told of anonymous answers: `until-closed`, or `too-few` came.',
    questions: 'Each question, in order; none while they are withheld.',
    confirmed: 'How many had a place.',
    attended: 'How many came, once that is final.',
    responseRate: 'How many answered for each who had a place, 0 to 1.',
  } satisfies Notes<typeof SurveyNumbers>,
  QuestionResults: {
    id: 'Names the question.',
    label: 'The question as people read it.',
    type: 'How it is answered.',
    answered: 'How many answered it.',
    distribution: 'How often each answer was given, in order; not of what was answered in words.',
    mean: 'The mean of the points, of `rating` and `nps`; rounded to hundredths.',
    nps: 'The Net Promoter Score: percent of promoters (9, 10) less percent of detractors (0 to 6), from −100 to 100.',
  } satisfies Notes<typeof QuestionResults>,
  SurveyText: {
    question: 'The id of the question.',
    text: 'What somebody wrote.',
  } satisfies Notes<typeof SurveyText>,
};
