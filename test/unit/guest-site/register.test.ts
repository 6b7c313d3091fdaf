import { expect, test } from 'vitest';
import type { Event, EventText } from '#shared/domain/event.ts';
import { anEvent } from '#test/support/builders.ts';
import { guestSite, posted } from '#test/support/guest-site.ts';

const TICKET = /(?<=name="ticket" value=")[0-9a-z]{26}/;
const SLUG = 'a-morning';
const PATH = `/events/${SLUG}/register`;
const ADA = { name: 'Ada Lovelace', email: 'ada@example.org' };

async function open(given: Partial<Event> = {}, text: Partial<EventText> = {}) {
  const site = guestSite();
  const event = await site.publish(anEvent({ slug: SLUG, ...given }), text);
  return { site, event };
}

const QUESTIONS: Event['questions'] = [
  {
    id: 'dietary',
    label: 'What do you eat?',
    type: 'choices',
    required: false,
    options: ['Vegan', 'Halal'],
    segment: false,
  },
  { id: 'first', label: 'Is it your first time?', type: 'yes-no', required: true, options: [], segment: false },
  { id: 'force', label: 'Which force?', type: 'choice', required: false, options: ['North', 'South'], segment: false },
  { id: 'hope', label: 'What do you hope for?', type: 'text', required: false, options: [], segment: false },
];

test('the form is stored, and answered by a page that says what happens next', async () => {
  const { site, event } = await open();
  const answer = await site.request(
    posted(PATH, {
      ...ADA,
      organisation: 'Example Constabulary',
      jobTitle: 'Analyst',
      timeZone: 'Asia/Tokyo',
      homepage: '',
    }),
  );
  expect(answer).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: expect.stringContaining('Check your inbox'),
  });
  expect(answer.body).not.toContain('ada@example.org');
  const [person] = await site.people(event);
  expect(person).toMatchObject({ ...ADA, status: 'confirmed', timeZone: 'Asia/Tokyo', privacyVersion: 'site-2' });
  const details = await site.registrations.details(event.eventId, person?.registrationId ?? '');
  expect(details).toEqual({ organisation: 'Example Constabulary', jobTitle: 'Analyst' });
  const later = await site.request({ path: '/events/a-morning/registered' });
  expect(later).toMatchObject({ status: 200, body: expect.stringContaining('Check your inbox') });
});

test('answers to the event’s own questions are stored as they are', async () => {
  const { site, event } = await open({ questions: QUESTIONS });
  const fields =
    'answers.dietary=Vegan&answers.dietary=Halal&answers.first=yes&answers.force=&answers.hope=One%0D%0Atwo';
  const answer = await site.request(posted(PATH, `name=Ada&email=ada%40example.org&timeZone=&${fields}`));
  expect(answer.status).toBe(200);
  const [person] = await site.people(event);
  expect((await site.registrations.details(event.eventId, person?.registrationId ?? '')).answers).toEqual({
    dietary: ['Vegan', 'Halal'],
    first: 'yes',
    hope: 'One\ntwo',
  });
});

test('a question that must be answered is named where it stands, and what was typed stays', async () => {
  const { site, event } = await open({ questions: QUESTIONS });
  const { status, body } = await site.request(
    posted(PATH, { ...ADA, 'answers.force': 'South', 'answers.hope': '<b>' }),
  );
  expect(status).toBe(400);
  expect(body).toContain('<a href="#answers.first">');
  expect(body).toContain('id="answers.first-error"');
  expect(body).toMatch(/value="South" checked/);
  expect(body).toContain('&lt;b&gt;</textarea>');
  expect(await site.people(event)).toEqual([]);
});

