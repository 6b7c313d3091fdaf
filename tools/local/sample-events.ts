import { draftEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import type { Event } from '#shared/domain/event.ts';

export const SAMPLE_EVENT_ID = 'zq3v8k2m5n7p9r4t';
/** When the samples were written: three months before the first event. */
export const SAMPLE_NOW = '2026-11-23T10:00:00Z';

export const webinar = event({
  title: 'Tackling Serious and Organised Crime in the UK: Exploring innovative approaches to a growing problem',
  strapline: 'What has changed, what works, and what to try next',
  format: 'online',
  startsAt: '2027-02-18T09:30',
  endsAt: '2027-02-18T13:00',
  timeZone: 'Europe/London',
  place: 'Webinar',
  joining: {
    url: 'https://meet.example.com/j/84021',
    instructions:
      'Please join with your full name, so that the chair can call on you.\n\nCameras are welcome, microphones stay off until you are asked.\nThe slides are at https://example.org/slides.',
  },
  organiser: { name: 'Global Progressive Policing', email: 'events@example.org' },
});

export const conference = event({
  title: 'Safer Streets 2027',
  format: 'hybrid',
  startsAt: '2027-03-27T14:00',
  endsAt: '2027-03-28T16:30',
  timeZone: 'Europe/Berlin',
  place: 'Rathaus Schöneberg, John-F.-Kennedy-Platz 1, Berlin',
  capacity: 120,
  joining: { instructions: 'Bring a document with your photo: there is a check at the door.' },
  organiser: { name: 'Forum Sichere Stadt', email: 'forum@example.org' },
});

export const workshop = event({
  title: 'Listening first: a workshop on victim care for front-line staff',
  format: 'in-person',
  startsAt: '2027-05-06T10:00',
  endsAt: '2027-05-06T12:00',
  timeZone: 'Pacific/Auckland',
  place: 'Te Papa, Wellington',
  capacity: 24,
  joining: {
    instructions:
      'Come to the entrance in Cable Street and say that you are here for the workshop.\n\nPlease bring a pen. There is tea.',
  },
  organiser: { name: 'Victim Support Aotearoa', email: 'hello@example.org' },
});

function event(input: Record<string, unknown>): Event {
  const slug = `${String(input['title'])
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .slice(0, 40)}-${String(input['startsAt']).slice(0, 10)}`;
  const drafted = draftEvent(NewEvent.parse(input), { eventId: SAMPLE_EVENT_ID, slug, now: SAMPLE_NOW });
  return publishEvent(drafted.event, SAMPLE_NOW);
}
