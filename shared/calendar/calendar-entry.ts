import { type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Event } from '#shared/domain/event.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { displayName, oneLine } from './calendar-text.ts';
import { inZone, writtenZone } from './written-zone.ts';

/** What an entry needs besides its event. */
export interface EntryDetails {
  readonly uid: string;
  readonly sequence: number;
  /** When this file is made: DTSTAMP. */
  readonly now: Epoch;
  readonly status: ICalEventStatus;
  readonly eventUrl: string;
  readonly description: readonly string[];
}

/** The VEVENT of an event. */
export function calendarEntry(event: Event, details: EntryDetails): ICalEventData {
  const { uid, sequence, now, status, eventUrl, description } = details;
  const zone = writtenZone(event);
  const isOff = status === ICalEventStatus.CANCELLED;
  const plain = description.map(oneLine).filter(Boolean).join('\n');
  return {
    id: uid,
    sequence,
    stamp: new Date(now * 1000),
    start: inZone(event.startInstant, zone),
    end: inZone(event.endInstant, zone),
    timezone: zone,
    summary: oneLine(event.title),
    location: oneLine(event.place),
    ...(plain && { description: plain }),
    url: eventUrl,
    organizer: { name: displayName(event.organiser.name), email: event.organiser.email },
    status,
    transparency: isOff ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  };
}
