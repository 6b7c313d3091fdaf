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

const LEFT_OUT: Record<NearSearch['without'], string> = {
  q: 'whatever the words',
  format: 'in every format',
  topic: 'on every topic',
  from: 'without the first day',
  to: 'without the last day',
  when: '',
  page: '',
};

/** What a near search finds, for the link to it: "2 past events", "5 events in every format". */
export function nearInWords({ query, without, count }: NearSearch): string {
  if (without === 'when') return countOf(count, `${query.when} event`);
  return `${countOf(count)} ${LEFT_OUT[without]}`;
}
