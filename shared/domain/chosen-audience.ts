import type { Audience, KeptAudience } from './audience.ts';
import type { Campaign } from './campaign.ts';
import { chosenBy } from './choices.ts';
import { Refusal } from './errors.ts';
import type { Event } from './event.ts';
import { currentLabel, lastLabel, optionCalled, optionsEver } from './option.ts';
import type { Question } from './question.ts';
import type { Registration } from './registration.ts';

/* Whom an audience means by what people chose: kept by the ids of the options, which stay when their names change. */

/** An audience as it is kept. Say first whether it can be: see `audienceFault`. */
export function keptAudience({ answers, ...audience }: Audience, event: Asking): KeptAudience {
  if (!answers) return audience;
  const chose = Object.entries(answers).map(([questionId, names]) => {
    const question = askedAs(questionId, event);
    return [questionId, names.map((name) => (question && optionNamed(question, name)) ?? name)] as const;
  });
  return { ...audience, chose: Object.fromEntries(chose) };
}

/** An audience as an organiser reads it: options by what they are called now, or were last. */
export function writtenAudience({ chose, ...audience }: KeptAudience, event: Asking): Audience {
  if (!chose) return audience;
  const answers = Object.entries(chose).map(([questionId, ids]) => {
    const question = askedEver(questionId, event);
    return [questionId, ids.map((id) => (question && lastLabel(question, id)) ?? id)] as const;
  });
  return { ...audience, answers: Object.fromEntries(answers) };
}

type Asking = Pick<Event, 'questions' | 'retired' | 'sorted'>;
/** The question of this id that is asked now. */
export const askedAs = (questionId: string, { questions }: Asking) => questions.find(({ id }) => id === questionId);
const askedEver = (questionId: string, event: Asking) =>
  askedAs(questionId, event) ?? event.retired?.find(({ id }) => id === questionId);

/** An option by what it is called, else by its id; undefined where it is neither. */
export function optionNamed(question: Question, name: string): string | undefined {
  const known = optionsEver(question);
  return optionCalled(question, name) ?? known.find(({ id }) => id === name)?.id;
}

/** What people must have chosen: of each question, one of these options. */
const wantedIn = ({ chose, answers = {} }: KeptAudience, event: Asking): (readonly [string, readonly string[]])[] => [
  ...Object.entries(chose ?? {}),
  ...Object.entries(keptAudience({ answers }, event).chose ?? {}),
];

/** The questions it asks about that are asked now. */
export const askedBy = (audience: KeptAudience, event: Asking): Question[] =>
  wantedIn(audience, event).flatMap(([questionId]) => askedAs(questionId, event) ?? []);

/** Whether it asks for answers that not all rows keep yet: nobody can be told from the others before that is so. */
export const waitsForAnswers = (audience: KeptAudience | undefined, event: Asking): boolean =>
  audience !== undefined &&
  wantedIn(audience, event).some(
    ([questionId]) => askedAs(questionId, event)?.segment === true && !event.sorted?.includes(questionId),
  );

/** Whether it is not known yet if this person belongs to it: a row of an earlier version was not met yet. */
export const isUnsorted = (
  row: Pick<Registration, 'segments'>,
  audience: KeptAudience | undefined,
  event: Asking,
): boolean =>
  audience !== undefined &&
  (waitsForAnswers(audience, event) || (row.segments !== undefined && wantedIn(audience, event).length > 0));

/** What it asks for that nobody can choose any more, as words: “Vegan” of “Diet”. */
export function lostAnswers(audience: KeptAudience, event: Asking): string[] {
  return wantedIn(audience, event).flatMap(([questionId, wanted]) => {
    const question = askedAs(questionId, event);
    if (!question?.segment) return [`“${askedEver(questionId, event)?.label ?? questionId}”`];
    const lost = wanted.filter((id) => currentLabel(question, id) === undefined);
    return lost.map((id) => `“${lastLabel(question, id) ?? id}” of “${question.label}”`);
  });
}

/** Whether this person chose what it asks for. A question that is asked for audiences no more tells nobody from another. */
export const choseWanted = (row: Pick<Registration, 'chose'>, audience: KeptAudience, event: Asking): boolean =>
  wantedIn(audience, event).every(
    ([questionId, wanted]) =>
      askedAs(questionId, event)?.segment === true && chosenBy(row, questionId).some((id) => wanted.includes(id)),
  );

/** Throws `invalid-options` where an edit takes from the form what a campaign that may send asks for: it would reach fewer, or nobody. */
export function ensureStillAsked(campaigns: readonly Campaign[], before: Event, after: Event): void {
  for (const { campaignId, name, state, audience } of campaigns) {
    if (state === 'draft') continue;
    const known = lostAnswers(audience, before);
    const lost = lostAnswers(audience, after).find((each) => !known.includes(each));
    if (lost === undefined) continue;
    const why = `Campaign ${campaignId}, “${name}”, is for who chose ${lost}: give it another audience first, or make it a draft`;
    throw new Refusal('invalid-options', why, 'questions');
  }
}
