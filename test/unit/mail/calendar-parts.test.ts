import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { bringsCalendar } from '#shared/domain/calendar-part.ts';
import { MAIL_KINDS, type MailKind } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { scheduleOf } from '#shared/domain/schedule.ts';
import type { MailView } from '#shared/mail/mail-view.ts';
import { mimeOf } from '#shared/mail/mime.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';
import { INVITED } from '#test/support/mail-to.ts';
import { aMailView } from '#test/support/mail-view.ts';
import { readCalendar } from '#test/support/read-calendar.ts';

const person = (given: Partial<Registration> = {}) => aRegistration({ registrationId: '7h2c9d4f6g8j3k5m', ...given });
const UID = '7h2c9d4f6g8j3k5m@events.example.org';

/** The mail as bytes on the wire, read back by other programs: the part inboxes draw, and the file beside it. */
async function arrived(kind: MailKind, given: Partial<MailView>) {
  const raw = await mimeOf({
    ...renderMail(kind, aMailView(given)),
    from: 'Rollcall <events@example.org>',
    to: 'ada@example.org',
    replyTo: 'desk@example.org',
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  const wire = Buffer.from(raw);
  const { attachments } = await simpleParser(wire);
  const calendars = attachments.filter(({ contentType }) => /text\/calendar|application\/ics/.test(contentType));
  const [, method] =
    /^Content-Type: text\/calendar; charset=utf-8; method=(\w+)\r$/m.exec(wire.toString('latin1')) ?? [];
  const [first] = calendars;
  const read = first && readCalendar(first.content.toString());
  return {
    method,
    files: calendars.map(({ content }) => content.toString()),
    said: read?.calendar.getFirstPropertyValue('method'),
    zones: read?.zones,
    calendar: read?.calendar,
    entry: read?.events[0],
  };
}

test('a confirmation and the change after it are one entry, with the sequence of the row', async () => {
  const before = scheduleOf(anEvent());
  const moved = anEvent({ startsAt: '2027-02-25T10:00', endsAt: '2027-02-25T13:30' });
  const first = await arrived('confirmation', { registration: person({ sequence: 1 }) });
  const second = await arrived('change', { registration: person({ ...INVITED, sequence: 2 }), event: moved, before });
  expect(first).toMatchObject({ method: 'REQUEST', said: 'REQUEST', entry: { uid: UID, sequence: 1 } });
  expect(second).toMatchObject({
    method: 'REQUEST',
    said: 'REQUEST',
    entry: { uid: UID, sequence: 2, status: 'CONFIRMED', start: '2027-02-25T10:00:00Z', end: '2027-02-25T13:30:00Z' },
  });
  expect(second.entry?.attendees.map(({ address }) => address)).toEqual(['MAILTO:ada@example.org']);
  expect(new Set(second.files).size).toBe(1);
});

test.each([
  ['postponed', 'Postponed: ', 'postponed', 'confirmed'],
  ['cancelled', 'Cancelled: ', 'cancelled', 'confirmed'],
  ['own-cancellation', '', 'published', 'cancelled'],
] as const)('%s takes the same entry out again', async (kind, prefix, state, status) => {
  const registration = person({ ...INVITED, status, sequence: 4 });
  const { method, said, entry } = await arrived(kind, { event: anEvent({ state }), registration });
  expect({ method, said }).toEqual({ method: 'CANCEL', said: 'CANCEL' });
  expect(entry).toMatchObject({
    uid: UID,
    sequence: 4,
    status: 'CANCELLED',
    summary: `${prefix}Tackling Serious and Organised Crime in the UK`,
    attendees: [{ address: 'MAILTO:ada@example.org' }],
  });
});

test('a summer event over a change of the clocks means the same instants to a reader in another zone', async () => {
  const event = anEvent({ startsAt: '2027-03-27T22:00', endsAt: '2027-03-28T10:00', timeZone: 'Europe/London' });
  const registration = person({ sequence: 1, timeZone: 'America/New_York' });
  const { entry, zones, calendar } = await arrived('confirmation', { event, registration });
  expect(entry).toMatchObject({ start: '2027-03-27T22:00:00Z', end: '2027-03-28T09:00:00Z' });
  expect(zones).toEqual(['Europe/London']);
  const [zone] = calendar?.getAllSubcomponents('vtimezone') ?? [];
  expect(zone?.getAllSubcomponents().map(({ name }) => name)).toEqual(['daylight', 'standard']);
  expect(zone?.getFirstSubcomponent('daylight')?.getFirstPropertyValue('tzoffsetto')?.toString()).toBe('+01:00');
});

test('an event moved into summer is a summer event', async () => {
  const event = anEvent({ startsAt: '2027-06-10T09:30', endsAt: '2027-06-10T13:00' });
  const { entry } = await arrived('change', {
    event,
    registration: person({ sequence: 2 }),
    before: scheduleOf(anEvent()),
  });
  expect(entry?.start).toBe('2027-06-10T08:30:00Z');
});

describe('which mails bring one', () => {
  const methods = (given: Partial<Registration>) =>
    MAIL_KINDS.map((kind) => [kind, bringsCalendar(kind, person(given))]).filter(([, method]) => method);

  test('who has a place is invited by confirmation and change, and who was invited is told of the end', () => {
    expect(methods({ ...INVITED })).toEqual([
      ['confirmation', 'REQUEST'],
      ['own-cancellation', 'CANCEL'],
      ['change', 'REQUEST'],
      ['postponed', 'CANCEL'],
      ['cancelled', 'CANCEL'],
    ]);
  });

  test('who was never invited gets no calendar cancellation, and is not told of one', () => {
    expect(methods({ status: 'cancelled' })).toEqual([]);
    const { calendar, text } = renderMail(
      'own-cancellation',
      aMailView({ registration: person({ status: 'cancelled' }) }),
    );
    expect(calendar).toBeUndefined();
    expect(text).not.toContain('calendar');
  });

  test('who waits gets no calendar part, whatever the mail', () => {
    expect(methods({ status: 'waitlisted' })).toEqual([]);
  });

  test('a notice that reached somebody while they waited invited nobody', () => {
    expect(methods({ status: 'waitlisted', deliveries: { 'change@r2': 'delivered|1795000000|1|a1b2c3|2' } })).toEqual(
      [],
    );
  });

  test('every mail is true to it', () => {
    for (const status of ['confirmed', 'waitlisted', 'cancelled', 'applied'] as const) {
      for (const kind of MAIL_KINDS) {
        for (const registration of [person({ status }), person({ ...INVITED, status })]) {
          const { calendar } = renderMail(kind, aMailView({ registration }));
          expect(calendar?.method).toBe(bringsCalendar(kind, registration));
        }
      }
    }
  });
});
