import { ICalCalendarMethod, type ICalEventData, ICalEventStatus } from 'ical-generator';
import type { Event } from '#shared/domain/event.ts';
import type { EventState } from '#shared/domain/schedule.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { calendarEntry } from './calendar-entry.ts';
import { calendarFile } from './calendar-file.ts';
import { zonesOf } from './written-zone.ts';

/** Who publishes, and when: `now` becomes DTSTAMP, so the same `now` makes the same file. */
export interface Publisher {
  readonly site: { readonly name: string; readonly url: string };
  readonly now: Epoch;
}

const HOUR = 3600;

/** Events for anybody's calendar (iTIP PUBLISH, RFC 5546 §3.2.1): no attendee, no personal link, no drafts. */
export const publishCalendar = (events: readonly Event[], publisher: Publisher): string => published(events, publisher);

/** The whole programme as a feed to subscribe to: what `publishCalendar` gives, without unlisted events. */
export const programmeFeed = (events: readonly Event[], publisher: Publisher): string =>
  published(
    events.filter(({ visibility }) => visibility === 'public'),
    publisher,
    { name: publisher.site.name, refreshSeconds: HOUR },
  );

function published(events: readonly Event[], publisher: Publisher, feed?: { name: string; refreshSeconds: number }) {
  const told = events.filter(isTold);
  return calendarFile({
    method: ICalCalendarMethod.PUBLISH,
    entries: told.map((event) => entryOf(event, publisher)),
    zones: zonesOf(told),
    ...(feed && { feed }),
  });
}

type ToldState = Exclude<EventState, 'draft'>;
type ToldEvent = Event & { readonly state: ToldState };
const isTold = (event: Event): event is ToldEvent => event.state !== 'draft';

/** Few programs show a STATUS, all show the title. */
const STATES: Record<ToldState, { status: ICalEventStatus; prefix: string }> = {
  published: { status: ICalEventStatus.CONFIRMED, prefix: '' },
  postponed: { status: ICalEventStatus.TENTATIVE, prefix: 'Postponed: ' },
  cancelled: { status: ICalEventStatus.CANCELLED, prefix: 'Cancelled: ' },
};

function entryOf(event: ToldEvent, { site, now }: Publisher): ICalEventData {
  const { status, prefix } = STATES[event.state];
  const eventUrl = `${site.url}/events/${event.slug}`;
  return calendarEntry(
    { ...event, title: `${prefix}${event.title}` },
    {
      uid: `${event.eventId}@${new URL(site.url).hostname}`,
      sequence: event.scheduleRevision,
      now,
      status,
      eventUrl,
      description: [event.strapline ?? '', `About the event: ${eventUrl}`],
    },
  );
}
