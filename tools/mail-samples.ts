import { draftEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import type { Event } from '#shared/domain/event.ts';
import type { MailKind } from '#shared/domain/mail-kinds.ts';
import { apply, type Registration } from '#shared/domain/registration.ts';
import { epochOf } from '#shared/domain/time.ts';
import type { MailView } from '#shared/mail/mail-view.ts';

const SITE = { name: 'Rollcall', url: 'https://events.example.org' };
const EVENT_ID = 'zq3v8k2m5n7p9r4t';
const REGISTRATION_ID = '7h2c9d4f6g8j3k5m';
const NOW = '2026-11-23T10:00:00Z';

const webinar = event({
  title: 'Tackling Serious and Organised Crime in the UK: Exploring innovative approaches to a growing problem',
  format: 'online',
  startsAt: '2027-02-18T09:30',
  endsAt: '2027-02-18T13:00',
  timeZone: 'Europe/London',
  place: 'Webinar',
  organiser: { name: 'Global Progressive Policing', email: 'events@example.org' },
});

const conference = event({
  title: 'Safer Streets 2027',
  format: 'hybrid',
  startsAt: '2027-03-27T14:00',
  endsAt: '2027-03-28T16:30',
  timeZone: 'Europe/Berlin',
  place: 'Rathaus Schöneberg, John-F.-Kennedy-Platz 1, Berlin',
  capacity: 120,
  organiser: { name: 'Forum Sichere Stadt', email: 'forum@example.org' },
});

const workshop = event({
  title: 'Listening first: a workshop on victim care for front-line staff',
  format: 'in-person',
  startsAt: '2027-05-06T10:00',
  endsAt: '2027-05-06T12:00',
  timeZone: 'Pacific/Auckland',
  place: 'Te Papa, Wellington',
  capacity: 24,
  organiser: { name: 'Victim Support Aotearoa', email: 'hello@example.org' },
});

function event(input: Record<string, unknown>): Event {
  const slug = `${String(input['title'])
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .slice(0, 40)}-${String(input['startsAt']).slice(0, 10)}`;
  return publishEvent(draftEvent(NewEvent.parse(input), { eventId: EVENT_ID, slug, now: NOW }).event, NOW);
}

function person(given: Partial<Registration> = {}): Registration {
  const newcomer = {
    eventId: EVENT_ID,
    registrationId: REGISTRATION_ID,
    name: 'Ada Lovelace',
    email: 'ada@example.org',
    linkSeed: 'a seed of links',
    timeZone: 'Europe/London',
  };
  return { ...apply(newcomer, false, NOW, { delay: 0, dropped: false }), sequence: 1, ...given };
}

function view(event: Event, given: Partial<Registration> = {}, place?: number): MailView {
  const token = `${EVENT_ID}${REGISTRATION_ID}.k1.Zm9vYmFyYmF6cXV4MTIzNDU2Nzg`;
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
    },
    place,
    now: epochOf(NOW),
  };
}

/** The same, two hours after the end. */
const afterwards = (event: Event): MailView => ({ ...view(event), now: epochOf(event.endInstant) + 7200 });

const ANNOUNCED = {
  subject: 'A second keynote',
  body: 'Dame Sara Example joins us in the morning.\n\nHer session is about what works in prevention.',
};

const invited = { deliveries: { '1@a1': 'delivered|1763892000|1|a1b2c3|1' } };

/** Mails worth looking at, by kind. */
export const MAIL_SAMPLES: Record<MailKind, Record<string, MailView>> = {
  confirmation: {
    online: view(webinar),
    'online-elsewhere': view(webinar, { timeZone: 'Asia/Tokyo' }),
    hybrid: view(conference, { name: 'Siobhán O’Rourke-Fitzgerald' }),
    'in-person': view(workshop, { timeZone: 'Pacific/Auckland' }),
  },
  waitlist: { 'number-7': view(workshop, { status: 'waitlisted', timeZone: 'Pacific/Auckland' }, 7) },
  'own-cancellation': {
    uncapped: view(webinar, { status: 'cancelled', ...invited }),
    capped: view(conference, { status: 'cancelled' }),
  },
  resend: {
    confirmed: view(webinar),
    waitlisted: view(workshop, { status: 'waitlisted' }, 3),
    applied: view(conference, { status: 'applied' }),
    cancelled: view(webinar, { status: 'cancelled' }),
    'event-postponed': view({ ...conference, state: 'postponed' }),
    'event-cancelled': view({ ...webinar, state: 'cancelled' }),
  },
  'already-registered': {
    confirmed: view(conference),
    waitlisted: view(workshop, { status: 'waitlisted' }, 1),
  },
  joining: { online: view(webinar), hybrid: view(conference), 'in-person': view(workshop) },
  reminder: { online: view(webinar, { timeZone: 'Asia/Tokyo' }), 'in-person': view(workshop) },
  survey: { 'the-built-in-words': afterwards(webinar) },
  nudge: { 'the-built-in-words': afterwards(conference) },
  announcement: {
    'the-built-in-words': view(webinar),
    'the-organisers-words': { ...view(webinar), template: ANNOUNCED },
    waitlisted: { ...view(workshop, { status: 'waitlisted' }), template: ANNOUNCED },
    cancelled: { ...view(conference, { status: 'cancelled' }), template: ANNOUNCED },
  },
  change: { moved: view(webinar) },
  postponed: { online: view({ ...webinar, state: 'postponed' }) },
  cancelled: { online: view({ ...webinar, state: 'cancelled' }) },
  alert: { 'joining-address': view(webinar) },
  'test-send': { reminder: { ...view(webinar), tested: 'reminder' } },
};
