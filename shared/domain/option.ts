import { createHash } from 'node:crypto';
import * as z from 'zod';
import { requiredLine } from './text.ts';

const OptionId = z.string().regex(/^[a-z0-9]{1,4}$/, { error: 'An id has up to 4 small letters and digits' });
const OptionLabel = requiredLine('Option', 100);

/** An option as an organiser writes it: its words, or its words and the id it has. */
export const GivenOption = z.union([OptionLabel, z.strictObject({ id: OptionId.optional(), label: OptionLabel })], {
  error: 'Write an option as text, or as { "id": "…", "label": "…" }',
});
export type GivenOption = z.infer<typeof GivenOption>;

export const labelOf = (option: GivenOption): string => (typeof option === 'string' ? option : option.label);

/** What an option is called, or was. Its id stays with it, whatever it is called and wherever it stands. */
export interface KnownOption {
  readonly id: string;
  readonly label: string;
}

/** A question as far as its options go: `options` are those to choose from, in order; `known` all there ever were. */
export interface Optioned {
  readonly type: string;
  readonly options: readonly string[];
  readonly known?: readonly KnownOption[] | undefined;
}

const YES_NO: readonly KnownOption[] = ['yes', 'no'].map((each) => ({ id: each, label: each }));

/**
 * Every option the question has or had, under every name it ever had: no name ever stood for two. One that nobody gave an
 * id has one made of its name, the same each time: questions of earlier versions have no ids.
 */
export function optionsEver({ type, options, known = [] }: Optioned): readonly KnownOption[] {
  if (type === 'yes-no') return YES_NO;
  const all = [...known];
  for (const label of options) {
    if (!all.some((each) => each.label === label)) all.push({ id: newIdFor(label, all), label });
  }
  return all;
}

/** Short, for rows keep it; of an id that is taken, the next. */
function newIdFor(label: string, taken: readonly KnownOption[]): string {
  for (let n = 0; ; n++) {
    const id = createHash('sha256').update(`${n} ${label}`).digest('hex').slice(0, 3);
    if (!taken.some((each) => each.id === id)) return id;
  }
}

/** What there is to choose from, in order. */
export const optionsOf = ({ type, options }: Optioned): readonly string[] =>
  type === 'yes-no' ? ['yes', 'no'] : options;

/** The option that this name stands for, or stood; undefined where it never stood for any. */
export const optionCalled = (question: Optioned, name: string): string | undefined =>
  optionsEver(question).find(({ label }) => label === name)?.id;

/** What an option is called now; undefined where it cannot be chosen any more. */
export function currentLabel(question: Optioned, optionId: string): string | undefined {
  const names = optionsEver(question).filter(({ id }) => id === optionId);
  return optionsOf(question).find((option) => names.some(({ label }) => label === option));
}

/** What an option is called, or was called last. */
export const lastLabel = (question: Optioned, optionId: string): string | undefined =>
  currentLabel(question, optionId) ?? optionsEver(question).findLast(({ id }) => id === optionId)?.label;
