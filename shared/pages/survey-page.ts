import { clockOf, dayOf, zoneName } from '#shared/domain/when.ts';
import type { GateView } from './gate-page.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { PageSite } from './site.ts';

/** Where the survey will be, and when. */
export function surveyPage(site: PageSite, view: GateView): string {
  const { event } = view;
  const main = html`<div class="narrow gate">
<h1>Survey: ${event.title}</h1>
${state(view)}
<p class="ask"><a href="/events/${event.slug}">About the event</a> · Questions? <a href="mailto:${event.organiser.email}">${event.organiser.email}</a></p>
</div>`;
  return layout(site, { title: `Survey: ${event.title}`, main, quiet: true });
}

const news = (sentence: string, more = ''): Html =>
  html`<p class="news"><b>${sentence}</b></p>${more && html`<p>${more}</p>`}`;

function state({ event, registration, standing }: GateView): Html {
  if (standing.phase === 'cancelled') return news('This event has been cancelled.', 'There will be no survey.');
  if (standing.phase === 'postponed') return news('This event has been postponed.', 'The survey comes after it.');
  if (event.survey === undefined) return news('This event has no survey.');
  if (registration.status !== 'confirmed') return news('The survey is for people who have a place.');
  if (standing.phase === 'ended') return news('The survey is not open yet.', 'We will write to you when it is.');
  const { endInstant, timeZone } = event;
  const end = `${dayOf(endInstant, timeZone)}, ${clockOf(endInstant, timeZone)} ${zoneName(endInstant, timeZone)}`;
  return news('The survey comes after the event.', `It ends on ${end}. We will write to you when the survey is open.`);
}
