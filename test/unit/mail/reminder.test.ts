import { expect, test } from 'vitest';
import { buttonOf, mailTo } from '#test/support/mail-to.ts';

test.each([
  ['2027-02-13T09:30:00Z', 'In 5 days'],
  ['2027-02-04T23:59:00Z', 'In 14 days'],
  ['2027-02-16T23:59:00Z', 'In 2 days'],
  ['2027-02-17T00:00:00Z', 'Tomorrow at 09:30 GMT'],
  ['2027-02-17T23:59:00Z', 'Tomorrow at 09:30 GMT'],
  ['2027-02-18T00:00:00Z', 'Today at 09:30 GMT'],
  ['2027-02-18T08:00:00Z', 'Today at 09:30 GMT'],
  ['2027-02-18T08:01:00Z', 'Starts in 90 minutes'],
  ['2027-02-18T08:15:00Z', 'Starts in 75 minutes'],
  ['2027-02-18T08:25:00Z', 'Starts in one hour'],
  ['2027-02-18T08:30:00Z', 'Starts in one hour'],
  ['2027-02-18T08:34:00Z', 'Starts in one hour'],
  ['2027-02-18T08:59:40Z', 'Starts in 30 minutes'],
  ['2027-02-18T09:23:00Z', 'Starts in 7 minutes'],
  ['2027-02-18T09:28:00Z', 'Starts now'],
  ['2027-02-18T09:31:00Z', 'Starts now'],
])('at %s a reminder says: %s', (at, news) => {
  const { html, subject } = mailTo('reminder', { at });
  expect(html).toContain(`>${news}</h1>`);
  expect(subject.startsWith(news)).toBe(true);
  expect([...subject].length).toBeLessThan(100);
});

test.each([
  ['Pacific/Auckland', '2027-02-17T10:59:00Z', 'Tomorrow at 09:30 NZDT'],
  ['Pacific/Auckland', '2027-02-17T11:00:00Z', 'Today at 09:30 NZDT'],
  ['America/Los_Angeles', '2027-02-18T07:59:00Z', 'Tomorrow at 09:30 PST'],
])('days are counted where the event is: in %s at %s', (timeZone, at, news) => {
  expect(mailTo('reminder', { event: { timeZone }, at }).html).toContain(`>${news}</h1>`);
});

test('across a change of the clocks tomorrow is still tomorrow', () => {
  const event = { startsAt: '2027-03-28T09:30', endsAt: '2027-03-28T13:00' };
  expect(mailTo('reminder', { event, at: '2027-03-27T09:30:00Z' }).html).toContain('>Tomorrow at 09:30 BST</h1>');
});

test('shortly before, a reminder has all that helps to get in, and nothing about calendars', () => {
  const joining = { instructions: 'Have your badge ready.', opensBefore: 'PT15M' };
  const mail = mailTo('reminder', { event: { joining }, at: '2027-02-18T08:30:00Z' });
  expect(buttonOf(mail)).toBe(mail.links.join);
  expect(mail.text).toContain('It is nearly time. Your joining link is below.');
  expect(mail.text).toContain('Have your badge ready.');
  expect(mail.text).toContain('IF IT DOES NOT WORK');
  expect(mail.text).toContain('IF YOU CANNOT COME');
  expect(mail.text).not.toContain('YOUR CALENDAR');
});

test('in person a reminder leads to the registration', () => {
  const mail = mailTo('reminder', { event: { format: 'in-person', place: 'Town Hall' }, at: '2027-02-18T08:30:00Z' });
  expect(buttonOf(mail)).toBe(mail.links.manage);
  expect(mail.text).toContain('The organiser looks forward to seeing you.');
});
