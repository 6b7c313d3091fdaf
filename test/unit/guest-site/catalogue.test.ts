import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { anEvent, NOW } from '#test/support/builders.ts';
import { guestSite, readable } from '#test/support/guest-site.ts';

const DAY = 24 * 3_600_000;

async function stocked(...events: Partial<Event>[]) {
  let elapsed = 0;
  const site = guestSite({ now: () => Date.parse(NOW) + elapsed });
  for (const [i, given] of events.entries()) await site.publish(anEvent({ slug: `event-${i}`, ...given }));
  const pass = (ms: number) => {
    elapsed += ms;
  };
  return { site, pass, get: (rawQuery = '') => site.request({ path: '/', rawQuery }) };
}

const slugsIn = (body: string) => [...body.matchAll(/<li id="([^"]+)"/g)].map(([, slug]) => slug);

test('the list counts what it shows, and each entry says what one needs to choose', async () => {
  const { get } = await stocked({ title: 'Fraud today', strapline: 'What works', capacity: 42, topics: ['Fraud'] });
  const { status, body } = await get();
  expect(status).toBe(200);
  for (const text of [
    '1 upcoming event',
    'Fraud today',
    'What works',
    'Online',
    'Thu 18 Feb 2027, 09:30–13:00 GMT',
    '42 seats left',
  ]) {
    expect(readable(body)).toContain(text);
  }
  expect(body).toContain('<option value="Fraud">Fraud</option>');
});

test('seats taken a moment ago are counted within ten seconds', async () => {
  const { site, pass, get } = await stocked({ capacity: 2 });
  await get();
  const event = anEvent({ slug: 'another', capacity: 1 });
  await site.publish(event);
  await site.take({
    event,
    form: { name: 'Ada', email: 'ada@example.org', answers: {} },
    ip: '203.0.113.7',
    privacyVersion: '1',
  });
  await site.decideSeats(event);
  pass(10_000);
  const { body } = await get();
  expect(body).toMatch(/another[\s\S]*Waiting list open[\s\S]*state-full">Full/);
});

test('a search is told in words, can be cleared, and comes along to the event and back', async () => {
  const { site, get } = await stocked({ title: 'Police & health', format: 'hybrid' }, { title: 'Other' });
  const { body } = await get('q=police+%26&format=hybrid&from=2027-02-01');
  expect(slugsIn(body)).toEqual(['event-0']);
  expect(body).toContain('matching “police &amp;”, in person and online, from 1 February 2027');
  expect(body).toContain('<a href="/">Clear all filters</a>');
  const [, link = ''] = /<h3><a href="([^"]+)"/.exec(body) ?? [];
  const [path = '', rawQuery = ''] = link.replaceAll('&amp;', '&').split('?');
  const { body: event } = await site.request({ path, rawQuery });
  expect(event).toContain(
    '<a href="/?q=police+%26&amp;format=hybrid&amp;from=2027-02-01#event-0">Back to search results</a>',
  );
});

test('nothing but a search comes back out of an event’s address', async () => {
  const { site } = await stocked({});
  const { body } = await site.request({
    path: '/events/event-0',
    rawQuery: 'utm_source=x&from=javascript:alert(1)&topic=%22%3E%3Cx',
  });
  expect(body).toContain('<a href="/?topic=%22%3E%3Cx#event-0">');
  expect(body).not.toMatch(/utm_source|javascript:/);
});

test('past events have a tab of their own, the latest first', async () => {
  const { get } = await stocked(
    { startsAt: '2025-01-01T09:00', endsAt: '2025-01-01T10:00' },
    { startsAt: '2026-01-01T09:00', endsAt: '2026-01-01T10:00' },
    {},
  );
  const { body } = await get('when=past');
  expect(slugsIn(body)).toEqual(['event-1', 'event-0']);
  expect(body).toContain('<a href="/?when=past" aria-current="page">Past</a>');
  expect(body).toContain('state-ended">Ended');
});

test('fifty to a page', async () => {
  const { get } = await stocked(...Array.from({ length: 120 }, () => ({})));
  const [first, last, beyond] = [await get('q=crime'), await get('q=crime&page=3'), await get('q=crime&page=99')];
  expect(slugsIn(first.body)).toHaveLength(50);
  expect(first.body).toContain('<a rel="next" href="/?q=crime&amp;page=2">Next page</a>');
  expect(first.body).not.toContain('rel="prev"');
  expect(slugsIn(last.body)).toHaveLength(20);
  expect(last.body).toContain('Page 3 of 3');
  expect(beyond.body).toContain('Page 3 of 3');
});

test('an empty result says what was searched and offers what is near', async () => {
  const { get } = await stocked({ title: 'Fraud', format: 'online' }, { title: 'Health' });
  const { body, status } = await get('q=fraud&format=in-person');
  expect(status).toBe(200);
  expect(body).toContain('No upcoming events');
  expect(body).toContain('matching “fraud”, in person');
  expect(body).toContain('<a href="/?q=fraud">1 event in every format</a>');
  expect(body).toContain('Coming up');
});

test('an empty calendar says so', async () => {
  const { get } = await stocked();
  expect((await get()).body).toContain('There is nothing on the calendar at the moment.');
});

test.each([
  ['from', 'soon', 'Enter a date like'],
  ['to', '2027-02-30', 'Enter a date like'],
  ['format', 'disco', 'Choose online, in-person or hybrid'],
  ['q', 'x'.repeat(10_000), 'Search must be 200 characters or fewer'],
  ['q', 'a\u0000b', 'Search must be one line without hidden characters'],
  ['topic', '\u202Eevil', 'Topic must be one line without hidden characters'],
  ['page', '-1', 'Enter a page number'],
  ['when', 'later', 'Choose upcoming or past'],
])('%s=%j is named, and the rest still finds something', async (field, value, message) => {
  const { get } = await stocked({});
  const { status, headers, body } = await get(new URLSearchParams({ [field]: value }).toString());
  expect(status).toBe(400);
  expect(headers['cache-control']).toBe('no-store');
  expect(body).toContain(message);
  expect(slugsIn(body)).toEqual(['event-0']);
});

test.each(['%', '%zz=%zz', '=&=&', 'q=%00%ff', `${'a=b&'.repeat(5000)}`, 'q=a&q=b', '__proto__=x&constructor=y'])(
  'a query of %j is no fault of ours',
  async (query) => {
    const { get } = await stocked({});
    expect((await get(query)).status).toBeLessThan(500);
  },
);

test('no query, whatever it says, is a fault of ours or appears unescaped', async () => {
  const { get } = await stocked({});
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((text) => `${text}<x-typed "'>`),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom('q', 'format', 'topic', 'from', 'to', 'when', 'page'), value),
      async (query) => {
        const { status, body } = await get(new URLSearchParams(query).toString());
        expect(status).toBeLessThan(500);
        expect(body).not.toContain('<x-typed');
      },
    ),
    { numRuns: 100 },
  );
});

test('a thousand events are listed without delay', async () => {
  const { get, pass } = await stocked(...Array.from({ length: 1000 }, () => ({})));
  await get();
  pass(DAY / 1000);
  // What this thread worked, not what it waited: the machine may be busy.
  const before = process.threadCpuUsage();
  expect((await get('q=tackling+serious')).body).toContain('1,000 upcoming events');
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(2000);
});
