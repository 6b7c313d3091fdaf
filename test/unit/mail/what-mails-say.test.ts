import { expect, test } from 'vitest';
import { programmeFeed, publishCalendar } from '#shared/calendar/publish-calendar.ts';
import { MAIL_RULES, type MailKind } from '#shared/domain/mail-kinds.ts';
import { anEvent, NOW_EPOCH } from '#test/support/builders.ts';
import { mailTo } from '#test/support/mail-to.ts';

test('a confirmation says when and where, in the zone of the event', () => {
  const { text } = mailTo('confirmation');
  expect(text).toContain('When: Thursday 18 February 2027, 09:30–13:00 GMT');
  expect(text).toContain('Where: Webinar (online)');
  expect(text).not.toContain('For you');
});

test('somebody elsewhere also reads the time where they are', () => {
  const { text, html } = mailTo('confirmation', { person: { timeZone: 'America/New_York' } });
  expect(text).toContain('For you: Thursday 18 February 2027, 04:30–08:00 EST');
  expect(html).toContain('04:30–08:00 EST');
});

test.each([undefined, 'Europe/London', 'Europe/Lisbon', 'Not/A_Zone'])(
  'somebody in zone %s reads one time only',
  (timeZone) => {
    expect(mailTo('confirmation', { person: timeZone === undefined ? {} : { timeZone } }).text).not.toContain(
      'For you',
    );
  },
);

test('the joining link of an online event is personal and says when it opens', () => {
  const { text, links } = mailTo('confirmation');
  expect(text).toContain(`YOUR JOINING LINK ${links.join}`);
  expect(text).toContain('It opens 15 minutes before the start, at 09:15 GMT.');
});

test('a gate that opens an hour before says so', () => {
  expect(mailTo('confirmation', { event: { joining: { opensBefore: 'PT1H' } } }).text).toContain(
    'It opens 1 hour before the start, at 08:30 GMT.',
  );
});

test('who registers while it is open reads that it is open', () => {
  expect(mailTo('confirmation', { at: '2027-02-18T09:20:00Z' }).text).toContain('It is open now.');
});

test('the address behind the gate is never in a mail', () => {
  const joining = { url: 'https://meet.example.org/secret', instructions: 'Code 1234', opensBefore: 'PT15M' };
  const { html, text } = mailTo('confirmation', { event: { joining } });
  for (const body of [html, text]) expect(body).not.toMatch(/meet\.example\.org|1234/);
});

test.each(Object.keys(MAIL_RULES) as MailKind[])(
  'nor in any part of a mail of any kind, whenever it goes: %s',
  (kind) => {
    const joining = { url: 'https://meet.example.org/secret', instructions: 'Cameras on.', opensBefore: 'PT15M' };
    for (const at of ['2027-02-01T09:00:00Z', '2027-02-18T09:20:00Z', '2027-02-18T10:00:00Z', '2027-02-18T14:00:00Z'])
      for (const bringsJoining of [true, false]) {
        const { subject, preview, html, text, calendar } = mailTo(kind, {
          event: { joining },
          at,
          view: { bringsJoining },
        });
        const unfolded = calendar?.ics.replace(/\r\n /g, '');
        expect([subject, preview, html, text, unfolded].join()).not.toMatch(/meet\.example\.org|secret/);
      }
  },
);

test('nor in a calendar that anybody may have', () => {
  const event = anEvent({ joining: { url: 'https://meet.example.org/secret', opensBefore: 'PT15M' } });
  const publisher = { site: { name: 'Rollcall', url: 'https://events.example.org' }, now: NOW_EPOCH };
  for (const file of [publishCalendar([event], publisher), programmeFeed([event], publisher)])
    expect(file.replace(/\r\n /g, '')).not.toMatch(/meet\.example\.org|secret/);
});

test('who comes in person gets no joining link, and the button leads to their registration', () => {
  const { text, html, links } = mailTo('confirmation', { event: { format: 'in-person', place: 'Town Hall' } });
  for (const body of [html, text]) expect(body).not.toContain(links.join);
  expect(html).toContain(`class="press" href="${links.manage}"`);
  expect(text).toContain('Where: Town Hall');
});

