import { dayOf } from '#shared/domain/when.ts';
import type { Listed } from './catalogue.ts';
import { type Html, html } from './html.ts';
import { FORMATS, seatsInWords, stateBadge } from './standing.ts';
import { whenMarkup } from './times.ts';

/** Events as a list with date tiles; `search` is carried in the links, so that the way back leads to the same list. */
export const eventList = (listed: readonly Listed[], search: string, quiet = false): Html =>
  html`<ol class="events${quiet && ' quiet'}">${listed.map((each) => entry(each, search))}</ol>`;

function entry({ event, standing }: Listed, search: string): Html {
  const { slug, title, strapline, format, startInstant, timeZone } = event;
  const facts = [FORMATS[format], whenMarkup(event, true), seatsInWords(standing)].filter((fact) => fact !== undefined);
  return html`<li id="${slug}">
${dateTile(startInstant, timeZone)}
<div>
<h3><a href="/events/${slug}${search}">${title}</a></h3>
${strapline && html`<p class="strapline">${strapline}</p>`}
<p class="facts">${facts.map((fact, i) => [i > 0 && html` <span aria-hidden="true">·</span> `, fact])} ${stateBadge(standing)}</p>
</div>
</li>`;
}

/** Day over month, for the eye: the date is in words beside it. */
function dateTile(instant: string, timeZone: string): Html {
  const [, day, month] = dayOf(instant, timeZone, true).split(' ');
  return html`<div class="tile" aria-hidden="true"><b>${day}</b>${month}</div>`;
}
