import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import type { GuestSite } from '#test/support/guest-site.ts';

describe('the way in', () => {
  const gate = async (site: GuestSite, row: Registration) =>
    (await site.request({ path: `/j/${site.tokenOf(row, 'join')}` })).body;

  test('tells how long it is and where it will be', async () => {
    const { site, person } = await withPeople();
    const body = await gate(site, await person());
    expect(body).toContain('It starts in <b data-countdown="2027-02-18T09:30:00Z">86 days</b>');
    expect(body).toContain('The way in will be on this page');
    expect(body).toContain('/events/a-morning/calendar.ics');
  });

  test('tells people who wait that they have no place yet', async () => {
    const { site, person } = await withPeople({ capacity: 1 }, ['Ada', 'Bob']);
    const body = await gate(site, await person('Bob'));
    expect(body).toContain('You do not have a place yet.');
    expect(body).not.toContain('data-countdown');
  });

  test.each<[string, Partial<Event>, string]>([
    ['is on', { startInstant: '2026-11-23T09:30:00Z' }, 'It is on now.'],
    ['is over', { startInstant: '2026-01-01T09:00:00Z', endInstant: '2026-01-01T10:00:00Z' }, 'This event has ended.'],
    ['was cancelled', { state: 'cancelled' }, 'This event has been cancelled.'],
    ['was postponed', { state: 'postponed' }, 'This event has been postponed.'],
  ])('says so when the event %s', async (_, change, sentence) => {
    const { site, event, person } = await withPeople();
    await site.change(event, change);
    expect(await gate(site, await person())).toContain(sentence);
  });

  test('after a cancellation leads back to the form', async () => {
    const { site, person } = await withPeople();
    await press(site, `/r/${site.tokenOf(await person(), 'manage')}`, 'cancel');
    expect(await gate(site, await person())).toContain('<a href="/events/a-morning/register">register again</a>');
  });
});
