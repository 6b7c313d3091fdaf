import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { addToCalendar } from './calendar-links.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { PageSite } from './site.ts';
import type { Standing } from './standing.ts';
import { timeLeft } from './time-left.ts';
import { elsewhereMarkup, whenMarkup } from './times.ts';

export interface GateView {
  readonly event: Event;
  readonly registration: Registration;
  readonly standing: Standing;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The way in: what one needs on a phone a minute before the start, and nothing else. */
export function gatePage(site: PageSite, view: GateView): string {
  const { event } = view;
  const main = html`<div class="narrow gate">
<h1>${event.title}</h1>
${state(view)}
${times(view)}
${needsCalendar(view) && addToCalendar(event, site.url)}
<p class="ask">Questions? <a href="mailto:${event.organiser.email}">${event.organiser.email}</a></p>
</div>`;
  return layout(site, { title: event.title, main, quiet: true });
}

const isComing = ({ registration, standing }: GateView): boolean =>
  registration.status === 'confirmed' && standing.phase === 'upcoming';
const needsCalendar = isComing;

const news = (sentence: string, more: Html | string = ''): Html =>
  html`<p class="news"><b>${sentence}</b></p>${more && html`<p>${more}</p>`}`;

function state({ event, registration, standing, now }: GateView): Html {
  const page = html`<a href="/events/${event.slug}">About the event</a>`;
  if (standing.phase === 'cancelled') return news('This event has been cancelled.', 'It will not take place.');
  if (standing.phase === 'postponed')
    return news('This event has been postponed.', 'You keep your registration. A mail tells you the new date.');
  if (standing.phase === 'ended')
    return news(
      'This event has ended.',
      event.recordingUrl === undefined
        ? page
        : html`<a href="${event.recordingUrl}" rel="nofollow noopener">Watch the recording</a>`,
    );
  switch (registration.status) {
    case 'cancelled':
      return news(
        'You gave up your place.',
        html`To come after all, <a href="/events/${event.slug}/register">register again</a>.`,
      );
    case 'waitlisted':
      return news(
        'You do not have a place yet.',
        'You are on the waiting list. A mail tells you as soon as a place is yours.',
      );
    case 'applied':
      return news('Your place is not confirmed yet.', 'A mail tells you in a moment whether you have one.');
    case 'confirmed':
      return standing.phase === 'live' ? live(event) : ahead(event, now);
  }
}

const ahead = (event: Event, now: number): Html =>
  html`${news('You have a place.')}
<p class="countdown">It starts in <b data-countdown="${event.startInstant}">${timeLeft(Date.parse(event.startInstant) - now)}</b></p>
<p>${event.format === 'in-person' ? html`Come to <b>${event.place}</b>.` : 'The way in will be on this page: keep the link, it is yours alone.'}</p>`;

const live = (event: Event): Html =>
  news(
    'It is on now.',
    event.format === 'in-person'
      ? html`Come to <b>${event.place}</b>.`
      : html`If you do not know yet how to join, write to <a href="mailto:${event.organiser.email}">${event.organiser.email}</a>.`,
  );

function times({ event, registration, standing }: GateView): Html | undefined {
  if (standing.phase === 'cancelled' || standing.phase === 'postponed') return undefined;
  return html`<p class="when">${whenMarkup(event)}${elsewhereMarkup(event, registration.timeZone)}</p>`;
}
