import * as z from 'zod';

/** Control characters and the invisible ones that reorder or hide text (bidi controls, zero-width, line separators). */
const UNSEEN = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
const UNSEEN_BUT_NEWLINE =
  /[^\P{Cc}\n\t]|[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
const LONE_SURROGATE = /\p{Cs}/u;

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

/** One line of text a person typed: trimmed, at most `most` characters, nothing unseen in it. */
export const line = (what: string, most: number) =>
  z
    .string({ error: notText(what) })
    .overwrite(clean)
    .refine((text) => count(text) <= most, { error: `${what} must be ${most} characters or fewer` })
    .refine((text) => !UNSEEN.test(text) && !LONE_SURROGATE.test(text), {
      error: `${what} must be one line without hidden characters`,
    })
    .meta({ maxLength: most });

/** A line that must not be empty. */
export const requiredLine = (what: string, most: number) =>
  line(what, most)
    .refine((text) => text.length > 0, { error: enter(what) })
    .meta({ minLength: 1 });

/** Several lines of text: new lines and tabs stay, other unseen characters are refused. */
export const paragraphs = (what: string, most: number) =>
  z
    .string({ error: notText(what) })
    .overwrite((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim())
    .refine((text) => count(text) <= most, { error: `${what} must be ${most} characters or fewer` })
    .refine((text) => !UNSEEN_BUT_NEWLINE.test(text) && !LONE_SURROGATE.test(text), {
      error: `${what} must not contain hidden characters`,
    })
    .meta({ maxLength: most });
