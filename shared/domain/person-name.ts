import * as z from 'zod';
import { canFold, unitsFor, withoutHidden } from './text.ts';

const WHAT = 'Your name';
const LONGEST = 100;
/** Line breaks, other controls, half a character. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufff9-\ufffb]/u;
const BIDI = /\p{Bidi_C}/u;
const MARKUP = /[<>＜＞]|\]\(|\{\{/u;
const SCHEME = /\S*:\/\/\S*|\b(?:mailto|tel):\S+|\bwww[.。．]\S+/iu;
const ADDRESS = /\S+[@＠]\S+/u;
/** A host as mail programs make links of it: labels, and one of the endings people are lured to. "St.John" has none of those. */
const HOST =
  /[\p{L}\p{N}-]+(?:[.。．․][\p{L}\p{N}-]+)*[.。．․](?:com|net|org|info|biz|shop|site|online|store|club|xyz|top|app|dev|link|click|live|vip|win|icu|io|co|ly|tv|ru|cn|de|uk|eu|fr|nl|es|ch|at|рф|бел|укр|中国|公司|网络|भारत)(?![\p{L}\p{M}\p{N}])\S*/iu;
const TOO_LONG = `${WHAT} must be ${LONGEST} characters or fewer`;

const found = (pattern: RegExp, name: string): string | undefined => pattern.exec(name)?.[0];

/** What is to be changed about a name, in a sentence; undefined where it is one as people have them. */
function wrongWith(name: string): string | undefined {
  if (CONTROL.test(name)) return `${WHAT} must be one line: take out line breaks, tabs and the like`;
  if (BIDI.test(name))
    return `${WHAT} holds hidden characters that turn the direction of writing: type it instead of pasting it`;
  const sign = found(MARKUP, name);
  if (sign !== undefined) return `${WHAT} must not hold ${sign}: take it out`;
  // A link may hide behind characters that nobody sees.
  const seen = name.normalize('NFKC').replace(/\p{DI}/gu, '');
  const link = found(SCHEME, seen) ?? found(ADDRESS, seen) ?? found(HOST, seen);
  return link && `${WHAT} must not hold a web or email address: take out “${link}”`;
}

/**
 * A name as people type it, titles, nicknames and pronouns included. Refused are only links, markup, and what turns or breaks
 * the line; what nobody sees is taken off. It needs no narrower rule: no mail shows a name before its address has proved itself.
 */
export const PersonName = z
  .string({ error: ({ input }) => (input === undefined ? 'Enter your name' : `${WHAT} must be text`) })
  .check(
    z.refine<string>((text) => text.length <= unitsFor(LONGEST), { error: TOO_LONG, abort: true }),
    z.refine<string>((text) => canFold(text, unitsFor(LONGEST)), {
      error: `${WHAT} has more than 30 accents on one letter`,
      abort: true,
    }),
    z.overwrite<string>((text) =>
      withoutHidden(text)
        .normalize('NFC')
        .replace(/[ \u00a0]+/g, ' '),
    ),
    z.refine<string>((name) => [...name].length <= LONGEST, { error: TOO_LONG, abort: true }),
    z.refine<string>((name) => /[\p{L}\p{N}]/u.test(name), { error: 'Enter your name', abort: true }),
    ({ value, issues }) => {
      const message = wrongWith(value);
      if (message !== undefined) issues.push({ code: 'custom', message, input: value });
    },
  )
  .meta({ maxLength: LONGEST, minLength: 1 });
export type PersonName = z.infer<typeof PersonName>;
