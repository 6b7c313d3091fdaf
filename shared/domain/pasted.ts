/**
 * What nobody sees and what comes along when an address is pasted: marks of direction, zero-width spaces, soft hyphens. Not
 * the overrides of direction, which show another address than there is; nor the joiners, which some hosts are spelt with.
 */
const UNSEEN = /[[\p{Cf}\p{DI}]--[\u200c\u200d\u202d\u202e]]/gv;
const JOINERS = /[\u200c\u200d]/g;
/** `Ada Moreau <ada@example.org>`, as mail programs copy it. */
const NAMED = /^[^<>]*<([^<>]*)>$/;

const trimmed = (text: string): string => text.trim().replace(/^[\u200c\u200d]+|[\u200c\u200d]+$/g, '');
const withoutStops = (text: string): string => trimmed(trimmed(text).replace(/[;,]$/, ''));

/**
 * The address out of what was pasted for one: without what nobody sees, a name and brackets around it, `mailto:` before it, or
 * the semicolon that parted it from the next. What it gives may still be no address. Its cost grows with the length of the text.
 */
export function unpasted(typed: string): string {
  const text = withoutStops(typed.replace(UNSEEN, ''));
  const inside = withoutStops(NAMED.exec(text)?.[1] ?? text);
  return trimmed(inside.replace(/^mailto:/i, ''));
}

/** Without the characters that join letters, which mean something in few scripts, and nothing in the others. */
export const withoutJoiners = (text: string): string => text.replace(JOINERS, '');
