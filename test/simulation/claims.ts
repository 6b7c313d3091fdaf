import type { Item, Key } from '#shared/store/table.ts';
import type { History } from './history.ts';
import type { Call } from './sim-ses.ts';

const entryIn = (item: Item | undefined, mailKey: string): string | undefined =>
  (item?.deliveries as Record<string, string> | undefined)?.[mailKey];

/**
 * The row as the claim of this attempt left it: the mail is written from that, or, where the claim's reply was lost and it
 * was met again, from the row as it was by then.
 */
export function claimedRow(past: History, key: Key, { mail: { tags, to, text } }: Call): Item | undefined {
  const mailKey = `${tags.campaign}@${tags.occasion}`;
  const all = past.of(key);
  for (let n = all.length - 1; n >= 0; n--) {
    const entry = entryIn(all[n]?.item, mailKey);
    const [state, , attempt] = entry?.split('|') ?? [];
    const isClaim = state === 'claimed' && attempt === tags.attempt;
    if (!isClaim || entryIn(all[n - 1]?.item, mailKey) === entry) continue;
    const written = all.slice(n).filter(({ item }) => {
      const isTheirs = (tags.campaign === 'new-address' ? item?.newEmail : item?.email) === to;
      return entryIn(item, mailKey) === entry && isTheirs;
    });
    const named = written.find(({ item }) => text.includes(String(item?.name))) ?? written[0];
    return named?.item ?? all[n]?.item;
  }
  return undefined;
}
