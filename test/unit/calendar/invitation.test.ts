import { expect, test } from 'vitest';
import { calendarCancel, calendarRequest } from '#shared/calendar/invitation.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';
import { aMailView } from '#test/support/mail-view.ts';
import { readCalendar } from '#test/support/read-calendar.ts';

const only = (ics: string) => {
  const { calendar, events } = readCalendar(ics);
  expect(events).toHaveLength(1);
  return { method: calendar.getFirstPropertyValue('method'), ...events[0] };
};

const registration = aRegistration({ registrationId: '7h2c9d4f6g8j3k5m', sequence: 4 });

test('an invitation is a request to one person, from the organiser', () => {
  const entry = only(calendarRequest(aMailView({ registration })));
  expect(entry).toMatchObject({
    method: 'REQUEST',
    status: 'CONFIRMED',
    start: '2027-02-18T09:30:00Z',
    end: '2027-02-18T13:00:00Z',
    summary: 'Tackling Serious and Organised Crime in the UK',
    location: 'Webinar',
    organiser: 'mailto:events@example.org',
    organiserName: 'Global Progressive Policing',
    attendees: [{ address: 'MAILTO:ada@example.org', name: 'Ada Lovelace' }],
  });
});

test('the entry is theirs for life and counts up with the registration', () => {
  const entry = only(calendarRequest(aMailView({ registration })));
  expect(entry).toMatchObject({ uid: '7h2c9d4f6g8j3k5m@events.example.org', sequence: 4 });
});

test('it is stamped in UTC with the time given', () => {
  expect(only(calendarRequest(aMailView({ now: Date.parse('2026-11-23T10:00:00Z') / 1000 }))).stamp).toBe(
    '2026-11-23T10:00:00Z',
  );
});

test('nobody is asked to reply: registering was the yes', () => {
  const attendee = only(calendarRequest(aMailView())).component?.getFirstProperty('attendee');
  expect(attendee?.getFirstParameter('partstat')).toBe('ACCEPTED');
  expect(attendee?.getFirstParameter('rsvp')).toBe('FALSE');
});

test('a cancellation names the same entry and takes it out', () => {
  const entry = only(calendarCancel(aMailView({ registration: { ...registration, sequence: 5 } })));
  expect(entry).toMatchObject({
    method: 'CANCEL',
    status: 'CANCELLED',
    uid: '7h2c9d4f6g8j3k5m@events.example.org',
    sequence: 5,
    organiser: 'mailto:events@example.org',
    attendees: [{ address: 'MAILTO:ada@example.org' }],
  });
});

test('an online entry has the joining link, and never the one that cancels', () => {
  const view = aMailView();
  const { description } = only(calendarRequest(view));
  expect(description).toContain(view.links.join);
  expect(description).toContain(view.links.event);
  expect(calendarRequest(view).replaceAll('\r\n ', '')).not.toContain(view.links.manage);
});

test.each([
  ['an unlisted event', { visibility: 'unlisted' as const }],
  ['an event in person', { format: 'in-person' as const }],
])('the entry of %s links to nothing personal', (_, given) => {
  const view = aMailView({ event: anEvent(given) });
  const entry = only(calendarRequest(view));
  expect(entry.description).toBe(`About the event: ${view.links.event}`);
  expect(entry.url).toBe(view.links.event);
});
