import { attendedFor } from '#shared/domain/certificate.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { textField } from './form-fields.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { PageSite } from './site.ts';
import { whenMarkup } from './times.ts';

export interface CertificateView {
  readonly event: Event;
  readonly registration: Pick<Registration, 'name' | 'minutes'>;
}

/** A genuine certificate, for whoever has it in their hands: what it must say. */
export function certificatePage(site: PageSite, { event, registration }: CertificateView): string {
  const { name, minutes } = registration;
  const fact = (term: string, what: Html | string) => html`<div><dt>${term}</dt><dd>${what}</dd></div>`;
  const main = html`<div class="narrow">
<h1>Certificate of attendance</h1>
<div class="status status-yes genuine"><p><b>This certificate is genuine.</b> The record says that this person attended.</p></div>
<dl class="facts-list">
${fact('Name', html`<bdi>${name}</bdi>`)}
${fact('Event', titleOf(event))}
${fact('When', whenMarkup(event))}
${minutes !== undefined && fact('Attended for', attendedFor(minutes))}
${fact('Organiser', html`<bdi>${event.organiser.name}</bdi>`)}
</dl>
<p>Compare this with the certificate you were shown. If anything is different, do not rely on it before you have asked <a href="mailto:${event.organiser.email}">${event.organiser.email}</a>.</p>
<p><a href="/certificates">Check another certificate</a></p>
</div>`;
  return layout(site, { title: 'Genuine certificate of attendance', main, quiet: true });
}

/** Nobody finds an unlisted event by way of somebody's certificate. */
const titleOf = ({ title, slug, visibility }: Event): Html =>
  visibility === 'public' ? html`<a href="/events/${slug}"><bdi>${title}</bdi></a>` : html`<bdi>${title}</bdi>`;

/** Where a code is typed. */
export function askForCodePage(site: PageSite): string {
  const main = html`<div class="narrow">
<h1>Is this certificate genuine?</h1>
<p class="lead">Every certificate of attendance has a code at its foot. Type it here to see whether we issued it.</p>
${codeForm('')}
</div>`;
  return layout(site, { title: 'Is this certificate genuine?', main, quiet: true });
}

/** For every code behind which there is no certificate, whatever the reason, with what may be wrong. */
export function noCertificatePage(site: PageSite, typed: string): string {
  const main = html`<div class="narrow">
<h1>We cannot confirm this certificate</h1>
<div class="status status-off"><p><b>There is no certificate with this code.</b> Please check these things:</p></div>
<ul>
<li>Is the whole code there? It has eleven groups of four letters and digits.</li>
<li>Is every character right? Large and small letters are the same, and so are O and 0, I, L and 1.</li>
<li>Is the certificate old? We keep the data of an event’s participants for a limited time, and anybody may have theirs erased. After that nobody can confirm a certificate.</li>
</ul>
<p>If all of this is as it should be, do not rely on the certificate. Ask whoever showed it to you, or the organiser of the event.</p>
${codeForm(typed)}
</div>`;
  return layout(site, { title: 'We cannot confirm this certificate', main, quiet: true });
}

const codeForm = (typed: string): Html =>
  html`<form class="form" action="/certificates" method="get">
${textField({ field: 'code', label: 'Verification code', hint: 'Like 4T7K-0Q2M-… at the foot of the certificate', typed: [typed], faults: [], autocomplete: 'off', required: true })}
<p><button class="button" type="submit">Check the certificate</button></p>
</form>`;
