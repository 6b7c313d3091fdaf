import { ICalAttendeeStatus, ICalAttendeeType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { EventState } from '#shared/domain/schedule.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { calendarEntry } from './calendar-entry.ts';
import { calendarFile } from './calendar-file.ts';
import { displayName } from './calendar-text.ts';
import { zonesOf } from './written-zone.ts';

/** One person's place at one event, as their calendar is told of it. */
export interface Invitation {
  readonly site: { readonly url: string };
  readonly event: Event;
  readonly registration: Registration;
  readonly links: { readonly event: string; readonly join: string };
  readonly now: Epoch;
}

/** The event for the calendar of the one person who has a place (iTIP REQUEST, RFC 5546 §3.2.2). */
export const calendarRequest = (invitation: Invitation): string =>
  personalFile(invitation, ICalCalendarMethod.REQUEST, ICalEventStatus.CONFIRMED, describe(invitation));

/** Takes the event out of the person's calendar again (iTIP CANCEL, RFC 5546 §3.2.5); where programs keep it, it says why. */
export const calendarCancel = (invitation: Invitation): string => {
  const { event } = invitation;
  const title = `${PREFIXES[event.state]}${event.title}`;
  return personalFile(
    { ...invitation, event: { ...event, title } },
    ICalCalendarMethod.CANCEL,
    ICalEventStatus.CANCELLED,
    [],
  );
};

const PREFIXES: Record<EventState, string> = {
  draft: '',
  published: '',
  postponed: 'Postponed: ',
  cancelled: 'Cancelled: ',
};

function personalFile(
  { site, event, registration, links, now }: Invitation,
  method: ICalCalendarMethod,
  status: ICalEventStatus,
  description: readonly string[],
): string {
  const { registrationId, sequence } = registration;
  const uid = `${registrationId}@${new URL(site.url).hostname}`;
  const entry = calendarEntry(event, { uid, sequence, now, status, eventUrl: links.event, description });
  const attendee = {
    ...(registration.name !== '' && { name: displayName(registration.name) }),
    email: registration.email,
    type: ICalAttendeeType.INDIVIDUAL,
    // They registered, which is a yes: nobody's organiser should get a reply for each of ten thousand places.
    status: ICalAttendeeStatus.ACCEPTED,
    rsvp: false,
  };
  return calendarFile({
    method,
    entries: [{ ...entry, attendees: [attendee] }],
    zones: zonesOf([event]),
  });
}

/** Calendars are shared: an unlisted event's links to nothing personal, and no calendar to the page that cancels. */
function describe({ event, links }: Invitation): string[] {
  const mayJoin = event.format !== 'in-person' && event.visibility === 'public';
  return [
    event.strapline ?? '',
    ...(mayJoin ? [`Join online: ${links.join}`, 'The link opens shortly before the start. It is yours alone.'] : []),
    `About the event: ${links.event}`,
  ];
}