test('everybody gets the same answer: new, registered, cancelled, or a program', async () => {
  const { site, event } = await open();
  /** But for the ticket, of which nobody but us can say whose it is. */
  const send = async (fields: Record<string, string>) => {
    const answer = await site.request(posted(PATH, fields));
    return { ...answer, body: answer.body.replace(TICKET, 'TICKET') };
  };
  const first = await send(ADA);
  const again = await send(ADA);
  const program = await send({ name: 'Bot', email: 'bot@example.org', homepage: 'https://spam.example' });
  expect(again).toEqual(first);
  expect(program).toEqual(first);
  expect(first).toMatchObject({ status: 200, body: expect.stringContaining('value="TICKET"') });
  expect((await site.people(event)).map(({ email }) => email)).toEqual(['ada@example.org']);
});

test('a filled honeypot writes nothing at all', async () => {
  const { site } = await open();
  const before = site.writes.length;
  await site.request(posted(PATH, { ...ADA, homepage: 'x' }));
  expect(site.writes).toHaveLength(before);
});

test('of a full event people are told that they join the waiting list', async () => {
  const { site, event } = await open({ capacity: 1 });
  await site.request(posted(PATH, ADA));
  await site.decideSeats(event);
  const { body } = await site.request({ path: PATH });
  expect(body).toContain('All places are taken');
  expect(body).toContain('Join the waiting list</button>');
  expect(await site.request(posted(PATH, { ...ADA, email: 'bob@example.org' }))).toMatchObject({ status: 200 });
  await site.decideSeats(event);
  expect((await site.people(event)).map(({ status }) => status).sort()).toEqual(['confirmed', 'waitlisted']);
});

test.each<[string, Partial<Event>, string]>([
  ['cancelled', { state: 'cancelled' }, 'This event has been cancelled.'],
  ['postponed', { state: 'postponed' }, 'This event has been postponed.'],
  ['over', { startsAt: '2026-01-01T09:00', endsAt: '2026-01-01T10:00' }, 'This event has ended.'],
  ['closed early', { registrationClosesAt: '2026-11-01T09:00' }, 'Registration has closed.'],
])('an event that is %s explains itself instead of asking', async (_, given, why) => {
  const { site, event } = await open(given);
  const shown = await site.request({ path: PATH });
  expect(shown.status).toBe(200);
  expect(shown.body).toContain(why);
  expect(shown.body).not.toContain('<form class="form"');
  const sent = await site.request(posted(PATH, ADA));
  expect(sent.status).toBe(409);
  expect(sent.body).toContain(why);
  expect(await site.people(event)).toEqual([]);
});

test('the version of the notice that was shown is the one that is stored', async () => {
  const { site, event } = await open({}, { privacyNotice: { version: '2026-10', text: 'We keep **little**.' } });
  const { body } = await site.request({ path: PATH });
  expect(body).toContain('name="privacyVersion" value="2026-10"');
  expect(body).toContain('We keep <strong>little</strong>.');
  const stale = await site.request(posted(PATH, { ...ADA, privacyVersion: '2026-09' }));
  expect(stale.status).toBe(409);
  expect(stale.body).toContain('The privacy notice has changed');
  expect(await site.people(event)).toEqual([]);
  await site.request(posted(PATH, { ...ADA, privacyVersion: '2026-10' }));
  expect(await site.people(event)).toEqual([expect.objectContaining({ privacyVersion: '2026-10' })]);
});

test('a zone the browser made up is no reason to refuse a person', async () => {
  const { site, event } = await open();
  await site.request(posted(PATH, { ...ADA, timeZone: 'Mars/Olympus_Mons' }));
  const [person] = await site.people(event);
  expect(person?.name).toBe('Ada Lovelace');
  expect(person?.timeZone).toBeUndefined();
});

test('of a draft there is nothing to be seen', async () => {
  const { site } = await open({ state: 'draft' });
  for (const path of ['', '/register', '/registered', '/calendar.ics']) {
    expect(await site.request({ path: `/events/${SLUG}${path}` })).toMatchObject({ status: 404 });
  }
  expect(await site.request(posted(PATH, ADA))).toMatchObject({ status: 404 });
});
