import { type Event, phaseOf } from './event.ts';
import { type SearchField, type SearchQuery, writeSearch } from './search-query.ts';

/** Spelling that finds more: no accents, no capitals. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = ({ title, strapline, topics, speakers, place }: Event): string =>
  plain(
    [title, strapline, topics, place, speakers.map(({ name, role, organisation }) => [name, role, organisation])]
      .flat(3)
      .join('\n'),
  );

/** Events people may find by themselves. */
export const isListed = ({ state, visibility }: Event): boolean => state !== 'draft' && visibility === 'public';

/** Over, for somebody who wants to come. A postponed event is still to come, whatever its old date. */
const isPast = (event: Event, now: number): boolean =>
  phaseOf(event, now) === 'ended' || (event.state === 'cancelled' && now >= Date.parse(event.endInstant));

/** What fits, soonest first; past events with the latest first. Every word must be found, in whatever order. */
export function search(events: readonly Event[], query: SearchQuery, now: number): Event[] {
  const { q, format, topic, from, to, when } = query;
  const words = plain(q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const wanted = topic === undefined ? undefined : plain(topic);
  const found = events.filter(
    (event) =>
      isListed(event) &&
      isPast(event, now) === (when === 'past') &&
      (format === undefined || event.format === format) &&
      (from === undefined || event.endsAt.slice(0, 10) >= from) &&
      (to === undefined || event.startsAt.slice(0, 10) <= to) &&
      (wanted === undefined || event.topics.some((each) => plain(each) === wanted)) &&
      (words.length === 0 || containsAll(wordsOf(event), words)),
  );
  const order = when === 'past' ? -1 : 1;
  return found.sort((a, b) => order * (Date.parse(a.startInstant) - Date.parse(b.startInstant)));
}

const containsAll = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word));

/** The topics of events that can be found, in alphabetical order. */
export function topicsOf(events: readonly Event[]): string[] {
  const topics = new Map(events.filter(isListed).flatMap(({ topics }) => topics.map((topic) => [plain(topic), topic])));
  return [...topics.values()].sort((a, b) => a.localeCompare(b, 'en-GB'));
}

/** A search close to one that found nothing, and how much it finds. */
export interface NearSearch {
  readonly query: SearchQuery;
  /** What was left out, or `when` for the other tab. */
  readonly without: SearchField;
  readonly count: number;
}

/** Searches that find something: the other tab, or one filter fewer. */
export function searchesNear(events: readonly Event[], query: SearchQuery, now: number): NearSearch[] {
  const other: SearchQuery = { ...query, page: 1, when: query.when === 'past' ? 'upcoming' : 'past' };
  const fewer = (['from', 'to', 'format', 'topic', 'q'] as const)
    .filter((field) => query[field] !== undefined)
    .map((without) => {
      const { [without]: _, ...rest } = query;
      return { without, query: { ...rest, page: 1 } };
    });
  return [{ without: 'when' as const, query: other }, ...fewer]
    .map((near) => ({ ...near, count: search(events, near.query, now).length }))
    .filter(({ count, query: near }) => count > 0 && writeSearch(near) !== writeSearch(query));
}
