import type { MailKind } from '#shared/domain/mail-kinds.ts';
import { epochOf } from '#shared/domain/time.ts';
import type { MailView } from '#shared/mail/mail-view.ts';
import { conference, SAMPLE_NOW, webinar, workshop } from './local/sample-events.ts';
import { ANNOUNCED, REMINDED, THANKED } from './local/sample-templates.ts';
import { afterwards, dayAfter, hoursBefore, invited, told, view, waiting } from './local/sample-views.ts';

const recorded = { ...webinar, recordingUrl: 'https://video.example.org/watch/84021' };
const anonymous = { ...webinar, survey: { ...webinar.survey, anonymous: true } };
const later = { startsAt: '2027-03-04T10:00', endsAt: '2027-03-04T13:30' };
const postponedWebinar = { ...webinar, state: 'postponed' } as const;
const rooms = { format: 'in-person', place: 'Friends House, 173 Euston Road, London' } as const;
const here = { timeZone: 'Pacific/Auckland' };

/** Mails worth looking at, by kind and situation. */
export const MAIL_SAMPLES: Record<MailKind, Record<string, MailView>> = {
  confirmation: {
    online: view(webinar),
    'not-proved': view(webinar, { provedAt: 0 }),
    'online-elsewhere': view(webinar, { timeZone: 'Asia/Tokyo' }),
    hybrid: view(conference, { name: 'Siobhán O’Rourke-Fitzgerald' }),
    'in-person': view(workshop, here),
    'brings-joining': { ...hoursBefore(20, view(webinar)), bringsJoining: true },
    'in-person-brings-joining': { ...hoursBefore(20, view(workshop, here)), bringsJoining: true },
    'while-it-is-live': { ...hoursBefore(-0.5, view(webinar)), bringsJoining: true },
    'while-it-is-live-in-person': { ...hoursBefore(-0.5, view(workshop, here)), bringsJoining: true },
  },
  waitlist: { 'number-7': view(workshop, waiting, 7) },
  'own-cancellation': {
    uncapped: view(webinar, { ...invited, status: 'cancelled' }),
    capped: view(conference, { status: 'cancelled' }),
  },
  resend: {
    confirmed: view(webinar),
    waitlisted: view(workshop, waiting, 3),
    applied: view(conference, { status: 'applied' }),
    cancelled: view(webinar, { status: 'cancelled' }),
    'event-postponed': view(postponedWebinar),
    'event-cancelled': view({ ...webinar, state: 'cancelled' }),
  },
  'already-registered': { confirmed: view(conference), waitlisted: view(workshop, waiting, 1) },
  'confirm-address': { applied: view(webinar, { status: 'applied', confirmBy: epochOf(SAMPLE_NOW) + 86_400 }) },
  'new-address': { confirmed: view(webinar, { newEmail: 'ada@example.com' }) },
  'address-moved': {
    invited: { ...view(webinar, invited), left: { email: 'ada@example.org', since: epochOf(SAMPLE_NOW), sequence: 2 } },
    'not-invited': { ...view(workshop, waiting), left: { email: 'ada@example.org', since: epochOf(SAMPLE_NOW) } },
  },
  'move-objected': { confirmed: view(webinar) },
  joining: {
    online: hoursBefore(24, view(webinar)),
    'online-elsewhere': hoursBefore(24, view(webinar, { timeZone: 'Asia/Tokyo' })),
    hybrid: hoursBefore(29, view(conference)),
    'in-person': hoursBefore(25, view(workshop, here)),
    'the-organisers-words': { ...hoursBefore(24, view(webinar)), template: REMINDED },
  },
  reminder: {
    'in-5-days': hoursBefore(120, view(webinar, { timeZone: 'Asia/Tokyo' })),
    tomorrow: hoursBefore(24, view(webinar)),
    today: hoursBefore(5, view(conference)),
    'in-one-hour': hoursBefore(1, view(webinar)),
    'in-person-in-one-hour': hoursBefore(1, view(workshop, here)),
    'in-ten-minutes': hoursBefore(1 / 6, view(webinar)),
    'the-organisers-words': { ...hoursBefore(24, view(webinar, { timeZone: 'America/New_York' })), template: REMINDED },
    'the-organisers-words-in-person': { ...hoursBefore(25, view(workshop, here)), template: REMINDED },
  },
  survey: {
    'the-built-in-words': afterwards(view(webinar)),
    recording: afterwards(view(recorded)),
    anonymous: afterwards(view(anonymous)),
    attended: dayAfter(view(webinar), true),
    'attended-recording': dayAfter(view(recorded), true),
    'no-show': dayAfter(view(webinar), false),
    'no-show-recording': dayAfter(view(recorded), false),
    'the-organisers-words': { ...afterwards(view(webinar)), template: THANKED },
    'the-organisers-words-recording': { ...afterwards(view(recorded)), template: THANKED },
  },
  nudge: {
    'the-built-in-words': afterwards(view(conference)),
    recording: afterwards(view(recorded)),
    anonymous: dayAfter(view(anonymous), true),
    attended: dayAfter(view(webinar), true),
    'no-show': dayAfter(view(webinar), false),
    'no-show-recording': dayAfter(view(recorded), false),
  },
  announcement: {
    'the-built-in-words': view(webinar),
    'the-organisers-words': { ...view(webinar), template: ANNOUNCED },
    waitlisted: { ...view(workshop, waiting), template: ANNOUNCED },
    cancelled: { ...view(conference, { status: 'cancelled' }), template: ANNOUNCED },
  },
  change: {
    'date-and-time': told(webinar, later, invited),
    'date-and-time-elsewhere': told(webinar, later, { ...invited, timeZone: 'America/New_York' }),
    place: told(workshop, { place: 'City Gallery, Wellington' }, { ...invited, ...here }),
    'now-in-person': told(webinar, { ...later, ...rooms }, invited),
    'now-online': told(workshop, { format: 'online', place: 'Webinar' }, { ...invited, ...here }),
    'after-a-postponement': told(postponedWebinar, { ...later, state: 'published' }, invited),
    'told-nothing': view(webinar),
    waitlisted: told(workshop, { startsAt: '2027-05-07T10:00', endsAt: '2027-05-07T12:00' }, waiting, 7),
    'brings-joining': {
      ...hoursBefore(3, told(webinar, { startsAt: '2027-02-18T09:00' }, invited)),
      bringsJoining: true,
    },
  },
  postponed: {
    invited: view(postponedWebinar, invited),
    'never-invited': view(postponedWebinar),
    waitlisted: view({ ...workshop, state: 'postponed' }, waiting, 7),
  },
  cancelled: {
    invited: view({ ...webinar, state: 'cancelled' }, invited),
    waitlisted: view({ ...workshop, state: 'cancelled' }, waiting, 7),
  },
  alert: {
    'a-day-before': hoursBefore(24, view(webinar, { name: webinar.organiser.name })),
    'two-hours-before': hoursBefore(2, view(webinar, { name: webinar.organiser.name })),
    objection: { ...view(webinar, { name: webinar.organiser.name }), objection: 'k3m9q2z7w4x8v5t1' },
  },
  'prove-organiser': { asked: view(webinar, { name: webinar.organiser.name }) },
  'test-send': {
    reminder: { ...hoursBefore(24, view(webinar, { name: webinar.organiser.name })), tested: 'reminder' },
    'the-organisers-words': { ...afterwards(view(recorded)), tested: 'survey', template: THANKED },
  },
};
