import type { Event } from '#shared/domain/event.ts';
import type { NearSearch } from '#shared/domain/search.ts';
import {
  narrows,
  type SearchFault,
  type SearchField,
  type SearchQuery,
  writeSearch,
} from '#shared/domain/search-query.ts';
import { eventList } from './event-list.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { searchForm } from './search-form.ts';
import { countOf, filtersInWords, nearInWords } from './search-words.ts';
import type { PageSite } from './site.ts';
import type { Standing } from './standing.ts';

/** An event in a list, with how it stands. */
export interface Listed {
  readonly event: Event;
  readonly standing: Standing;
}

export interface CatalogueView {
  readonly query: SearchQuery;
  readonly typed: (field: SearchField) => string | undefined;
  readonly faults: readonly SearchFault[];
  readonly topics: readonly string[];
  /** The events of this page only. */
  readonly found: readonly Listed[];
  readonly total: number;
  readonly pages: number;
  readonly near: readonly NearSearch[];
  /** What else there is, for when nothing was found. */
  readonly next: readonly Listed[];
}

/** The list of events with its search: the front door. */
export function cataloguePage(site: PageSite, view: CatalogueView): string {
  const { query, faults, found, total } = view;
  const words = filtersInWords(query);
  const main = html`<h1>${query.when === 'past' ? 'Past events' : 'Events'}</h1>
${searchForm(view)}
<nav class="tabs" aria-label="Upcoming or past">${tab(query, 'upcoming', 'Upcoming')}${tab(query, 'past', 'Past')}</nav>
<section aria-labelledby="count">
<div class="count">
<h2 id="count">${countOf(total, `${query.when} event`)}${words && html` <span>${words}</span>`}</h2>
${narrows(query) && html`<p><a href="/${writeSearch({ when: query.when })}">Clear all filters</a></p>`}
</div>
${total === 0 ? nothing(view) : eventList(found, writeSearch(query), query.when === 'past')}
${pager(view)}
</section>`;
  const error = faults.length > 0 ? 'Error: ' : '';
  return layout(site, {
    title: error + (query.when === 'past' ? 'Past events' : words ? `Events ${words}` : site.name),
    description: `Webinars, conferences and courses by ${site.organiser.name}: find one and register.`,
    path: query.when === 'past' ? '/?when=past' : '/',
    findable: !narrows(query) && query.page === 1,
    main,
  });
}

function tab(query: SearchQuery, when: SearchQuery['when'], label: string): Html {
  const here = query.when === when && html` aria-current="page"`;
  return html`<a href="/${writeSearch({ ...query, when, page: 1 })}"${here}>${label}</a>`;
}

function nothing({ query, near, next }: CatalogueView): Html {
  return html`<div class="nothing">
<p>${narrows(query) ? 'Nothing fits all of that.' : query.when === 'past' ? 'No event has ended yet.' : 'There is nothing on the calendar at the moment.'}</p>
${
  near.length > 0 &&
  html`<p>There ${near[0]?.count === 1 ? 'is' : 'are'}, though:</p>
<ul>${near.map((each) => html`<li><a href="/${writeSearch(each.query)}">${nearInWords(each, query)}</a></li>`)}</ul>`
}
</div>
${next.length > 0 && html`<h2>Coming up</h2>${eventList(next, '')}`}`;
}

function pager({ query, pages }: CatalogueView): Html | undefined {
  if (pages < 2) return undefined;
  const to = (page: number, rel: string, label: string) =>
    page >= 1 && page <= pages && html`<a rel="${rel}" href="/${writeSearch({ ...query, page })}">${label}</a>`;
  return html`<nav class="pager" aria-label="Pages of results">
${to(query.page - 1, 'prev', 'Previous page')}
<span>Page ${query.page} of ${pages}</span>
${to(query.page + 1, 'next', 'Next page')}
</nav>`;
}