test('a hybrid event has both, and says who needs the link', () => {
  const { text, links } = mailTo('confirmation', { event: { format: 'hybrid', place: 'Town Hall' } });
  expect(text).toContain('Where: Town Hall, or online');
  expect(text).toContain('If you come in person, you do not need it.');
  expect(text).toContain(links.join);
});

test('a confirmation can be stepped back from, by a stranger too', () => {
  const { text, links } = mailTo('confirmation');
  expect(text).toContain(`Do the same if it was not you who registered. ${links.manage}`);
  expect(text).toContain(links.calendar);
});

test.each([
  [undefined, 'so that the organiser knows'],
  [300, 'so that somebody else can have the place'],
])('with a capacity of %s, cancelling matters: %s', (capacity, why) => {
  expect(mailTo('confirmation', { event: capacity === undefined ? {} : { capacity } }).text).toContain(why);
});

test('who waits reads their number, what happens next and how to leave', () => {
  const { text, subject, links } = mailTo('waitlist', { person: { status: 'waitlisted' }, view: { place: 7 } });
  expect(subject).toContain('You are number 7 on the waiting list');
  expect(text).toContain('When one comes free, it goes to the first in line.');
  expect(text).toContain('please give up your place in line there');
  expect(text).toContain(links.manage);
  expect(text).not.toContain(links.join);
});

test('who waits where nobody knows the number is told that they wait', () => {
  expect(mailTo('waitlist', { person: { status: 'waitlisted' } }).subject).toMatch(/^You are on the waiting list: /);
});

test('who cancelled can take it back while the event is open', () => {
  const { text, links } = mailTo('own-cancellation', { person: { status: 'cancelled' }, event: { capacity: 10 } });
  expect(text).toContain(`REGISTER AGAIN ${links.manage}`);
  expect(text).toContain('If the event is full by then, you join its waiting list.');
});

test.each([
  ['has ended', { at: '2027-03-01T00:00:00Z' }, 'This event has ended.'],
  ['is cancelled', { event: { state: 'cancelled' } }, 'This event has been cancelled.'],
] as const)('who cancelled and the event %s is led to its page and told why', (_, given, why) => {
  const { text, html, links } = mailTo('own-cancellation', { person: { status: 'cancelled' }, ...given });
  expect(text).toContain(why);
  expect(html).toContain(`class="press" href="${links.event}"`);
});

test.each([
  ['confirmed', 'You have a place: '],
  ['waitlisted', 'You are on the waiting list: '],
  ['applied', 'We have your registration: '],
  ['cancelled', 'Your registration is cancelled: '],
] as const)('a link asked for again comes with how things stand: %s', (status, news) => {
  const { subject, text } = mailTo('resend', { person: { status } });
  expect(subject.startsWith(news)).toBe(true);
  expect(text).toContain('Here is your link again, as asked.');
});

test.each([
  ['cancelled', 'This event is cancelled: ', 'Was to be: Thursday 18 February 2027'],
  ['postponed', 'This event is postponed: ', 'When: A new date is to be announced'],
] as const)('when the event is %s, every personal mail says that first', (state, news, when) => {
  const { subject, text, html, links } = mailTo('resend', { event: { state } });
  expect(subject.startsWith(news)).toBe(true);
  expect(text).toContain(when);
  expect(html).not.toContain('class="tile"');
  expect(text).not.toContain(links.join);
});

test.each(['survey', 'nudge'] as const)('a %s leads to the survey of this person', (kind) => {
  const { html, links } = mailTo(kind, { at: '2027-02-18T15:00:00Z' });
  expect(html).toContain(`class="press" href="${links.survey}"`);
});

test.each(['joining', 'reminder'] as const)('a mail of kind %s leads to the joining page of this person', (kind) => {
  const { html, text, links } = mailTo(kind);
  expect(html).toContain(`class="press" href="${links.join}"`);
  expect(text).toContain('Thursday 18 February 2027, 09:30–13:00 GMT');
});

test.each([
  ['confirmed', 'You are already registered: '],
  ['waitlisted', 'You are already on the waiting list, as number 2: '],
  ['applied', 'We already have your registration: '],
  ['cancelled', 'Your registration is cancelled: '],
] as const)('who registers again while %s reads: %s', (status, news) => {
  const { subject, text } = mailTo('already-registered', { person: { status }, view: { place: 2 } });
  expect(subject.startsWith(news)).toBe(true);
  expect(text).toContain('Nothing has changed.');
});
