import { attendedFor, type CertificateStanding } from '#shared/domain/certificate.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { instantAt } from '#shared/domain/time.ts';
import { momentOf } from '#shared/domain/when.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { PageSite } from './site.ts';

type Without = Extract<CertificateStanding, { holds: false }>;

interface View {
  readonly event: Event;
  readonly registration: Pick<Registration, 'minutes'>;
  readonly standing: Without;
}

/** Why somebody who holds the link has no certificate, and when they may have one. */
export function noCertificateYetPage(site: PageSite, { event, registration, standing }: View): string {
  const { sentence, more } = why(event, registration, standing);
  const main = html`<div class="narrow gate">
<h1>Certificate of attendance</h1>
<p class="lead">${event.title}</p>
<p class="news"><b>${sentence}</b></p>
<p>${more}</p>
<p class="ask"><a href="/events/${event.slug}">About the event</a> · Questions? <a href="mailto:${event.organiser.email}">${event.organiser.email}</a></p>
</div>`;
  return layout(site, { title: `Certificate of attendance: ${event.title}`, main, quiet: true });
}

interface Why {
  readonly sentence: string;
  readonly more: Html | string;
}

function why(event: Event, registration: View['registration'], { because, from }: Without): Why {
  switch (because) {
    case 'too-early':
      return tooEarly(event, from);
    case 'called-off':
      return { sentence: 'This event has been cancelled.', more: 'There are no certificates for it.' };
    case 'no-place':
      return {
        sentence: 'You do not have a place.',
        more: 'Certificates are for people who had a place and attended.',
      };
    case 'forgotten':
    case 'not-recorded':
      return { sentence: 'There is no certificate for you.', more: notRecorded(event, registration) };
  }
}

function tooEarly({ timeZone }: Event, from: number | undefined): Why {
  if (from === undefined)
    return {
      sentence: 'This event has been postponed.',
      more: 'Certificates come after it. A mail tells you the new date.',
    };
  return {
    sentence: 'Your certificate is not ready yet.',
    more: html`If you attend, it will be at this address by <b>${momentOf(instantAt(from), timeZone)}</b>, once it is certain who attended. Keep the link: it is yours alone.`,
  };
}

function notRecorded({ attendedFrom, organiser }: Event, { minutes }: View['registration']): Html {
  const [, least] = /^provider-minutes:(\d+)$/.exec(attendedFrom) ?? [];
  const counted = minutes === undefined ? '' : `, and ${attendedFor(minutes)} of yours are on record`;
  return html`${least === undefined ? 'We have no record that you attended.' : `Certificates are for people who attended for at least ${attendedFor(Number(least))}${counted}.`} If you did, write to <a href="mailto:${organiser.email}">${organiser.email}</a>: the organiser can put the record right.`;
}
