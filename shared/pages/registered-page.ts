import type { Event } from '#shared/domain/event.ts';
import { addToCalendar } from './calendar-links.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { PageSite } from './site.ts';
import { whenMarkup } from './times.ts';

/**
 * After the form: what happens next. The same for everybody, so that it tells nobody who is registered. The address
 * stands in the browser alone: the script writes it into the room kept for it.
 */
export function registeredPage(site: PageSite, event: Event): string {
  const { slug, title, organiser } = event;
  const main = html`<div class="narrow">
<h1>Check your inbox</h1>
<p class="lead">We have your registration for <b>${title}</b>, ${whenMarkup(event)}.</p>
<p class="address">A mail is on its way to <b data-address>the address you gave</b></p>
<h2>What happens next</h2>
<ol class="steps">
<li>Within a few minutes the mail tells you whether you have a place. If the event is full, it tells you your place on the waiting list.</li>
<li>It holds your personal link: to see your registration, to add the event to your calendar and to give up your place.</li>
</ol>
<h2>If nothing comes</h2>
<ul>
<li>Look in the spam or junk folder for a mail from ${site.name}.</li>
<li>Wrong address? <a href="/events/${slug}/register">Register again</a> with the right one.</li>
<li>If you registered before, your earlier mail still holds: look for it.</li>
<li>Still nothing after an hour? Write to <a href="mailto:${organiser.email}">${organiser.email}</a>.</li>
</ul>
${addToCalendar(event, site.url)}
<p><a href="/events/${slug}">About the event</a> · <a href="/">Other events</a></p>
</div>`;
  return layout(site, { title: `Check your inbox: ${title}`, main });
}
