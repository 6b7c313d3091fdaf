import { cloneOf } from '#shared/domain/clone-event.ts';
import { draftEvent, publishEvent } from '#shared/domain/edit-event.ts';
import { reschedule } from '#shared/domain/move-event.ts';
import { apply } from '#shared/domain/registration.ts';
import { epochOf } from '#shared/domain/time.ts';
import { eventSummary, eventView } from './event-view.ts';
import { mailNames } from './mail-names.ts';
import { newEventFor } from './new-event.ts';
import { registrationView } from './registration-view.ts';

const EVENT_ID = '7f3kq9x2m4t8c1vz';
const REGISTRATION_ID = '2m8r5w0yq6hd3n7b';
const NOW = '2026-01-12T10:00:00Z';

/** An event as somebody might send it. */
export const newEvent = {
  title: 'Reading the river: flood warnings people act on',
  strapline: 'What three winters taught us about saying it early, and saying it well',
  format: 'online',
  startsAt: '2026-02-19T09:30',
  endsAt: '2026-02-19T13:00',
  timeZone: 'Europe/London',
  place: 'Webinar',
  description: 'A morning for everybody who has to tell others that water is coming.\n\nBring your own gauge readings.',
  speakers: [{ name: 'Dr Mara Lindqvist', role: 'Hydrologist', organisation: 'Institute for Rivers' }],
  programme: ['09:30 Welcome', '09:45 Which warnings are read', '11:30 Your own plan'],
  audience: ['Local authorities', 'Emergency planners'],
  topics: ['Flooding', 'Public warning'],
  capacity: 300,
  questions: [{ id: 'gauge', label: 'Do you run a gauge of your own?', type: 'yes-no' }],
  joining: { url: 'https://meet.example.org/river', opensBefore: 'PT15M' },
  organiser: { name: 'River Events', email: 'events@example.org' },
};

/** The least an event needs. */
export const smallestEvent = {
  title: 'Open house',
  format: 'in-person',
  startsAt: '2026-06-03T18:00',
  endsAt: '2026-06-03T20:00',
  timeZone: 'Europe/London',
  place: 'Town hall, Room 2',
};

const SITE = { organiser: { name: 'Rollcall Events', email: 'organiser@example.org' }, retentionDays: 90 };
const around = {
  siteUrl: 'https://events.example.org',
  now: () => Date.parse(NOW),
  seats: { taken: 212, waiting: 0, nextTicket: 1, version: 212 },
};

const drafted = () => {
  const slug = 'reading-the-river-2026-02-19';
  return draftEvent(newEventFor(SITE).parse(newEvent), { eventId: EVENT_ID, slug, now: '2026-01-05T15:00:00Z' });
};
/** The documented event once it is published. */
export const published = () => ({ ...drafted(), event: publishEvent(drafted().event, '2026-01-06T08:30:00Z') });

export const draftExample = () => eventView(drafted().event, drafted().text, { ...around, seats: undefined });
export const clonedExample = () => {
  const { event, text } = published();
  const wish = cloneOf(event, text, { startsAt: '2026-10-08T09:30', endsAt: '2026-10-08T13:00' });
  const slug = 'reading-the-river-2026-10-08';
  const copy = draftEvent(wish, { eventId: '3c9v2k7x1m5t0hqr', slug, now: NOW });
  return eventView(copy.event, copy.text, { ...around, seats: undefined });
};
export const eventExample = () => eventView(published().event, published().text, around);
export const movedExample = () => {
  const { event, text } = published();
  const moment = { now: epochOf(NOW), timings: { noticeWait: 300, noticeLongest: 900, noticeNear: 3600 } };
  const moved = reschedule(event, { place: 'Town hall, Room 2, and online', format: 'hybrid' }, moment);
  return eventView(moved ?? event, text, around);
};
export const eventsExample = () => ({
  events: [eventSummary(published().event, around)],
  next: 'WyIyMDI2LTAyLTE5VD.k3Vb0aQx',
});

const registered = () =>
  apply(
    {
      eventId: EVENT_ID,
      registrationId: REGISTRATION_ID,
      name: 'Ada Moreau',
      email: 'ada@example.org',
      linkSeed: 'not shown',
      source: 'form',
    },
    true,
    '2026-01-08T11:20:30Z',
    { delay: 0, dropped: false },
  );

export const registrationExample = () => {
  const { greetDue: _, ...row } = registered();
  const deliveries = { '1@a1': 'delivered|1767871234|1|k2m4t8|1' };
  return registrationView(
    { ...row, status: 'confirmed', seat: 'taken', timeZone: 'Europe/Paris', deliveries },
    { organisation: 'Ville de Blois', jobTitle: 'Duty officer', answers: { gauge: 'yes' } },
    { event: published().event, names: mailNames([]), now: epochOf(NOW) },
  );
};
export const registrationsExample = () => ({ registrations: [registrationExample()] });
export const resentExample = () => ({
  ...registrationExample(),
  owed: { mails: ['resend'], seat: false, notBefore: NOW },
});
