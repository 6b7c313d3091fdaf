import { expect, test } from 'vitest';
import { MAIL_KINDS } from '#shared/domain/mail-kinds.ts';
import { renderTemplate } from '#shared/markdown/render-template.ts';
import { INVITED, mailTo } from '#test/support/mail-to.ts';

const organiser = { name: 'Global Progressive Policing' };

test('the organiser reads that the joining address is missing, how long there is, and how to add it', () => {
  const mail = mailTo('alert', { person: organiser, event: { revision: 7 }, at: '2027-02-17T09:30:00Z' });
  expect(mail.text).toContain('Hello Global Progressive Policing,');
  expect(mail.text).toContain('Your event starts in 24 hours. Nobody can join it yet');
  expect(mail.text).toContain(
    'People are let in from 15 minutes before the start, at 09:15 GMT, so you have 24 hours to add it.',
  );
  expect(mail.text).toContain(`PATCH https://events.example.org/api/v1/events/${mail.event.eventId}`);
  expect(mail.text).toContain('If-Match: "7"');
  expect(mail.text).toContain('{"joining": {"url": "https://…"}}');
  expect(mail.text).not.toContain('registered');
  expect(mail.text).not.toContain('your answer goes to');
});

test.each([
  ['2027-02-18T07:30:00Z', 'Your event starts in 2 hours.', 'so you have 2 hours to add it'],
  ['2027-02-18T08:30:00Z', 'Your event starts in one hour.', 'so you have 45 minutes to add it'],
  ['2027-02-18T09:20:00Z', 'Your event starts in 10 minutes.', 'People are at the door now'],
  ['2027-02-18T09:40:00Z', 'Your event has started.', 'People are at the door now'],
])('at %s: %s', (at, starts, left) => {
  const { text } = mailTo('alert', { at });
  expect(text).toContain(starts);
  expect(text).toContain(left);
});

test.each(MAIL_KINDS.filter((kind) => kind !== 'test-send' && kind !== 'prove-organiser'))(
  'a test of kind %s is that mail, says that it is a test, and touches no calendar',
  (kind) => {
    const person = { ...organiser, ...INVITED };
    const event = { eventId: '1000000000000000' };
    const real = mailTo(kind, { person, event });
    const tested = mailTo('test-send', { person, event, view: { tested: kind } });
    expect(tested.subject).toBe(`[Test] ${real.subject}`);
    expect(tested.text).toMatch(/^This is a test\. Nobody else got it/);
    expect(tested.html).toContain('This is a test. Nobody else got it');
    expect(tested.calendar).toBeUndefined();
    const upToFoot = (text: string) => text.slice(0, text.indexOf(' -- '));
    expect(upToFoot(tested.text)).toContain(upToFoot(real.text));
    expect(tested.text).not.toContain('registered for the event');
  },
);

test('a test shows the organiser’s words', () => {
  const template = renderTemplate({ subject: 'Our {{event}}', body: 'Dear {{name}}, our words.' });
  const { subject, text } = mailTo('test-send', { person: organiser, view: { tested: 'reminder', template } });
  expect(subject).toBe('[Test] Our Tackling Serious and Organised Crime in the UK');
  expect(text).toContain('Dear Global Progressive Policing, our words.');
});
