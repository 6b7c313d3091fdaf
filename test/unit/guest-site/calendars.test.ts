import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { anEvent, NOW } from '#test/support/builders.ts';
import { guestSite } from '#test/support/guest-site.ts';

describe('calendar files', () => {
  const parsed = (text: string) => new ICAL.Component(ICAL.parse(text));

  test('of one event hold its times, and the same file comes twice', async () => {
    const site = guestSite();
    await site.publish(anEvent({ slug: 'a-morning', strapline: 'What works' }));
    const { headers, body } = await site.request({ path: '/events/a-morning/calendar.ics' });
    expect(headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'content-disposition': 'attachment; filename="a-morning.ics"',
    });
    const [event] = parsed(body)
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each));
    expect(event?.summary).toBe('Tackling Serious and Organised Crime in the UK');
    expect(event?.startDate.toString()).toBe('2027-02-18T09:30:00');
    expect((await site.request({ path: '/events/a-morning/calendar.ics' })).body).toBe(body);
  });

  test('of the programme leave out what nobody may find, and what is long over', async () => {
    let now = Date.parse(NOW);
    const site = guestSite({ now: () => now });
    await site.publish(anEvent({ slug: 'open-to-all', title: 'Open' }));
    await site.publish(anEvent({ slug: 'hidden', title: 'Hidden', visibility: 'unlisted' }));
    await site.publish(anEvent({ slug: 'draft', title: 'Draft', state: 'draft' }));
    await site.publish(
      anEvent({ slug: 'old', title: 'Old', startInstant: '2026-01-01T09:00:00Z', endInstant: '2026-01-01T10:00:00Z' }),
    );
    const titles = async () =>
      parsed((await site.request({ path: '/calendar.ics' })).body)
        .getAllSubcomponents('vevent')
        .map((each) => each.getFirstPropertyValue('summary'));
    expect(await titles()).toEqual(['Open']);
    now = Date.parse('2028-01-01T00:00:00Z');
    expect(await titles()).toEqual([]);
  });
});
