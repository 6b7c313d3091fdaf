import { withChoices } from './change-registration.ts';
import { choicesIn, isUnexplained } from './choices.ts';
import type { Event } from './event.ts';
import type { Registration } from './registration.ts';
import type { Details } from './registration-details.ts';
import type { Epoch } from './time.ts';

/** A registration that was being taken when a question was marked, as it was read before, is stored by then. Seconds. */
export const STORED_WITHIN = 60;
/** Whoever was registered by the earlier version while this one was deployed is met by then. Seconds. */
export const DEPLOYED_WITHIN = 1800;

/** Questions whose answers rows are to keep. */
export const segmentsOf = ({ questions }: Pick<Event, 'questions'>): string[] =>
  questions.filter(({ segment }) => segment).map(({ id }) => id);

/** Whether rows do not keep yet what audiences may ask for: there are none of a draft, and none are left of the purged. */
export const needsSorting = (event: Pick<Event, 'state' | 'questions' | 'sorted' | 'purgingAt'>): boolean =>
  event.state !== 'draft' &&
  event.purgingAt === undefined &&
  segmentsOf(event).some((id) => !event.sorted?.includes(id));

/** When it is to be sorted whose answers are: once what is being written as it was before has been. */
export const sortAt = (now: Epoch): Epoch => now + STORED_WITHIN;

/** A row that keeps what the person's words say now; undefined where it does. */
export function sortedRow(row: Registration, { questions }: Pick<Event, 'questions'>, { answers = {} }: Details) {
  const chose = choicesIn(questions, answers);
  const isSame = row.segments === undefined && JSON.stringify(row.chose ?? {}) === JSON.stringify(chose ?? {});
  return isSame ? undefined : withChoices(row, chose);
}

/** Counts one person's answers that name what never was an option. */
export function withUnexplained(
  counts: Readonly<Record<string, number>>,
  { questions }: Pick<Event, 'questions'>,
  { answers = {} }: Details,
): Record<string, number> {
  const lost = questions.filter((question) => question.segment && isUnexplained(question, answers));
  return lost.reduce<Record<string, number>>((sum, { id }) => Object.assign(sum, { [id]: (sum[id] ?? 0) + 1 }), {
    ...counts,
  });
}
