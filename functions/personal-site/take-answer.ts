import { randomWord } from '#shared/domain/ids.ts';
import { asksTheSame } from '#shared/domain/survey.ts';
import { type SurveyAnswers, surveyAnswerOf, unanswerableBecause } from '#shared/domain/survey-answer.ts';
import { type Epoch, epochOf } from '#shared/domain/time.ts';
import type { LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';

type Deps = Pick<PersonalDeps, 'events' | 'registrations' | 'surveyAnswers' | 'now' | 'chance' | 'sleep'>;

/** Why an answer was not taken, as a page says it. */
export interface NotTaken {
  readonly status: 409 | 503;
  readonly said: string;
}

/** All answers to a survey look at its event, and DynamoDB lets one at a time do so. */
const TRIES = 8;
const PAUSE = 25;

/** Takes a person's answer to what they were asked. Without a reason why not, it is kept. */
export async function takeAnswer(
  deps: Deps,
  found: LinkHolderFound,
  answers: SurveyAnswers,
): Promise<NotTaken | undefined> {
  const word = randomWord(24, deps.chance);
  let { event, registration } = found;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const provedAt = provedBy(event, deps.now());
    const said = unanswerableBecause(event, registration, deps.now());
    if (said) return { status: 409, said };
    const answer = { ...surveyAnswerOf(event, registration, { answers, now: deps.now(), word }), provedAt };
    if ((await deps.surveyAnswers.keep(event, registration, answer)) === 'kept') return undefined;

    await deps.sleep(PAUSE * attempt * (1 + (deps.chance(1)[0] ?? 0) / 256));
    const [eventNow, rowNow] = await Promise.all([
      deps.events.get(event.eventId, { consistent: true }),
      deps.registrations.get(event.eventId, registration.registrationId),
    ]);
    if (!eventNow || !rowNow) return { status: 409, said: 'Your answer was not taken: your registration is deleted.' };
    if (isOther(eventNow, event)) return SURVEY_CHANGED;
    [event, registration] = [eventNow, rowNow];
  }
  return { status: 503, said: BUSY };
}

/** When an answer proves the address. An anonymous one must leave no moment behind, so it counts as of the end of the event. */
const provedBy = ({ survey, endInstant }: LinkHolderFound['event'], now: number): Epoch =>
  survey.anonymous ? epochOf(endInstant) : Math.floor(now / 1000);

/** Whether it is another survey than the one that was answered. */
const isOther = (one: LinkHolderFound['event'], other: LinkHolderFound['event']): boolean =>
  one.survey.anonymous !== other.survey.anonymous || !asksTheSame(one.survey, other.survey);

/** What a page says whose survey is another by now. */
export const SURVEY_CHANGED: NotTaken = {
  status: 409,
  said: 'The organiser has changed the survey since you opened this page. Please look through it, then send it again.',
};

const BUSY = 'Many people are answering at this moment, and yours did not get through. Please press the button again.';
