import { editEvent } from '#shared/domain/edit-event.ts';
import type { Event } from '#shared/domain/event.ts';
import { optionCalled } from '#shared/domain/option.ts';
import { Question } from '#shared/domain/question.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { aText } from '#test/support/builders.ts';
import type { Dice } from './dice.ts';
import type { History } from './history.ts';

/*
 * What people choose on the form, and what becomes of the options. An option means its first word, whatever follows it
 * when it is renamed: so the judge reads off a person's words what they chose, and needs no id to do so.
 */

/** The campaign that is for who chose one option, and what that means. */
export const BY_ANSWER = '6';
const WANTED = 'vegan';
const MEANINGS = ['none', WANTED, 'halal', 'fish', 'pasta'] as const;
const QUESTION = 'diet';

const asked = (options: unknown[]): Question =>
  Question.parse({ id: QUESTION, label: 'Diet', type: 'choice', options, segment: true });
export const FIRST_FORM = asked(['none', WANTED, 'halal']);
export const AUDIENCE = { answers: { [QUESTION]: [WANTED] } };

const meaningOf = (words: unknown): string => String(words).split(' ')[0] ?? '';

/** What somebody answers who sees the form as it is: mostly something. */
export const answersOf = (event: Event | undefined, chance: Dice): Record<string, string> => {
  const options = event?.questions[0]?.options ?? [];
  return options.length === 0 || chance.happens(0.15) ? {} : { [QUESTION]: chance.pick(options) };
};

/** An edit of the options: one is put in, renamed by its id or taken out, and they come in another order. */
export function otherOptions(event: Event, chance: Dice): Event {
  const [question] = event.questions;
  if (!question) return event;
  const given = question.options.map((label) => ({ id: optionCalled(question, label) ?? '', label }));
  const renamed = given.map((option) =>
    chance.happens(0.4) ? { ...option, label: `${meaningOf(option.label)} ${chance.whole(1, 9999)}` } : option,
  );
  const stays = renamed.filter(({ label }) => meaningOf(label) === WANTED || chance.happens(0.85));
  const missing = MEANINGS.find((meaning) => !stays.some(({ label }) => meaningOf(label) === meaning));
  const ever = question.known ?? [];
  // A name that stood for an option is that option's for good: whoever wants it back names it.
  const back = missing && ever.findLast(({ label }) => meaningOf(label) === missing);
  const options = [...stays, ...(missing ? [back ?? missing] : [])];
  const sorted = [...options].sort(() => chance.next() - 0.5);
  return editEvent(event, aText(), { questions: [asked(sorted)] }).event;
}

/** Whether this person said so, at any moment since then. */
const said = (past: History, { eventId, registrationId }: Whose, since: number, is: (meaning: string) => boolean) =>
  past.everSince(keys.answers(eventId, registrationId), since, (item) =>
    is(meaningOf((item?.answers as Record<string, string> | undefined)?.[QUESTION])),
  );
interface Whose {
  readonly eventId: string;
  readonly registrationId: string;
}

/** Whether this person chose what the campaign is for, at any moment since then. */
export const choseIt = (past: History, whose: Whose, since: number): boolean =>
  said(past, whose, since, (meaning) => meaning === WANTED);
/** Whether they chose something else, or nothing, at any moment since then. */
export const choseAnother = (past: History, whose: Whose, since: number): boolean =>
  said(past, whose, since, (meaning) => meaning !== WANTED);

/** Whether a person's answers as kept are for the campaign. */
export const isForIt = (item: Item | undefined): boolean =>
  meaningOf((item?.answers as Record<string, string> | undefined)?.[QUESTION]) === WANTED;
