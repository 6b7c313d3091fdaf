import * as z from 'zod';

/**
 * What nobody sees: controls, line separators, bidi controls, zero-width and other default ignorables (Unicode DI), half a
 * character. Not the joiners and variation selectors, which some scripts, Japanese names and emoji cannot do without.
 */
const HIDDEN =
  /[[\p{Cc}\p{DI}\p{Zl}\p{Zp}\p{Cs}\ufff9-\ufffb]--[\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]]/v;
/** The flags of England, Scotland and Wales are spelt in ignorable tags (UTS 51 §5). */
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}]{2,6}\u{e007f}/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether there is something in a text that nobody sees. */
export const hasHidden = (text: string): boolean => HIDDEN.test(text.replace(FLAG, ''));

/** What may turn the direction of writing, or end a line: for whoever typed it to take out, where it is not at an end. */
const TURNS = /[\p{Bidi_C}\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufff9-\ufffb]/u;

/** The text without blanks at its ends, and without what nobody sees: but for what turns or breaks a line in the middle of it. */
export function withoutHidden(text: string): string {
  const characters = [...text];
  const isNothing = (character: string): boolean => HIDDEN.test(character) || /\s/u.test(character);
  const first = characters.findIndex((character) => !isNothing(character));
  const last = characters.findLastIndex((character) => !isNothing(character));
  return first === -1
    ? ''
    : characters
        .slice(first, last + 1)
        .filter((character) => TURNS.test(character) || !HIDDEN.test(character))
        .join('');
}

/**
 * What may be folded at all, looked at before anything else is done with a text: its length in UTF-16 units, which costs
 * nothing, then runs of marks. Putting marks in order takes the square of a run's length; UAX #15 (D3, Stream-Safe Text)
 * knows no writing that needs more than thirty, and with no more than that folding is as much work as reading.
 */
export const canFold = (text: string, mostUnits: number): boolean => text.length <= mostUnits && !hasLongRun(text);
const hasLongRun = (text: string): boolean => /\p{M}{31}/u.test(text);

/** How long a text may come that is to have so many characters: two units each, as much again in marks, and many a blank. */
export const unitsFor = (most: number): number => 4 * most + 1000;

/** First of all checks, and the last where one does not hold. */
const foldable = (what: string, most: number) => [
  z.refine<string>((text) => text.length <= unitsFor(most), {
    error: `${what} must be ${most} characters or fewer`,
    abort: true,
  }),
  z.refine<string>((text) => !hasLongRun(text), {
    error: `${what} has more than 30 accents on one letter`,
    abort: true,
  }),
];

const clean = (text: string) =>
  text
    .normalize('NFC')
    .trim()
    .replace(/[ \u00a0]+/g, ' ');
/** "Your name" is missing: "Enter your name". Anything but text: "Your name must be text". */
const notText =
  (what: string) =>
  ({ input }: { input?: unknown }) =>
    input === undefined ? enter(what) : `${what} must be text`;
const enter = (what: string) => `Enter ${what.charAt(0).toLowerCase()}${what.slice(1)}`;
const count = (text: string) => [...text].length;

/** In one go: each link of a chain is a schema of its own, and these are made for every field at each cold start. */
const lineChecks = (what: string, most: number) => [
  ...foldable(what, most),
  z.overwrite<string>(clean),
  z.refine<string>((text) => count(text) <= most, { error: `${what} must be ${most} characters or fewer` }),
  z.refine<string>((text) => !hasHidden(text), { error: `${what} must be one line without hidden characters` }),
];

/** One line of text a person typed: trimmed, at most `most` characters, nothing hidden in it. */
export const line = (what: string, most: number) =>
  z
    .string({ error: notText(what) })
    .check(...lineChecks(what, most))
    .meta({ maxLength: most });

/** A line that must not be empty. */
export const requiredLine = (what: string, most: number) =>
  z
    .string({ error: notText(what) })
    .check(
      ...lineChecks(what, most),
      z.refine<string>((text) => VISIBLE.test(text), { error: enter(what) }),
    )
    .meta({ maxLength: most, minLength: 1 });

/** Several lines of text: new lines and tabs stay, other hidden characters are refused. */
export const paragraphs = (what: string, most: number) =>
  z
    .string({ error: notText(what) })
    .check(
      ...foldable(what, most),
      z.overwrite((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim()),
      z.refine((text) => count(text) <= most, { error: `${what} must be ${most} characters or fewer` }),
      z.refine((text) => !hasHidden(text.replace(/[\n\t]/g, '')), {
        error: `${what} must not contain hidden characters`,
      }),
    )
    .meta({ maxLength: most });
