import type * as z from 'zod';
import { requiredLine } from './text.ts';

/** All a name is made of, in any script: letters, marks, digits, spaces, and the points, hyphens and apostrophes of names. */
const OF_NAMES = /^[\p{L}\p{M}\p{Nd}\p{Zs}\u200c-\u200d.,'’‘´()&·・･־׳״་‐‑–-]*$/u;
/** What mail programs turn into links: "evil.com", "сайт.рф", "www". A full stop is fine in initials and before a space. */
const LINK = /[\p{L}\p{M}\p{N})\u200c-\u200d]\.[\p{L}\p{N}]\p{M}*[\p{L}\p{N}]|\bwww\b/iu;
/** A joiner where it changes nothing, so that it can only hide something; Indic and Arabic letters need theirs. */
const STRAY_JOINER = /(?<![[\p{L}\p{M}]--[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}]])[\u200c\u200d]/v;

const isName = (name: string): boolean =>
  OF_NAMES.test(name) && /\p{L}/u.test(name) && !LINK.test(name) && !STRAY_JOINER.test(name);

/** A name as it may stand in mail to an address that has not proved itself: one line, no links, no markup. */
export const PersonName = requiredLine('Your name', 100).refine((name) => name === '' || isName(name), {
  error: 'Enter your name without links, brackets or symbols',
});
export type PersonName = z.infer<typeof PersonName>;
