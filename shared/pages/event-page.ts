import type { Event, EventText } from '#shared/domain/event.ts';
import { whenOf } from '#shared/domain/when.ts';
import type { Listed } from './catalogue.ts';
import { factsPanel } from './event-facts.ts';
import { eventList } from './event-list.ts';
import { speakers } from './event-people.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { prose } from './prose.ts';
import type { PageSite } from './site.ts';
import { FORMATS, type Standing, stateBadge } from './standing.ts';
import { structuredData } from './structured-data.ts';

export interface EventView {
  readonly event: Event;
  readonly text: EventText;
  readonly standing: Standing;
  /** The search that led here, "?q=police": where the way back leads. */
  readonly search: string;
  /** Events on the same topics that are still to come: for when this one is over. */
  readonly next: readonly Listed[];
}

/** Everything about one event. */
export function eventPage(site: PageSite, view: EventView): string {
  const { event, text, standing, search } = view;
  const about = aboutOf(event, text);
  const main = html`<p class="back"><a href="/${search}${search && html`#${event.slug}`}">${search ? 'Back to search results' : 'All events'}</a></p>
<article class="event">
<div class="event-head">
<p class="badges"><span class="format">${FORMATS[event.format]}</span> ${stateBadge(standing)}</p>
<h1>${event.title}</h1>
${event.strapline && html`<p class="lead">${event.strapline}</p>`}
</div>
${factsPanel(site, event, standing, search)}
<div class="event-text">
${notice(view)}
${speakers(event.speakers)}
${text.description && html`<section aria-labelledby="about"><h2 id="about">About the event</h2><div class="prose">${prose(text.descriptionHtml, text.description)}</div></section>`}
${checklist(text.programme)}
${audience(text.audience)}
${topics(event.topics)}
</div>
</article>
${next(view)}`;
  return layout(site, {
    title: titleOf(event),
    description: about,
    path: `/events/${event.slug}`,
    findable: event.visibility === 'public',
    head: structuredData(site, event, standing, { title: titleOf(event), about }),
    main,
  });
}

/** When, where and what, in a few words. */
function aboutOf(event: Event, { summary }: EventText): string {
  const { startInstant, endInstant, timeZone, place, strapline } = event;
  const when = whenOf(startInstant, endInstant, timeZone);
  return [`${when}, ${place}`, strapline ?? summary].filter(Boolean).join('. ');
}

/** Where only the title is seen, in a tab or a preview, it says what has become of the event. */
const titleOf = ({ title, state }: Event): string =>
  state === 'cancelled' ? `Cancelled: ${title}` : state === 'postponed' ? `Postponed: ${title}` : title;

/** What is still useful when nobody can register any more. */
function notice({ event, standing, next }: EventView): Html | undefined {
  const { phase } = standing;
  if (phase === 'ended') {
    const recording = event.recordingUrl;
    return html`<div class="notice"><p><b>This event has ended.</b> ${recording ? html`<a href="${recording}" rel="nofollow noopener">Watch the recording</a>.` : next.length > 0 ? 'See below what comes next on its topics.' : ''}</p></div>`;
  }
  if (phase === 'cancelled')
    return html`<div class="notice notice-cancelled"><p><b>This event has been cancelled.</b> It will not take place. People who registered are told by email.</p></div>`;
  if (phase === 'postponed')
    return html`<div class="notice notice-postponed"><p><b>This event has been postponed.</b> Registration opens again when it has a new date. People who registered keep their place and are told by email.</p></div>`;
  return undefined;
}

const checklist = (programme: readonly string[]): Html | undefined =>
  programme.length === 0
    ? undefined
    : html`<section aria-labelledby="programme"><h2 id="programme">Programme</h2><ul class="checks">${programme.map((each) => html`<li>${each}</li>`)}</ul></section>`;

const SHOWN = 12;

function audience(all: readonly string[]): Html | undefined {
  if (all.length === 0) return undefined;
  const list = (some: readonly string[]) =>
    html`<ul class="columns">${some.map((each) => html`<li>${each}</li>`)}</ul>`;
  const more = all.slice(SHOWN);
  return html`<section aria-labelledby="audience"><h2 id="audience">Who should attend</h2>${list(all.slice(0, SHOWN))}
${more.length > 0 && html`<details class="more"><summary>${more.length} more</summary>${list(more)}</details>`}</section>`;
}

const topics = (all: readonly string[]): Html | undefined =>
  all.length === 0
    ? undefined
    : html`<section aria-labelledby="topics"><h2 id="topics">Topics</h2><ul class="topics">${all.map((topic) => html`<li><a href="/?topic=${encodeURIComponent(topic)}">${topic}</a></li>`)}</ul></section>`;

const next = ({ next: events }: EventView): Html | undefined =>
  events.length === 0
    ? undefined
    : html`<section class="next" aria-labelledby="next"><h2 id="next">Coming up</h2>${eventList(events, '')}</section>`;
