import fc from 'fast-check';
import type ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { calendarRequest } from '#shared/calendar/invitation.ts';
import { programmeFeed } from '#shared/calendar/publish-calendar.ts';
import { anEvent, aRegistration, NOW_EPOCH } from '#test/support/builders.ts';
import { aMailView } from '#test/support/mail-view.ts';
import { readCalendar } from '#test/support/read-calendar.ts';

/** A busy machine must not fail a property. */
const PATIENT = { timeout: 20_000 };

/** Text that tries to be more than text, and text that is merely odd. */
const nasty = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\u2028',
        '\u0085',
        '"',
        ';',
        ',',
        ':',
        '\\',
        '\\n',
        '^n',
        "^'",
        ' ',
        '\t',
        '\0',
      ),
      fc.constantFrom(
        'END:VEVENT',
        'BEGIN:VEVENT',
        'ATTENDEE:mailto:eve@example.org',
        'METHOD:CANCEL',
        'é',
        '👩‍👩‍👧',
        '漢字',
      ),
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((parts) => parts.join(''));

const namesIn = (component: ICAL.Component): string[] => [
  ...component.getAllProperties().map(({ name }) => name),
  ...component.getAllSubcomponents().flatMap((each) => [`[${each.name}]`, ...namesIn(each)]),
];

const file = (text: string) =>
  calendarRequest(
    aMailView({
      event: anEvent({
        title: `T${text}`,
        place: `P${text}`,
        strapline: `S${text}`,
        organiser: { name: `O${text}`, email: 'events@example.org' },
      }),
      registration: aRegistration({ name: `A${text}` }),
    }),
  );

test('no text of an event or a person adds a line, a property or a parameter', PATIENT, () => {
  const plain = namesIn(readCalendar(file('x')).calendar);
  fc.assert(
    fc.property(nasty, (text) => {
      const { calendar, events } = readCalendar(file(text));
      expect(namesIn(calendar)).toEqual(plain);
      expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
      expect(events[0]?.attendees.map(({ address }) => address)).toEqual(['MAILTO:ada@example.org']);
      expect(events[0]?.organiser).toBe('mailto:events@example.org');
    }),
    { numRuns: 150 },
  );
});

test('a title keeps every character that can be seen', () => {
  const title = 'Crime; "serious", organised: 50 % \\ all^of it — 漢字 👩‍👩‍👧';
  const [entry] = readCalendar(calendarRequest(aMailView({ event: anEvent({ title }) }))).events;
  expect(entry?.summary).toBe(title);
});

test('quotes and backslashes in a name become what every program reads alike', () => {
  const organiser = { name: 'The "Good" Company; Ltd, UK: HQ \\ n', email: 'events@example.org' };
  const [entry] = readCalendar(calendarRequest(aMailView({ event: anEvent({ organiser }) }))).events;
  expect(entry?.organiserName).toBe('The ’Good’ Company; Ltd, UK: HQ / n');
});

test('a name of the site cannot leave its line', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const feed = programmeFeed([anEvent()], {
        site: { name: `N${text}`, url: 'https://events.example.org' },
        now: NOW_EPOCH,
      });
      const { calendar, events } = readCalendar(feed);
      expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
      expect(events).toHaveLength(1);
    }),
  );
});

test('every line ends with CRLF and has 75 octets or fewer, and no character is cut in two', PATIENT, () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const ics = file(text);
      expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true);
      const lines = ics.slice(0, -2).split('\r\n');
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
      expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([]);
      expect(Buffer.from(ics.replaceAll('\r\n ', '')).toString()).toBe(ics.replaceAll('\r\n ', '').toWellFormed());
    }),
    { numRuns: 150 },
  );
});
