import { search, searchesNear, topicsOf } from '#shared/domain/search.ts';
import { readSearch } from '#shared/domain/search-query.ts';
import { freshPage, publicPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { cataloguePage } from '#shared/pages/catalogue.ts';
import type { GuestDeps } from './deps.ts';
import { listed } from './listed.ts';

const PAGE = 50;
const OFFERED = 3;

/** The events, searched. A filter that cannot be is named (400), and the rest still finds something. */
export const showCatalogue = ({ site, programme, now }: Pick<GuestDeps, 'site' | 'programme' | 'now'>) =>
  pageRoute('GET', '/', async ({ query: given }) => {
    const typed = (field: string) => given.get(field) ?? undefined;
    const { query: asked, faults } = readSearch(typed);
    const listing = await programme.listing();
    const all = search(listing.events, asked, now());
    const pages = Math.ceil(all.length / PAGE);
    const query = { ...asked, page: Math.max(1, Math.min(asked.page, pages)) };
    const show = listed(listing, now());
    const isEmpty = all.length === 0;
    const upcoming = isEmpty ? search(listing.events, { when: 'upcoming', page: 1 }, now()) : [];
    const page = cataloguePage(site, {
      query,
      typed,
      faults,
      topics: topicsOf(listing.events),
      found: all.slice((query.page - 1) * PAGE, query.page * PAGE).map(show),
      total: all.length,
      pages,
      near: isEmpty ? searchesNear(listing.events, query, now()) : [],
      next: upcoming
        .filter(({ state }) => state === 'published')
        .slice(0, OFFERED)
        .map(show),
    });
    return faults.length > 0 ? freshPage(page, 400) : publicPage(page);
  });
