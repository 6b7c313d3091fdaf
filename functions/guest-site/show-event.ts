import type { Event } from '#shared/domain/event.ts';
import { search } from '#shared/domain/search.ts';
import { readSearch, writeSearch } from '#shared/domain/search-query.ts';
import { publicPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { eventPage } from '#shared/pages/event-page.ts';
import { standingOf } from '#shared/pages/standing.ts';
import type { GuestDeps } from './deps.ts';
import { listed } from './listed.ts';
import type { Listing } from './programme.ts';

const OFFERED = 3;

/** One event. The search that led here comes along in the query, so that the way back leads to the same results. */
export const showEvent = ({ site, programme, now }: Pick<GuestDeps, 'site' | 'programme' | 'now'>) =>
  pageRoute('GET', '/events/{slug}', async ({ path, query }) => {
    const { seats, ...shown } = await programme.event(path.slug ?? '');
    const standing = standingOf(shown.event, seats, now());
    const isOver = standing.phase === 'ended' || standing.phase === 'cancelled';
    const next = isOver ? relatedTo(shown.event, await programme.listing(), now()) : [];
    const page = eventPage(site, { ...shown, standing, search: searchIn(query), next });
    return publicPage(page);
  });

/** The search an address carries, spelt anew: nothing a stranger put there comes out that is no search. */
export const searchIn = (query: URLSearchParams): string =>
  writeSearch(readSearch((field) => query.get(field) ?? undefined).query);

/** What comes on the same topics, the closest first, or else what simply comes next. */
function relatedTo(event: Event, listing: Listing, now: number) {
  const ahead = search(listing.events, { when: 'upcoming', page: 1 }, now).filter(({ state }) => state === 'published');
  const shared = ({ topics }: Event) => topics.filter((topic) => event.topics.includes(topic)).length;
  const related = ahead.filter((each) => shared(each) > 0).sort((a, b) => shared(b) - shared(a));
  return (related.length > 0 ? related : ahead).slice(0, OFFERED).map(listed(listing, now));
}
