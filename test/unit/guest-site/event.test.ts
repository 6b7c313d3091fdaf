import { describe, expect, test } from 'vitest';
import type { Event, EventText } from '#shared/domain/event.ts';
import { anEvent } from '#test/support/builders.ts';
import { guestSite, SITE } from '#test/support/guest-site.ts';

async function shown(given: Partial<Event> = {}, text: Partial<EventText> = {}) {
  const site = guestSite();
  const event = await site.publish(anEvent({ slug: 'a-morning', ...given }), text);
  const answer = await site.request({ path: '/events/a-morning' });
  return { site, event, ...answer };
}

const dataIn = (body: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)?.[1] ?? 'null');

test('the page says all there is to know', async () => {
  const { status, body } = await shown(
    {
      strapline: 'What works',
      capacity: 300,
      topics: ['Fraud & theft'],
      registrationClosesAt: '2027-02-17T17:00',
      speakers: [
        { name: 'Professor John Coxhead', role: 'Professor of Policing', organisation: 'De Montfort University' },
      ],
    },
    {
      description: 'It *matters*.',
      programme: ['First', 'Second'],
      audience: Array.from({ length: 14 }, (_, i) => `Group ${i}`),
    },
  );
  expect(status).toBe(200);
  const said = [
    'What works',
    'Online',
    'Thursday 18 February 2027, 09:30–13:00 GMT',
    'Webinar',
    '300 seats left',
    'Wednesday 17 February 2027, 17:00 GMT',
    'Key speaker<',
    '>JC<',
    'Professor of Policing',
    'De Montfort University',
    'It <em>matters</em>.',
    'Programme',
    '<summary>2 more</summary>',
    '/?topic=Fraud%20%26%20theft',
    '/events/a-morning/register">Register<',
    '/events/a-morning/calendar.ics',
    'https://calendar.google.com/calendar/render?',
    'https://outlook.office.com/calendar/',
    '<link rel="canonical" href="https://events.example.org/events/a-morning">',
  ];
  for (const text of said) expect(body).toContain(text);
});

test('room is kept for the reader’s own time', async () => {
  const { body } = await shown();
  expect(body).toContain(
    '<p class="own-time" data-start="2027-02-18T09:30:00Z" data-end="2027-02-18T13:00:00Z" data-zone="Europe/London">Times are local to London.</p>',
  );
});

describe('machines read it as schema.org/Event', () => {
  test.each<[Partial<Event>, string, string]>([
    [{}, 'EventScheduled', 'OnlineEventAttendanceMode'],
    [{ format: 'in-person', state: 'cancelled' }, 'EventCancelled', 'OfflineEventAttendanceMode'],
    [{ format: 'hybrid', state: 'postponed' }, 'EventPostponed', 'MixedEventAttendanceMode'],
  ])('%j', async (given, status, mode) => {
    const data = dataIn((await shown(given)).body);
    expect(data).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Event',
      startDate: '2027-02-18T09:30:00Z',
      endDate: '2027-02-18T13:00:00Z',
      eventStatus: `https://schema.org/${status}`,
      eventAttendanceMode: `https://schema.org/${mode}`,
      organizer: { '@type': 'Organization', name: 'Global Progressive Policing' },
    });
    expect('offers' in data).toBe(given.state === undefined);
  });

  test.each([
    ['online', { '@type': 'VirtualLocation', url: 'https://events.example.org/events/a-morning' }],
    ['in-person', { '@type': 'Place', name: 'Webinar', address: 'Webinar' }],
    [
      'hybrid',
      [expect.objectContaining({ '@type': 'Place' }), expect.objectContaining({ '@type': 'VirtualLocation' })],
    ],
  ] as const)('%s takes place where it does', async (format, location) => {
    expect(dataIn((await shown({ format })).body).location).toEqual(location);
  });

  test('and nothing in it can end the element or run', async () => {
    const title = '</script><script>alert(1)</script><!-- & "';
    const { body } = await shown({ title, strapline: title });
    expect(dataIn(body).name).toBe(title);
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('<!-- ');
  });
});

