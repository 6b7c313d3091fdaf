const MOST = 70;
/** Letters that no accent was put on, so that taking accents off leaves them. */
const PLAIN: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', þ: 'th', ð: 'd', đ: 'd', ł: 'l', ı: 'i' };

/** A slug made of a title and the day: "tackling-serious-crime-2026-02-19". */
export function slugFrom(title: string, startsAt: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøþðđłı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${atWordEnd(words) || 'event'}-${startsAt.slice(0, 10)}`;
}

function atWordEnd(words: string): string {
  if (words.length <= MOST) return words;
  const end = words.lastIndexOf('-', MOST);
  return words.slice(0, end > 0 ? end : MOST);
}
