import { describe, expect, test } from 'vitest';
import { type Schedule, scheduleOf } from '#shared/domain/schedule.ts';
import { anEvent } from '#test/support/builders.ts';
import { buttonOf, INVITED, type MailGiven, mailTo } from '#test/support/mail-to.ts';

/** A notice to somebody who was told the usual schedule, of which this is different now. */
const changed = (to: Partial<Schedule>, { view, ...given }: MailGiven = {}, from: Partial<Schedule> = {}) => {
  const before = scheduleOf(anEvent(from));
  return mailTo('change', {
    ...given,
    event: { ...before, state: 'published', ...given.event, ...to },
    view: { before, ...view },
  });
};

const NEXT_WEEK = { startsAt: '2027-02-25T09:30', endsAt: '2027-02-25T13:00' };
const LATER = { startsAt: '2027-02-18T10:30', endsAt: '2027-02-18T14:00' };

test.each([
  ['New date', NEXT_WEEK, {}],
  ['New time', LATER, {}],
  ['New date and time', { startsAt: '2027-02-25T10:00', endsAt: '2027-02-25T13:00' }, {}],
  ['New date and time', { ...NEXT_WEEK, endsAt: '2027-02-25T14:00' }, {}],
  ['New end', { endsAt: '2027-02-18T14:00' }, {}],
  ['New place', { place: 'Video call' }, {}],
  ['New date and place', { ...NEXT_WEEK, place: 'Video call' }, {}],
  ['New date, time and place', { startsAt: '2027-02-25T10:00', endsAt: '2027-02-25T13:00', place: 'Video call' }, {}],
  ['Now in person', { format: 'in-person', place: 'Town Hall' }, {}],
  ['Now also in person', { format: 'hybrid', place: 'Town Hall' }, {}],
  ['Now also online', { format: 'hybrid' }, { format: 'in-person', place: 'Town Hall' }],
  ['Now online', { format: 'online', place: 'Webinar' }, { format: 'in-person', place: 'Town Hall' }],
  ['New date, now in person', { ...NEXT_WEEK, format: 'in-person', place: 'Town Hall' }, {}],
  ['New time', { timeZone: 'Europe/Berlin' }, {}],
  ['There is a new date', NEXT_WEEK, { state: 'postponed' }],
  ['There is a new date', {}, { state: 'postponed' }],
  ['Some details have changed', {}, {}],
] as const)('the news of a change is what changed: %s', (news, to, from) => {
  const { subject, html } = changed(to, {}, from);
  expect(subject).toBe(`${news}: Tackling Serious and Organised Crime in the UK`);
  expect(html).toContain(`>${news}</h1>`);
});

test('a new time is shown beside the old one, and what stayed is shown once', () => {
  const { text, html } = changed(LATER);
  expect(text).toContain(
    'When: Now: Thursday 18 February 2027, 10:30–14:00 GMT Before: Thursday 18 February 2027, 09:30–13:00 GMT Where: Webinar (online)',
  );
  expect(html).toMatch(/Before: <s>.*09:30–13:00 GMT/);
});

test('a new place is shown beside the old one', () => {
  expect(changed({ format: 'in-person', place: 'Town Hall' }).text).toContain(
    'When: Thursday 18 February 2027, 09:30–13:00 GMT Where: Now: Town Hall Before: Webinar (online)',
  );
});

test('somebody elsewhere reads the new time where they are', () => {
  const { text } = changed(NEXT_WEEK, { person: { timeZone: 'America/New_York' } });
  expect(text).toContain('For you: Thursday 25 February 2027, 04:30–08:00 EST');
});

test('who was told nothing reads what is, and of no before', () => {
  const { subject, text } = mailTo('change');
  expect(subject).toMatch(/^When and where it takes place: /);
  expect(text).not.toContain('Before:');
  expect(text).toContain('When: Thursday 18 February 2027, 09:30–13:00 GMT');
});

test('who has a place keeps it, and reads what to do if they cannot come now', () => {
  const mail = changed(NEXT_WEEK);
  expect(mail.text).toContain('Your place is kept');
  expect(mail.text).toContain('If you cannot come: please cancel your registration');
  expect(buttonOf(mail)).toBe(mail.links.manage);
  expect(mail.text).toContain(`so please do not pass it on. ${mail.links.join}`);
  expect(mail.text).toContain('An updated invitation is attached.');
});

test('after a postponement the old date stands beside the new one', () => {
  const { text } = changed(NEXT_WEEK, {}, { state: 'postponed' });
  expect(text).toContain('This event was postponed. Now it has a new date.');
  expect(text).toContain('Now: Thursday 25 February 2027, 09:30–13:00 GMT Before: Thursday 18 February 2027');
  expect(text).toContain('A new invitation is attached.');
});

test.each([
  ['in-person', 'the joining link is no longer needed'],
  ['online', 'there is no need to travel'],
  ['hybrid', 'You can come or join online now, as you like.'],
] as const)('another format means something: %s', (format, sentence) => {
  const before = format === 'online' ? ({ format: 'in-person' } as const) : {};
  const mail = changed({ format }, {}, before);
  expect(mail.text).toContain(sentence);
  expect(mail.text.includes(mail.links.join)).toBe(format !== 'in-person');
});

