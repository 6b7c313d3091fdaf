import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { search, searchesNear, topicsOf } from '#shared/domain/search.ts';
import { readSearch, type SearchQuery, writeSearch } from '#shared/domain/search-query.ts';
import { anEvent, NOW } from '#test/support/builders.ts';

const now = Date.parse(NOW);
const on = (day: string, given: Partial<Event> = {}) =>
  anEvent({ slug: `event-${day}`, startsAt: `${day}T09:30`, endsAt: `${day}T13:00`, ...given });
const ask = (query: Partial<SearchQuery>): SearchQuery => ({ when: 'upcoming', page: 1, ...query });
const slugs = (events: readonly Event[], query: Partial<SearchQuery>) =>
  search(events, ask(query), now).map(({ slug }) => slug);

const january = on('2027-01-15', {
  title: 'Café culture and crime',
  topics: ['Retail crime'],
  format: 'hybrid',
  place: 'Leeds',
  speakers: [{ name: 'Zoë Müller', role: 'Chief Constable' }],
});
const february = on('2027-02-18', { strapline: 'What works against fraud', topics: ['Fraud'] });
const past = on('2026-02-19', { topics: ['Fraud'] });
const all = [february, january, past];

test('upcoming events come soonest first, past ones latest first', () => {
  const older = on('2025-02-19');
  expect(slugs([...all, older], {})).toEqual([january.slug, february.slug]);
  expect(slugs([...all, older], { when: 'past' })).toEqual([past.slug, older.slug]);
});

test.each([
  ['a word of the title', 'culture'],
  ['whatever the accents and capitals', 'CAFE'],
  ['a topic', 'retail'],
  ['the place', 'leeds'],
  ['a speaker', 'muller'],
  ['a role', 'chief constable'],
  ['words from anywhere, in any order', 'leeds café zoe'],
])('%s is found', (_, q) => {
  expect(slugs(all, { q })).toEqual([january.slug]);
});

test('every word must be there', () => {
  expect(slugs(all, { q: 'café fraud' })).toEqual([]);
});

test.each<[Partial<SearchQuery>, Event[]]>([
  [{ format: 'hybrid' }, [january]],
  [{ topic: 'fraud' }, [february]],
  [{ from: '2027-01-15', to: '2027-01-15' }, [january]],
  [{ from: '2027-01-16' }, [february]],
  [{ to: '2027-02-17' }, [january]],
])('%j keeps what fits', (query, expected) => {
  expect(slugs(all, query)).toEqual(expected.map(({ slug }) => slug));
});

test('an event of several days is found on each of them', () => {
  const conference = anEvent({ startsAt: '2027-03-01T10:00', endsAt: '2027-03-03T16:00' });
  expect(slugs([conference], { from: '2027-03-02', to: '2027-03-02' })).toHaveLength(1);
});

test('drafts and unlisted events are never found, nor are their topics', () => {
  const hidden = [
    on('2027-01-01', { state: 'draft', topics: ['A'] }),
    on('2027-01-02', { visibility: 'unlisted', topics: ['B'] }),
  ];
  expect(slugs(hidden, {})).toEqual([]);
  expect(topicsOf(hidden)).toEqual([]);
});

test('a postponed event is still to come, whatever its old date; a cancelled one passes with it', () => {
  const postponed = on('2026-03-01', { state: 'postponed' });
  const cancelled = on('2026-03-02', { state: 'cancelled' });
  expect(slugs([postponed, cancelled], {})).toEqual([postponed.slug]);
  expect(slugs([postponed, cancelled], { when: 'past' })).toEqual([cancelled.slug]);
});

test('a search that finds nothing has others near that do', () => {
  const near = searchesNear(all, ask({ topic: 'Fraud', format: 'hybrid' }), now);
  expect(near.map(({ without, count }) => [without, count])).toEqual([
    ['format', 1],
    ['topic', 1],
  ]);
});

test('values that cannot be are left out and named; what is no field is nobody’s mistake', () => {
  const typed: Record<string, string> = {
    q: 'x'.repeat(201),
    from: '2027-02-30',
    format: 'disco',
    page: '0',
    utm: 'a',
  };
  const { query, faults } = readSearch((field) => typed[field]);
  expect(query).toEqual({ when: 'upcoming', page: 1 });
  expect(faults.map(({ field }) => field)).toEqual(['q', 'format', 'from', 'page']);
});

test('a last day before the first is named, and the first still counts', () => {
  const typed: Record<string, string> = { from: '2027-02-02', to: '2027-02-01' };
  const { query, faults } = readSearch((field) => typed[field]);
  expect(query).toEqual({ from: '2027-02-02', when: 'upcoming', page: 1 });
  expect(faults).toEqual([{ field: 'to', message: 'The last day must not be before the first' }]);
});

test('a search survives being written into an address and read back', () => {
  const query = fc.record(
    {
      q: fc.string({
        unit: fc.constantFrom('a', 'é', '&', '=', ' b', '+', '%', '#', '“'),
        minLength: 1,
        maxLength: 20,
      }),
      format: fc.constantFrom('online', 'in-person', 'hybrid'),
      topic: fc.constantFrom('Fraud', 'Health & safety'),
      from: fc.constantFrom('2027-01-01', '2027-02-01'),
      to: fc.constantFrom('2027-03-01', '2027-04-01'),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(query, fc.constantFrom('upcoming', 'past'), fc.integer({ min: 1, max: 99 }), (filters, when, page) => {
      const asked = readSearch((field) => (filters as Record<string, string>)[field]).query;
      const full = { ...asked, when, page } as SearchQuery;
      const written = new URLSearchParams(writeSearch(full));
      expect(readSearch((field) => written.get(field) ?? undefined).query).toEqual(full);
    }),
  );
});
