import type { Event } from '#shared/domain/event.ts';
import { type Html, html } from './html.ts';

/** "20260219T093000Z" */
const basic = (instant: string): string => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');

const withQuery = (address: string, query: Record<string, string>): string =>
  `${address}?${new URLSearchParams(query)}`;

type Told = Pick<Event, 'title' | 'strapline' | 'place' | 'slug' | 'startInstant' | 'endInstant' | 'timeZone'>;

function aboutOf({ strapline, slug }: Told, siteUrl: string): string {
  return [strapline, `${siteUrl}/events/${slug}`].filter(Boolean).join('\n\n');
}

/** Opens Google Calendar with the event filled in. */
const googleLink = (event: Told, siteUrl: string): string =>
  withQuery('https://calendar.google.com/calendar/render', {
    action: 'TEMPLATE',
    text: event.title,
    dates: `${basic(event.startInstant)}/${basic(event.endInstant)}`,
    ctz: event.timeZone,
    details: aboutOf(event, siteUrl),
    location: event.place,
  });

/** Opens Outlook in the browser with the event filled in; `host` is outlook.office.com for work, outlook.live.com at home. */
const outlookLink = (
  event: Told,
  siteUrl: string,
  host: 'outlook.office.com' | 'outlook.live.com' = 'outlook.office.com',
): string =>
  withQuery(`https://${host}/calendar/0/deeplink/compose`, {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: event.title,
    startdt: event.startInstant,
    enddt: event.endInstant,
    body: aboutOf(event, siteUrl),
    location: event.place,
  });

/** The ways to put an event into one's own calendar. */
export function addToCalendar(event: Told, siteUrl: string): Html {
  const elsewhere = (address: string, label: string) =>
    html`<li><a href="${address}" rel="noopener noreferrer">${label}</a></li>`;
  return html`<details class="add">
<summary>Add to calendar</summary>
<ul class="plain">
<li><a href="/events/${event.slug}/calendar.ics">Calendar file (.ics)</a></li>
${elsewhere(outlookLink(event, siteUrl), 'Outlook at work')}
${elsewhere(outlookLink(event, siteUrl, 'outlook.live.com'), 'Outlook.com')}
${elsewhere(googleLink(event, siteUrl), 'Google Calendar')}
</ul>
</details>`;
}
