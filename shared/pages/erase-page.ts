import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { backTo, said } from './personal-parts.ts';
import type { PageSite } from './site.ts';

export interface EraseView {
  readonly event: Event;
  readonly registration: Pick<Registration, 'status'>;
  readonly token: string;
  /** What the button must carry. */
  readonly press: string;
  /** Why the last press changed nothing. */
  readonly said: string | undefined;
}

/** What erasing means, before it is done: it cannot be taken back. */
export function erasePage(site: PageSite, { event, registration, token, press, said: why }: EraseView): string {
  const holds = registration.status !== 'cancelled';
  const main = html`${backTo(token)}
<div class="narrow">
${said(why)}
<h1>Erase your data?</h1>
<p class="lead">${event.title}</p>
<ul>
<li>Your name, your address, your answers and the list of mails you were sent are deleted.</li>
${holds && html`<li>You give up your place.</li>`}
<li>No more mail comes, not even one that says that this was done.</li>
<li>Your links stop working, and a certificate of attendance can no longer be checked.</li>
</ul>
<p><b>This cannot be undone.</b> If you want a copy first, <a href="/r/${token}/data.json">download your data</a>.${holds && html` If you only cannot come, <a href="/r/${token}">give up your place</a> instead.`}</p>
<form method="post"><p><button class="button danger" type="submit" name="erase" value="${press}">Erase my data</button></p></form>
</div>`;
  return layout(site, { title: `Erase your data: ${event.title}`, main, quiet: true });
}

/** It is done, and nothing is left to show. */
export const erasedPage = (site: PageSite, { slug, organiser }: Event): string => {
  const main = html`<div class="narrow">
<h1>Your data is erased</h1>
<p class="lead">Nothing about you is kept for this event any more.</p>
<p>Mails that were sent before are in your own mailbox still; their links open nothing. Questions? Write to <a href="mailto:${organiser.email}">${organiser.email}</a>.</p>
<p><a href="/events/${slug}">About the event</a> · <a href="/">Other events</a></p>
</div>`;
  return layout(site, { title: 'Your data is erased', main, quiet: true });
};
