import type { Event } from '#shared/domain/event.ts';
import { addToCalendar } from './calendar-links.ts';
import { errorSummary } from './form-errors.ts';
import { textField } from './form-fields.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { PageSite } from './site.ts';
import { whenMarkup } from './times.ts';

export interface RegisteredView {
  readonly event: Event;
  /** What corrects the address; undefined where nobody has just sent the form. */
  readonly ticket: string | undefined;
  /** The address that was typed last, and what is wrong with it. */
  readonly typed?: readonly string[];
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
}

/**
 * After the form: what happens next. The same for everybody, so that it tells nobody who is registered. The address
 * stands in the browser alone: the script writes it into the room kept for it.
 */
export function registeredPage(site: PageSite, { event, ticket, typed = [], faults = [] }: RegisteredView): string {
  const { slug, title, organiser } = event;
  const main = html`<div class="narrow">
${errorSummary(faults.map(({ field, message }) => ({ anchor: field, message })))}
<h1>Check your inbox</h1>
<p class="lead">We have your registration for <b>${title}</b>, ${whenMarkup(event)}.</p>
<p class="address">A mail is on its way to <b data-address>the address you gave</b></p>
<h2>What happens next</h2>
<ol class="steps">
${event.confirmAddress && html`<li>The mail asks you to confirm that the address is yours. Your registration counts once you have.</li>`}
<li>${event.confirmAddress ? 'Then another' : 'Within a few minutes the'} mail tells you whether you have a place. If the event is full, it tells you your place on the waiting list.</li>
<li>It holds your personal link: to see your registration, to add the event to your calendar and to give up your place.</li>
</ol>
<h2>If nothing comes</h2>
<ul>
<li>Look in the spam or junk folder for a mail from ${site.name}.</li>
<li>If you registered before, your earlier mail still holds: look for it, or <a href="/lost-link">have your link sent again</a>.</li>
<li>Still nothing after an hour? Write to <a href="mailto:${organiser.email}">${organiser.email}</a>.</li>
</ul>
${ticket !== undefined && correction({ ticket, typed, faults })}
${addToCalendar(event, site.url)}
<p><a href="/events/${slug}">About the event</a> · <a href="/">Other events</a></p>
</div>`;
  return layout(site, { title: `Check your inbox: ${title}`, main });
}

type Correction = Required<Pick<RegisteredView, 'typed' | 'faults'>> & { readonly ticket: string };

const correction = ({ ticket, typed, faults }: Correction): Html => html`<h2 id="wrong-address">Wrong address?</h2>
<p>Type the right one, and the mail goes there instead.</p>
<form class="form" method="post" novalidate data-remember>
<input type="hidden" name="ticket" value="${ticket}">
${textField({ field: 'email', typed, faults, label: 'Right email address', type: 'email', autocomplete: 'email', required: true })}
<p><button class="button secondary" type="submit">Send it there</button></p>
</form>`;
