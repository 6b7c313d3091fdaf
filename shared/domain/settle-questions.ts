import { Refusal } from './errors.ts';
import type { Event } from './event.ts';
import { type KnownOption, optionsEver, optionsOf } from './option.ts';
import type { Question } from './question.ts';

type Asked = Pick<Event, 'state' | 'questions' | 'retired' | 'sorted' | 'unexplained'>;
type Settled = Pick<Event, 'questions' | 'retired' | 'sorted' | 'unexplained'>;

/** So many options that are not to be chosen any more, or names that others had, an event remembers; and so many questions. */
const MOST_REMEMBERED = 200;
const MOST_RETIRED = 40;
/** Bytes of a row that the answers for choosing audiences may take: the rest is the person's, and their mails'. */
const MOST_CHOSEN = 250;

/**
 * The questions of an event as an organiser wants them, each option with the id that it has or had: found by its id, else by
 * its name; a name that nobody knows is a new option. What is not asked any more is remembered, for there are answers to
 * it. In a draft nobody has answered, so nothing is. Throws `invalid-options` where a name would stand for two.
 */
export function settleQuestions(wanted: readonly Question[], before: Asked): Settled {
  const isDraft = before.state === 'draft';
  const earlier = isDraft ? before.questions.map(asIs) : [...before.questions, ...(before.retired ?? [])];
  const questions = wanted.map((question, at) =>
    settled(question, { before: earlier.find(({ id }) => id === question.id), isDraft, at }),
  );
  const retired = isDraft ? [] : earlier.filter(({ id }) => !questions.some((each) => each.id === id));
  ensureRemembered(questions, retired);
  ensureRoom(questions, before.questions);
  const segments = questions.filter(({ segment }) => segment);
  const sorted = segments.filter((each) => isDraft || staysSorted(each, before)).map(({ id }) => id);
  const unexplained = Object.entries(before.unexplained ?? {}).filter(([id]) => sorted.includes(id));
  return {
    questions,
    ...(retired.length > 0 && { retired }),
    ...(sorted.length > 0 && { sorted }),
    ...(unexplained.length > 0 && { unexplained: Object.fromEntries(unexplained) }),
  };
}

/** Without the names it had. */
const asIs = (question: Question): Question => ({
  ...question,
  known: optionsEver(question).filter(({ label }) => question.options.includes(label)),
});

interface Settling {
  readonly before: Question | undefined;
  readonly isDraft: boolean;
  readonly at: number;
}

function settled({ known: named = [], ...question }: Question, { before, isDraft, at }: Settling): Question {
  const kept = before && before.type !== 'yes-no' ? optionsEver(before) : [];
  const isRenamed = (each: KnownOption) => named.some(({ id, label }) => id === each.id && label !== each.label);
  const ever = isDraft ? kept.filter((each) => !isRenamed(each)) : kept;
  const added = named.filter(({ id, label }) => {
    const pointer = `questions/${at}/options/${question.options.indexOf(label)}`;
    const holder = ever.find((each) => each.label === label);
    if (holder && holder.id !== id) throw new Refusal('invalid-options', taken(label, holder.id), pointer);
    if (!isDraft && before && !ever.some((each) => each.id === id))
      throw new Refusal('invalid-options', `There is no option “${id}”: leave the id out for a new one`, pointer);
    return !holder;
  });
  const known = optionsEver({ ...question, known: [...ever, ...added] });
  const ids = optionsOf(question).map((label) => known.find((each) => each.label === label)?.id);
  const twice = ids.findIndex((id, place) => ids.indexOf(id) !== place);
  if (twice >= 0) {
    const label = question.options[twice] ?? '';
    throw new Refusal('invalid-options', taken(label, ids[twice] ?? ''), `questions/${at}/options/${twice}`);
  }
  return known.length === 0 || question.type === 'yes-no' ? question : { ...question, known };
}

const taken = (label: string, id: string): string =>
  `“${label}” is, or was, what people chose as option “${id}”: their answers would mean another. Write it otherwise`;

function ensureRemembered(questions: readonly Question[], retired: readonly Question[]): void {
  const names = [...questions, ...retired].flatMap(({ known = [] }): readonly KnownOption[] => known);
  const current = questions.reduce((sum, { options }) => sum + options.length, 0);
  if (names.length - current <= MOST_REMEMBERED && retired.length <= MOST_RETIRED) return;
  const why = 'So much of this form was renamed or removed that no more can be remembered: leave it as it is';
  throw new Refusal('invalid-options', why, 'questions');
}

/** Bytes that the fullest answers take on a row. An edit may leave an event of an earlier version as it is, or make it less. */
function ensureRoom(questions: readonly Question[], before: readonly Question[]): void {
  if (roomFor(questions) <= Math.max(MOST_CHOSEN, roomFor(before))) return;
  const why =
    'Fewer answers can be kept for choosing audiences: mark fewer questions "segment", or give them fewer options';
  throw new Refusal('invalid-options', why, 'questions');
}

const roomFor = (questions: readonly Question[]): number =>
  questions
    .filter(({ segment }) => segment)
    .reduce((sum, question) => {
      const ids = optionsEver(question).filter(({ label }) => optionsOf(question).includes(label));
      const longest = ids.map(({ id }) => id.length).sort((a, b) => b - a);
      const chosen = question.type === 'choices' ? longest : longest.slice(0, 1);
      return sum + question.id.length + 1 + chosen.reduce((all, length) => all + length + 1, 0);
    }, 0);

/** Whether rows go on saying what they said: unless options came whose names some answers may have been waiting for. */
function staysSorted(question: Question, { sorted = [], unexplained = {}, questions }: Asked): boolean {
  const before = questions.find(({ id }) => id === question.id);
  if (!before?.segment || !sorted.includes(question.id)) return false;
  const isSame = optionsEver(before).length === optionsEver(question).length;
  return isSame || !unexplained[question.id];
}
