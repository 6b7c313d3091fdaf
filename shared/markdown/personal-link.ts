import { readLink } from '#shared/domain/link.ts';
import { readingsOf } from './readings.ts';

/** A token of ours wherever it stands, with the page it leads to where that can be seen: mail programs rewrite links. */
const TOKEN = /(?:([rjsuac])\/)?([0-9a-z]{32})(\.[a-z0-9]{1,16}\.[\w-]{27})/gi;
/** The shortest one there can be. */
const SHORTEST = 32 + 3 + 27;

/**
 * The page that somebody's own link in a text would open, by its letter, empty where it cannot be seen; undefined where
 * there is no such link. It is looked for in everything a reader could open or copy: see `readingsOf`. On which host it
 * stands does not matter, so none can be disguised.
 */
export function personalLinkIn(text: string): string | undefined {
  if (text.length < SHORTEST) return undefined;
  for (const reading of readingsOf(text)) {
    for (const [, page = '', ids = '', rest = ''] of reading.matchAll(TOKEN)) {
      if (readLink(ids.toLowerCase() + rest.toLowerCase().slice(0, -27) + rest.slice(-27))) return page.toLowerCase();
    }
  }
  return undefined;
}