test('previews have title and summary', async () => {
  const { body } = await shown(
    {},
    { description: `**Bold** words, [a link](https://example.org/x) and ${'more '.repeat(100)}` },
  );
  expect(body).toContain('<meta property="og:title" content="Tackling Serious and Organised Crime in the UK">');
  expect(body).toMatch(
    /<meta property="og:description" content="Thursday 18 February 2027, 09:30–13:00 GMT, Webinar. Bold words, a link and more [^"]{100,180}…">/,
  );
});

test.each<[string, Partial<Event>, string, boolean]>([
  ['live', { startInstant: '2026-11-23T09:00:00Z' }, 'state-live">Live now', true],
  ['ended', { startInstant: '2026-01-01T09:00:00Z', endInstant: '2026-01-01T10:00:00Z' }, 'state-ended">Ended', false],
  ['cancelled', { state: 'cancelled' }, 'state-cancelled">Cancelled', false],
  ['postponed', { state: 'postponed' }, 'state-postponed">Postponed', false],
])('an event that is %s says so by a word', async (_, given, badge, canRegister) => {
  const { body } = await shown(given);
  expect(body).toContain(badge);
  expect(body.includes('/events/a-morning/register"')).toBe(canRegister);
});

test('a full event leads to the waiting list', async () => {
  const site = guestSite();
  const event = await site.publish(anEvent({ slug: 'a-morning', capacity: 1 }));
  const form = { name: 'Ada', email: 'ada@example.org', answers: {} };
  await site.take({ event, form, ip: '203.0.113.7', privacyVersion: '1' });
  await site.decideSeats(event);
  const { body } = await site.request({ path: '/events/a-morning' });
  expect(body).toContain('state-full">Full');
  expect(body).toContain('>Join the waiting list<');
  expect(dataIn(body).offers.availability).toBe('https://schema.org/SoldOut');
});

test('an event that is over offers its recording and what comes next on its topics', async () => {
  const site = guestSite();
  const over = { startInstant: '2026-01-01T09:00:00Z', endInstant: '2026-01-01T10:00:00Z', topics: ['Fraud'] };
  await site.publish(anEvent({ slug: 'over', ...over, recordingUrl: 'https://video.example.org/1' }));
  await site.publish(anEvent({ slug: 'same-topic', topics: ['Fraud'], title: 'Fraud again' }));
  await site.publish(anEvent({ slug: 'other-topic', topics: ['Health'], title: 'Other' }));
  const { body } = await site.request({ path: '/events/over' });
  expect(body).toContain('<a href="https://video.example.org/1" rel="nofollow noopener">Watch the recording</a>');
  expect(body).toContain('Fraud again');
  expect(body).not.toContain('>Other<');
});

test('whatever an organiser writes comes out as text', async () => {
  const evil = '<img src=x onerror=alert(1)>"\'&';
  const { body } = await shown(
    {
      title: evil,
      strapline: evil,
      place: evil,
      topics: [evil],
      speakers: [{ name: evil, role: evil, organisation: evil }],
      organiser: { name: evil, email: 'a@example.org' },
    },
    { description: evil, programme: [evil], audience: [evil], privacyNotice: { version: '1', text: evil } },
  );
  expect(body).not.toContain('<img');
});

test('texts saved before they were rendered are shown as typed, in paragraphs', async () => {
  const site = guestSite();
  const typed = 'It *matters*.\n\n<b>Come</b>';
  const event = anEvent({ slug: 'of-old' });
  await site.publishAsTyped(event, { description: typed, privacyNotice: { version: '1', text: typed } });
  for (const path of ['/events/of-old', '/events/of-old/register']) {
    const { body } = await site.request({ path });
    expect(body).toContain('<div class="prose"><p>It *matters*.</p><p>&lt;b&gt;Come&lt;/b&gt;</p></div>');
  }
});

test('the privacy page says who is responsible, for how long, and what people may ask for', async () => {
  const { body } = await guestSite().request({ path: '/privacy' });
  for (const text of [SITE.organiser.name, SITE.organiser.email, '90 days', 'no cookies', 'Your rights'])
    expect(body).toContain(text);
});
