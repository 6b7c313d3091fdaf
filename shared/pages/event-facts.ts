import type { Event } from '#shared/domain/event.ts';
import { registrationClosesInstant } from '#shared/domain/event.ts';
import { clockOf, dayOf, zoneName } from '#shared/domain/when.ts';
import { addToCalendar } from './calendar-links.ts';
import { type Html, html } from './html.ts';
import type { PageSite } from './site.ts';
import { FORMATS, type Standing, seatsInWords } from './standing.ts';
import { whenMarkup } from './times.ts';

/** When it is, and the same where the reader is: the script writes it into the room kept here, so nothing moves. */
function whenPanel(event: Event): Html {
  const { startInstant, endInstant, timeZone } = event;
  return html`${whenMarkup(event)}
<p class="own-time" data-start="${startInstant}" data-end="${endInstant}" data-zone="${timeZone}">Times are local to ${timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone}.</p>`;
}

/** What one needs to know to come: beside the text where there is room, above it on phones. */
export function factsPanel(site: PageSite, event: Event, standing: Standing, search: string): Html {
  const isAhead = standing.phase === 'upcoming' || standing.phase === 'live';
  const fact = (term: string, what: Html | string | undefined) =>
    what !== undefined && html`<div><dt>${term}</dt><dd>${what}</dd></div>`;
  return html`<aside class="panel" aria-label="Date, place and registration">
<dl>
${fact('When', offNow(event) ?? whenPanel(event))}
${fact('Where', html`${event.place}${event.place.toLowerCase() !== FORMATS[event.format].toLowerCase() && html` <span class="muted">(${FORMATS[event.format].toLowerCase()})</span>`}`)}
${fact('Places', seatsInWords(standing))}
${fact('Register by', isAhead ? closes(event, standing) : undefined)}
${fact('Organiser', html`${event.organiser.name}<br><a href="mailto:${event.organiser.email}">${event.organiser.email}</a>`)}
</dl>
${isAhead && addToCalendar(event, site.url)}
${isAhead && register(event, standing, search)}
</aside>`;
}

/** The times of an event that does not keep them. */
function offNow(event: Event): Html | undefined {
  const { state } = event;
  if (state === 'published' || state === 'draft') return undefined;
  const was = html`<s>${whenMarkup(event)}</s>`;
  return state === 'postponed' ? html`A new date will be announced.<br>${was}` : was;
}

function closes(event: Event, { closed }: Standing): string | undefined {
  if (event.registrationClosesAt === undefined || closed !== undefined) return undefined;
  const instant = registrationClosesInstant(event);
  const { timeZone } = event;
  return `${dayOf(instant, timeZone)}, ${clockOf(instant, timeZone)} ${zoneName(instant, timeZone)}`;
}

function register({ slug }: Event, { closed, isFull }: Standing, search: string): Html {
  if (closed !== undefined) return html`<p class="closed">${closed}</p>`;
  return html`<p class="action"><a class="button" href="/events/${slug}/register${search}">${isFull ? 'Join the waiting list' : 'Register'}</a></p>`;
}
