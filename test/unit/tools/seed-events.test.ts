import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { NewEvent } from '#shared/domain/edit-event.ts';
import { seedEvents } from '#tools/seed/events.ts';

const TODAY = '2026-11-23';
const seeds = seedEvents(TODAY);
const bySlug = (slug: string) => seeds.find(({ event }) => event.slug === slug)?.event;
const LISTING = 'tackling-serious-and-organised-crime-in-the-uk';

test('the listing keeps its own date, in London', () => {
  expect(bySlug(LISTING)).toMatchObject({
    startsAt: '2026-02-19T09:30',
    endsAt: '2026-02-19T13:00',
    timeZone: 'Europe/London',
  });
});

test.each(['2026-11-23', '2027-02-28', '2028-12-31'])('sown on %s, the re-run is on a Thursday ahead', (today) => {
  const again = seedEvents(today).find(({ event }) => event.slug === `${LISTING}-again`);
  const date = Temporal.PlainDate.from(again?.event.startsAt.slice(0, 10) ?? '');
  expect(date.dayOfWeek).toBe(4);
  expect(Temporal.PlainDate.from(today).until(date).days).toBeGreaterThan(75);
});

test('every slug is there once, and every event ends after it starts', () => {
  expect(new Set(seeds.map(({ event }) => event.slug)).size).toBe(seeds.length);
  for (const { event } of seeds) expect(event.endsAt > event.startsAt).toBe(true);
});

test('the seed shows each thing a visitor may meet', () => {
  const now = `${TODAY}T12:00`;
  const some = (shows: (seed: (typeof seeds)[number]) => boolean) => expect(seeds.some(shows)).toBe(true);
  for (const format of ['online', 'in-person', 'hybrid']) some(({ event }) => event.format === format);
  some(({ event }) => event.endsAt < now);
  some(({ state }) => state === 'cancelled');
  some(({ event, registrations = 0 }) => event.capacity !== undefined && registrations === event.capacity);
  some(({ event, registrations = 0 }) => registrations > (event.capacity ?? Number.POSITIVE_INFINITY));
  some(({ event }) => event.title.length > 180);
  some(({ event }) => !event.timeZone.startsWith('Europe/'));
  some(({ event }) => event.visibility === 'unlisted');
});

test('the API takes every event of the seed', () => {
  const organiser = { name: 'Example Events', email: 'organiser@example.org' };
  for (const { event } of seeds) expect(NewEvent.safeParse({ ...event, organiser }).error).toBeUndefined();
});
