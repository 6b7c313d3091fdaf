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
  /** What should have corrected it is good for nothing any more. */
  readonly isUsedUp?: boolean;
  /** The address that was typed last, and what is wrong with it. */
  readonly typed?: readonly string[];
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
}

/**
 * After the form: what happens next. The same for everybody, so that it tells nobody who is registered. The address
 * stands in the browser alone: the script writes it into the room kept for it, and sees that loading the page again sends no
 * form again.
 */
export function registeredPage(site: PageSite, view: RegisteredView): string {
  const { event, ticket, isUsedUp = false, typed = [], faults = [] } = view;
  const { slug, title, organiser } = event;
  if (isUsedUp) return usedUpPage(site, event);
  const main = html`<div class="narrow" data-at="/events/${slug}/registered">
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
<h2 id="wrong-address">Wrong address?</h2>
${ticket === undefined ? html`<p><a href="/events/${slug}/register">Register again</a> with the right one.</p>` : correction({ slug, ticket, typed, faults })}
${addToCalendar(event, site.url)}
<p><a href="/events/${slug}">About the event</a> · <a href="/">Other events</a></p>
</div>`;
  return layout(site, { title: `Check your inbox: ${title}`, main });
}

type Correction = Required<Pick<RegisteredView, 'typed' | 'faults'>> & {
  readonly slug: string;
  readonly ticket: string;
};

const correction = ({
  slug,
  ticket,
  typed,
  faults,
}: Correction): Html => html`<p>Type the right one: we register you with it, and you need fill in nothing else. What you registered with the wrong one ends, unless a mail has already arrived there; then whoever reads it can cancel it.</p>
<form class="form" method="post" action="/events/${slug}/registered" novalidate data-remember>
<input type="hidden" name="ticket" value="${ticket}">
${textField({ field: 'email', typed, faults, label: 'Right email address', type: 'email', autocomplete: 'email', required: true })}
<p><button class="button secondary" type="submit">Register with this address</button></p>
</form>`;

/** The page had been used, or was too old: who is registered has nothing to do with it. */
function usedUpPage(site: PageSite, { slug, title }: Event): string {
  const main = html`<div class="narrow">
<h1>This page can correct nothing any more</h1>
<p class="lead">Nothing has changed. An address can be corrected once, within an hour of registering for <b>${title}</b>.</p>
<p>Is it still wrong? <a href="/events/${slug}/register">Register again</a> with the right one.</p>
<p><a href="/events/${slug}">About the event</a></p>
</div>`;
  return layout(site, { title: `Nothing has changed: ${title}`, main });
}
