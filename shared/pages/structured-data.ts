import type { Event } from '#shared/domain/event.ts';
import { asWritten, type Html, html } from './html.ts';
import type { PageSite } from './site.ts';
import type { Standing } from './standing.ts';

const STATUS = { published: 'EventScheduled', postponed: 'EventPostponed', cancelled: 'EventCancelled' } as const;
const MODE = {
  online: 'OnlineEventAttendanceMode',
  'in-person': 'OfflineEventAttendanceMode',
  hybrid: 'MixedEventAttendanceMode',
} as const;
const schema = (name: string) => `https://schema.org/${name}`;

/** JSON inside HTML: nothing in it can end the element, whatever the text. */
const embedded = (value: unknown): Html =>
  asWritten(
    JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

/** The event as machines read it (schema.org/Event), and as previews show it (Open Graph). */
export function structuredData(
  site: PageSite,
  event: Event,
  standing: Standing,
  { title, about }: { title: string; about: string },
): Html {
  const url = `${site.url}/events/${event.slug}`;
  return html`<script type="application/ld+json">${embedded(eventData(event, standing, { url, about }))}</script>
<meta property="og:type" content="website">
<meta property="og:site_name" content="${site.name}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${about}">
<meta property="og:url" content="${url}">
<meta name="twitter:card" content="summary">`;
}

function eventData(
  event: Event,
  { closed, isFull, seatsLeft }: Standing,
  { url, about }: { url: string; about: string },
) {
  const { title, format, state, organiser, speakers, capacity } = event;
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: title,
    description: about,
    url,
    startDate: event.startInstant,
    endDate: event.endInstant,
    eventStatus: schema(STATUS[state === 'draft' ? 'published' : state]),
    eventAttendanceMode: schema(MODE[format]),
    location: locationOf(event, url),
    organizer: { '@type': 'Organization', name: organiser.name, email: organiser.email },
    ...(speakers.length > 0 && {
      performer: speakers.map(({ name, role, organisation }) => ({
        '@type': 'Person',
        name,
        jobTitle: role,
        affiliation: organisation && { '@type': 'Organization', name: organisation },
      })),
    }),
    ...(capacity !== undefined && { maximumAttendeeCapacity: capacity, remainingAttendeeCapacity: seatsLeft }),
    ...(closed === undefined && {
      offers: {
        '@type': 'Offer',
        url: `${url}/register`,
        availability: schema(isFull ? 'SoldOut' : 'InStock'),
        validFrom: event.publishedAt,
      },
    }),
  };
}

function locationOf({ format, place }: Event, url: string) {
  const online = { '@type': 'VirtualLocation', url };
  const here = { '@type': 'Place', name: place, address: place };
  if (format === 'hybrid') return [here, online];
  return format === 'online' ? online : here;
}
