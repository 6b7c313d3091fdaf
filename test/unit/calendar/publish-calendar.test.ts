import { expect, test } from 'vitest';
import { programmeFeed, publishCalendar } from '#shared/calendar/publish-calendar.ts';
import { anEvent, NOW_EPOCH } from '#test/support/builders.ts';
import { readCalendar } from '#test/support/read-calendar.ts';

const publisher = { site: { name: 'Talks, tours; and "more"', url: 'https://events.example.org' }, now: NOW_EPOCH };

test('a download is published for anybody: no attendee, no personal link', () => {
  const event = anEvent({ eventId: 'zq3v8k2m5n7p9r4t', strapline: 'What works', scheduleRevision: 3 });
  const { calendar, events } = readCalendar(publishCalendar([event], publisher));
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  expect(events).toMatchObject([
    {
      uid: 'zq3v8k2m5n7p9r4t@events.example.org',
      sequence: 3,
      attendees: [],
      organiser: 'mailto:events@example.org',
      url: `https://events.example.org/events/${event.slug}`,
      description: `What works\nAbout the event: https://events.example.org/events/${event.slug}`,
    },
  ]);
});

test.each([
  ['published', 'CONFIRMED', 'Safer Streets'],
  ['postponed', 'TENTATIVE', 'Postponed: Safer Streets'],
  ['cancelled', 'CANCELLED', 'Cancelled: Safer Streets'],
] as const)('an event that is %s says so by status and by name', (state, status, summary) => {
  const { events } = readCalendar(publishCalendar([anEvent({ title: 'Safer Streets', state })], publisher));
  expect(events).toMatchObject([{ status, summary }]);
});

test('a draft is in no calendar', () => {
  expect(readCalendar(publishCalendar([anEvent({ state: 'draft' })], publisher)).events).toEqual([]);
});

test('the feed has a name, whatever it is, and is asked for again every hour', () => {
  const { calendar } = readCalendar(programmeFeed([anEvent()], publisher));
  expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Talks\\, tours\\; and "more"');
  expect(calendar.getFirstPropertyValue('refresh-interval')?.toString()).toBe('PT1H');
  expect(calendar.getFirstPropertyValue('x-published-ttl')).toBe('PT1H');
});

test('the feed leaves unlisted events out; their own file has them', () => {
  const unlisted = anEvent({ visibility: 'unlisted' });
  expect(readCalendar(programmeFeed([anEvent(), unlisted], publisher)).events).toHaveLength(1);
  expect(readCalendar(publishCalendar([unlisted], publisher)).events).toHaveLength(1);
});

test('properties of the calendar come before its components (RFC 5545 §3.6)', () => {
  const lines = programmeFeed([anEvent()], publisher).split('\r\n');
  const [firstComponent] = lines.flatMap((line, at) => (/^BEGIN:V(TIMEZONE|EVENT)/.test(line) ? [at] : []));
  expect(lines.findLastIndex((line) => /^(REFRESH-INTERVAL|X-PUBLISHED-TTL|METHOD|NAME)/.test(line))).toBeLessThan(
    firstComponent ?? 0,
  );
});

test('the same events at the same time make the same file', () => {
  const event = anEvent();
  expect(programmeFeed([event], publisher)).toBe(programmeFeed([event], publisher));
});
