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
      z.overwrite((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim()),
      z.refine((text) => count(text) <= most, { error: `${what} must be ${most} characters or fewer` }),
      z.refine((text) => !hasHidden(text.replace(/[\n\t]/g, '')), {
        error: `${what} must not contain hidden characters`,
      }),
    )
    .meta({ maxLength: most });