test('who waits is told the same, and that they still wait', () => {
  const person = { status: 'waitlisted' } as const;
  const mail = changed(NEXT_WEEK, { person, view: { place: 7 } });
  expect(mail.subject).toMatch(/^New date: /);
  expect(mail.text).toContain('Before: Thursday 18 February 2027');
  expect(mail.text).toContain('You are still on the waiting list, as number 7.');
  expect(mail.text).not.toMatch(/Your place is kept|calendar|invitation/);
  expect(mail.text).not.toContain(mail.links.join);
  expect(changed(NEXT_WEEK, { person }).text).toContain('You are still on the waiting list. We write');
});

test('so near to the start that it brings the way in, that is its button', () => {
  const joining = { opensBefore: 'PT15M', instructions: 'Have your badge ready.' };
  const at = '2027-02-18T08:00:00Z';
  const mail = changed(LATER, { event: { joining }, at, view: { bringsJoining: true } });
  expect(buttonOf(mail)).toBe(mail.links.join);
  expect(mail.text).toContain('It opens 15 minutes before the start, at 10:15 GMT.');
  expect(mail.text).toContain('BEFORE YOU JOIN Have your badge ready.');
  expect(mail.text).toContain('IF IT DOES NOT WORK');
  expect(mail.text).toContain('IF YOU CANNOT COME');
  expect(changed(LATER, { event: { joining }, at }).text).not.toContain('badge');
});

describe('a postponement', () => {
  const postponed = (person: MailGiven['person'] = {}, view: MailGiven['view'] = {}) =>
    mailTo('postponed', { event: { state: 'postponed' }, person, view });

  test('says that the old date does not hold, that the place is kept, and that we write', () => {
    const mail = postponed(INVITED);
    expect(mail.text).toContain('does not take place on the date you were told. There is no new date yet.');
    expect(mail.text).toContain('Your place is kept. We write to you as soon as there is a new date');
    expect(mail.text).toContain('When: A new date is to be announced Was to be: Thursday 18 February 2027');
    expect(mail.html).not.toContain('class="tile"');
    expect(mail.text).not.toContain(mail.links.join);
    expect(buttonOf(mail)).toBe(mail.links.manage);
  });

  test('names the date that the person was told', () => {
    const before = scheduleOf(anEvent(NEXT_WEEK));
    expect(postponed(INVITED, { before }).text).toContain('Was to be: Thursday 25 February 2027');
  });

  test('tells who was invited what becomes of their calendar, and nobody else', () => {
    expect(postponed(INVITED).text).toContain('A new invitation comes with the new date.');
    expect(postponed().text).not.toContain('calendar');
  });

  test('leaves who waits their number', () => {
    const { text } = postponed({ status: 'waitlisted' });
    expect(text).toContain('You stay on the waiting list, and keep your number.');
    expect(text).not.toContain('Your place is kept');
  });
});

describe('a cancellation', () => {
  const cancelled = (person: MailGiven['person'] = {}) =>
    mailTo('cancelled', { event: { state: 'cancelled' }, person });

  test('says that it will not take place, whom to ask, and leads to the page that stays', () => {
    const mail = cancelled(INVITED);
    expect(mail.subject).toBe('Cancelled: Tackling Serious and Organised Crime in the UK');
    expect(mail.text).toContain('has been cancelled and will not take place');
    expect(mail.text).toContain('ask Global Progressive Policing: just reply to this mail');
    expect(mail.text).toContain('Was to be: Thursday 18 February 2027, 09:30–13:00 GMT');
    expect(buttonOf(mail)).toBe(mail.links.event);
    expect(mail.text).not.toContain(mail.links.join);
  });

  test('tells who was invited what becomes of their calendar, and nobody else', () => {
    expect(cancelled(INVITED).text).toContain('takes the event out of your calendar');
    expect(cancelled().text).not.toContain('calendar');
    expect(cancelled({ status: 'waitlisted' }).text).toContain('your place on the waiting list ends with it');
  });
});

test.each(['change', 'postponed', 'cancelled'] as const)(
  'has the organiser’s words, escaped, in both of its forms: %s',
  (kind) => {
    const words = 'The hall is <b>taken</b>.\nAsk Bea.\n\nSee https://example.org/why {{name}}';
    const notice = { since: 0, at: 0, moves: true, words };
    const { html, text } = mailTo(kind, { event: { notice } });
    expect(text).toContain(
      'FROM GLOBAL PROGRESSIVE POLICING The hall is <b>taken</b>. Ask Bea. See https://example.org/why {{name}}',
    );
    expect(html).toContain('The hall is &lt;b&gt;taken&lt;/b&gt;.<br>Ask Bea.');
    expect(html).toContain('href="https://example.org/why"');
    const without = mailTo(kind, { event: { notice: { since: 0, at: 0, moves: true } } });
    expect(without.text).not.toContain('FROM GLOBAL');
  },
);
