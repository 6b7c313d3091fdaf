import type { Event } from '#shared/domain/event.ts';
import { apply, type Registration } from '#shared/domain/registration.ts';
import { instantsOf, type Schedule, scheduleOf } from '#shared/domain/schedule.ts';
import { epochOf } from '#shared/domain/time.ts';
import type { MailView } from '#shared/mail/mail-view.ts';
import { SAMPLE_EVENT_ID, SAMPLE_NOW } from './sample-events.ts';

const SITE = { name: 'Rollcall', url: 'https://events.example.org' };
const REGISTRATION_ID = '7h2c9d4f6g8j3k5m';
const HOUR = 3600;

/** Somebody who has done something with their mail before: their address has proved itself. */
const KNOWN: Partial<Registration> = { sequence: 1, provedAt: epochOf(SAMPLE_NOW) };

/** Somebody whose calendar has the event. */
export const invited: Partial<Registration> = {
  sequence: 2,
  deliveries: { '1@a1': 'delivered|1763892000|1|a1b2c3|1' },
};

/** Somebody who waits. */
export const waiting: Partial<Registration> = { status: 'waitlisted', timeZone: 'Pacific/Auckland' };

/** A mail about this event, to Ada or whoever is given, three months before. */
export function view(event: Event, given: Partial<Registration> = {}, place?: number): MailView {
  const token = `${SAMPLE_EVENT_ID}${REGISTRATION_ID}.k1.Zm9vYmFyYmF6cXV4MTIzNDU2Nzg`;
  const page = `${SITE.url}/events/${event.slug}`;
  return {
    site: SITE,
    event,
    registration: person(given),
    links: {
      manage: `${SITE.url}/r/${token}`,
      join: `${SITE.url}/j/${token}`,
      stop: `${SITE.url}/u/${token}`,
      calendar: `${page}/calendar.ics`,
      event: page,
      survey: `${SITE.url}/s/${token}`,
      address: `${SITE.url}/a/${token}`,
      object: `${SITE.url}/m/${token}`,
    },
    place,
    now: epochOf(SAMPLE_NOW),
  };
}

function person(given: Partial<Registration>): Registration {
  const newcomer = {
    eventId: SAMPLE_EVENT_ID,
    registrationId: REGISTRATION_ID,
    name: 'Ada Lovelace',
    email: 'ada@example.org',
    linkSeed: 'a seed of links',
    source: 'form' as const,
    timeZone: 'Europe/London',
  };
  return { ...apply(newcomer, false, SAMPLE_NOW, { delay: 0, dropped: false }), ...KNOWN, ...given };
}

/** The same so many hours before the start; after it where they are fewer than none. */
export const hoursBefore = (hours: number, given: MailView): MailView => ({
  ...given,
  now: epochOf(given.event.startInstant) - Math.round(hours * HOUR),
});

/** The same, two hours after the end. */
export const afterwards = (given: MailView): MailView => ({
  ...given,
  now: epochOf(given.event.endInstant) + 2 * HOUR,
});

/** The same a day later, when it is final who came: this person, or not. */
export const dayAfter = (given: MailView, came: boolean): MailView => ({
  ...given,
  registration: { ...given.registration, ...(came && { joinedAt: epochOf(given.event.startInstant) }) },
  now: epochOf(given.event.endInstant) + 26 * HOUR,
});

/** The event on another schedule, and what people were told of it until now. */
export function moved(event: Event, to: Partial<Schedule>): { readonly event: Event; readonly before: Schedule } {
  const other = { ...event, ...to };
  return { event: { ...other, ...instantsOf(other) }, before: scheduleOf(event) };
}

/** What people of a moved event read. */
export const told = (
  event: Event,
  to: Partial<Schedule>,
  given: Partial<Registration> = {},
  place?: number,
): MailView => {
  const { event: now, before } = moved(event, to);
  return { ...view(now, given, place), before };
};
