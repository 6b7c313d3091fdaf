import * as z from 'zod';
import { canFold, unitsFor } from './text.ts';

const LONGEST = 100;
const TOO_LONG = `A pattern of names must be ${LONGEST} characters or fewer`;

/** Plain text that names are held against, in which `*` stands for anything, or nothing. It is no regular expression: nobody else's is ever run. */
export const NamePattern = z
  .string({ error: 'A pattern of names must be text, like "*casino*"' })
  .check(
    z.refine<string>((text) => text.length <= LONGEST, { error: TOO_LONG, abort: true }),
    z.refine<string>((text) => canFold(text, LONGEST), {
      error: 'A pattern has more than 30 accents on one letter',
      abort: true,
    }),
    z.refine<string>((text) => /[\p{L}\p{N}]/u.test(text), {
      error: 'Enter at least one letter or digit beside the *: this would be everybody',
      abort: true,
    }),
  )
  .meta({ maxLength: LONGEST, minLength: 1 });

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Whether the whole name is of the pattern, however it is written: capitals, and signs of another width, are the same. */
export function isOfPattern(name: string, pattern: string): boolean {
  if (!canFold(name, unitsFor(LONGEST))) return false;
  const [first = '', ...others] = fold(pattern).split('*');
  const whole = fold(name);
  const last = others.pop();
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const at = whole.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return whole.length - last.length >= from && whole.endsWith(last);
}
