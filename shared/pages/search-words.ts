import type { NearSearch } from '#shared/domain/search.ts';
import type { SearchQuery } from '#shared/domain/search-query.ts';
import { dayOf } from '#shared/domain/when.ts';
import { FORMATS } from './standing.ts';

/** "3 events", "1 event", "No events". */
export const countOf = (count: number, what = 'event'): string =>
  `${count === 0 ? 'No' : count.toLocaleString('en-GB')} ${what}${count === 1 ? '' : 's'}`;

/** "19 February 2026" of a day as "2026-02-19". */
const dayInWords = (day: string): string => dayOf(`${day}T12:00:00Z`, 'UTC').replace(/^\w+ /, '');

/** The filters as people would say them: "matching “police”, online, from 1 December 2026". Empty when there are none. */
export function filtersInWords({ q, format, topic, from, to }: SearchQuery): string {
  const words = [
    q !== undefined && `matching “${q}”`,
    format !== undefined && FORMATS[format].toLowerCase(),
    topic !== undefined && `on the topic “${topic}”`,
    from !== undefined && `from ${dayInWords(from)}`,
    to !== undefined && `until ${dayInWords(to)}`,
  ];
  return words.filter(Boolean).join(', ');
}

/** What a near search leaves out of the one that was asked. */
function leftOut(without: NearSearch['without'], { q, from, to }: SearchQuery): string {
  switch (without) {
    case 'q':
      return `without “${q}”`;
    case 'format':
      return 'in every format';
    case 'topic':
      return 'on every topic';
    case 'from':
      return `if days before ${dayInWords(from ?? '')} count`;
    case 'to':
      return `if days after ${dayInWords(to ?? '')} count`;
    default:
      return '';
  }
}

/** What a near search finds, for the link to it: "2 past events", "5 events in every format". */
export function nearInWords({ query, without, count }: NearSearch, asked: SearchQuery): string {
  if (without === 'when') return countOf(count, `${query.when} event`);
  return `${countOf(count)} ${leftOut(without, asked)}`;
}
