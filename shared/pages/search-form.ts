import type { SearchField } from '#shared/domain/search-query.ts';
import type { CatalogueView } from './catalogue.ts';
import { errorSummary, fieldError } from './form-errors.ts';
import { type Html, html } from './html.ts';
import { FORMATS } from './standing.ts';

/** Search and filters: real form controls, so it works wherever forms do. */
export function searchForm({ query, typed, faults, topics }: CatalogueView): Html {
  const shown = topics.includes(query.topic ?? '') || !query.topic ? topics : [query.topic, ...topics];
  const wrong = (field: SearchField) => fieldError(field, faults);
  return html`${errorSummary(faults.map(({ field, message }) => ({ anchor: field, message })))}
<form class="search" role="search" action="/" method="get">
<div class="search-words">
<label for="q">Search events</label>
${wrong('q').message}
<div class="with-button">
<input type="search" id="q" name="q" value="${typed('q') ?? ''}" maxlength="200" enterkeyhint="search"${wrong('q').attributes}>
<button class="button" type="submit">Search</button>
</div>
</div>
<div class="filters">
<p><label for="format">Format</label>${wrong('format').message}
<select id="format" name="format"${wrong('format').attributes}>${option('', 'All formats', query.format ?? '')}${Object.entries(FORMATS).map(([value, label]) => option(value, label, query.format))}</select></p>
<p><label for="topic">Topic</label>${wrong('topic').message}
<select id="topic" name="topic"${wrong('topic').attributes}>${option('', 'All topics', query.topic ?? '')}${shown.map((topic) => option(topic, topic, query.topic))}</select></p>
${day('from', 'From', wrong('from'), typed('from'))}
${day('to', 'To', wrong('to'), typed('to'))}
<p class="filter-button"><button class="button secondary" type="submit">Apply filters</button></p>
</div>
${query.when === 'past' && html`<input type="hidden" name="when" value="past">`}
</form>`;
}

const option = (value: string, label: string, chosen: string | undefined): Html =>
  html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`;

const day = (field: 'from' | 'to', label: string, wrong: ReturnType<typeof fieldError>, value = ''): Html =>
  html`<p><label for="${field}">${label}</label>${wrong.message}
<input type="date" id="${field}" name="${field}" value="${value}"${wrong.attributes}></p>`;
