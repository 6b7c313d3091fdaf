import { beforeEach, expect, test } from 'vitest';
import { eventSummary } from '#functions/organiser-api/event-view.ts';
import { newEvent, smallestEvent } from '#functions/organiser-api/examples.ts';
import { FUTURE, type OrganiserApi, organiserApi, SITE_URL } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
beforeEach(async () => {
  api = await organiserApi();
});

test('a new event is a draft that shows what follows from it', async () => {
  const { status, headers, body } = await api.post('/events', { ...newEvent, ...FUTURE });
  expect(status).toBe(201);
  expect(headers).toMatchObject({
    etag: '"1"',
    location: `/api/v1/events/${body.eventId}`,
    'cache-control': 'no-store',
  });
  expect(body).toMatchObject({
    ...newEvent,
    ...FUTURE,
    questions: [{ ...newEvent.questions[0], required: false, options: [], segment: false }],
    slug: 'reading-the-river-flood-warnings-people-act-on-2027-02-18',
    state: 'draft',
    phase: 'draft',
    startInstant: '2027-02-18T09:30:00Z',
    when: 'Thursday 18 February 2027, 09:30–13:00 GMT',
    seats: { taken: 0, free: 300, waiting: 0 },
    registrationOpen: false,
    registrationClosedBecause: 'Registration has not opened yet.',
    revision: 1,
    links: { page: `${SITE_URL}/events/${body.slug}`, self: `${SITE_URL}/api/v1/events/${body.eventId}` },
  });
});

test('nothing is shown that is only kept', async () => {
  const { eventId } = await api.published();
  const { body } = await api.call({ path: `/events/${eventId}` });
  for (const inner of ['schedules', 'catalogue', 'catalogueAt', 'pk', 'sk', 'fact', 'timesChangedAt', 'due', 'dueAt']) {
    expect(body).not.toHaveProperty(inner);
  }
});

test('Markdown is rendered when it is saved, and only kept', async () => {
  const draft = await api.draft({
    description: 'It *matters*.',
    privacyNotice: { version: '1', text: 'We keep **it**.' },
  });
  const kept = () => api.deps.events.text(draft.eventId);
  expect(await kept()).toMatchObject({
    descriptionHtml: '<p>It <em>matters</em>.</p>',
    summary: 'It matters.',
    privacyNoticeHtml: '<p>We keep <strong>it</strong>.</p>',
  });
  const { body } = await api.patch(draft.eventId, { description: 'It `does`.', privacyNotice: null }, '"1"');
  expect(await kept()).toMatchObject({ descriptionHtml: '<p>It <code>does</code>.</p>', summary: 'It does.' });
  expect(await kept()).not.toHaveProperty('privacyNoticeHtml');
  for (const inner of ['descriptionHtml', 'summary', 'privacyNoticeHtml']) {
    expect(draft).not.toHaveProperty(inner);
    expect(body).not.toHaveProperty(inner);
  }
});

test('the least an event needs is filled up: the site organises it and keeps data as long as it says', async () => {
  const { body } = await api.post('/events', smallestEvent);
  expect(body).toMatchObject({
    organiser: { name: 'Rollcall Events', email: 'organiser@example.org' },
    retentionDays: 30,
    visibility: 'public',
    description: '',
    questions: [],
  });
  expect(body).not.toHaveProperty('seats');
});

test('a slug made from the title gets a number when it is taken, one that was asked for does not', async () => {
  const slugs = [await api.draft(), await api.draft(), await api.draft()].map(({ slug }) => slug);
  const [first] = slugs;
  expect(slugs).toEqual([first, `${first}-2`, `${first}-3`]);
  expect(await api.post('/events', { ...newEvent, slug: first })).toMatchObject({
    status: 409,
    body: { type: '/problems/slug-taken', errors: [{ pointer: '#/slug' }] },
  });
});

test('after twenty of one name on one day, chance makes the slug', async () => {
  const slugs = [];
  for (let n = 0; n < 22; n++) slugs.push((await api.draft()).slug);
  expect(new Set(slugs).size).toBe(22);
  expect(slugs.at(-1)).toMatch(/2027-02-18-[0-9a-z]{6}$/);
});

test('an edit needs the revision it edits, and gives the next', async () => {
  const { eventId } = await api.draft();
  const path = `/events/${eventId}`;
  const body = { title: 'Reading the sea', strapline: null };
  expect(await api.call({ method: 'PATCH', path, body })).toMatchObject({
    status: 428,
    body: { type: '/problems/revision-required', errors: [{ header: 'if-match' }] },
  });
  const edited = await api.patch(eventId, body, '"1"');
  expect(edited).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { title: 'Reading the sea', revision: 2 },
  });
  expect(edited.body).not.toHaveProperty('strapline');
  expect(await api.patch(eventId, body, '"1"')).toMatchObject({
    status: 412,
    body: { type: '/problems/stale-revision' },
  });
  expect((await api.call({ path })).body).toEqual(edited.body);
});

test('of two edits at once of one revision, one wins and the other is told', async () => {
  const { eventId } = await api.draft();
  const edits = await Promise.all([
    api.patch(eventId, { title: 'One' }, '"1"'),
    api.patch(eventId, { description: 'Two' }, '"1"'),
  ]);
  expect(edits.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('edits that do not mind the revision are all kept', async () => {
  const { eventId } = await api.draft();
  const edits = await Promise.all([
    api.patch(eventId, { title: 'One' }, '*'),
    api.patch(eventId, { description: 'Two' }, '*'),
  ]);
  expect(edits.map(({ status }) => status)).toEqual([200, 200]);
  expect((await api.call({ path: `/events/${eventId}` })).body).toMatchObject({
    title: 'One',
    description: 'Two',
    revision: 3,
  });
});

test('publishing opens registration, once', async () => {
  const { eventId } = await api.draft();
  expect(await api.post(`/events/${eventId}/publish`)).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { state: 'published', phase: 'upcoming', registrationOpen: true, publishedAt: '2026-11-23T12:00:00Z' },
  });
  expect(api.committed.filter(({ after }) => after?.['fact'] === 'event.published')).toHaveLength(1);
  expect(await api.post(`/events/${eventId}/publish`)).toMatchObject({
    status: 409,
    body: { type: '/problems/invalid-transition', detail: 'The event is published already' },
  });
});

test('publishing may insist on the revision that was read', async () => {
  const { eventId } = await api.draft();
  const publish = (tag: string) =>
    api.call({ method: 'POST', path: `/events/${eventId}/publish`, headers: { 'if-match': tag } });
  expect((await publish('"7"')).status).toBe(412);
  expect((await publish('"1"')).status).toBe(200);
});

test.each([
  ['startsAt', { startsAt: '2027-02-19T09:30', endsAt: '2027-02-19T13:00' }, 'times-fixed'],
  ['timeZone', { timeZone: 'Europe/Paris' }, 'times-fixed'],
  ['place', { place: 'Elsewhere' }, 'times-fixed'],
  ['format', { format: 'hybrid' }, 'times-fixed'],
  ['capacity', { capacity: null }, 'capacity-fixed'],
])('once published, %s stays as people were told', async (field, body, code) => {
  const { eventId } = await api.published();
  expect(await api.patch(eventId, body, '*')).toMatchObject({
    status: 409,
    body: { type: `/problems/${code}`, errors: [{ pointer: `#/${field}` }] },
  });
});

test('a new capacity of a published event is a fact, for somebody may be waiting', async () => {
  const { eventId } = await api.published();
  await api.patch(eventId, { capacity: 301 }, '*');
  expect(api.committed.filter(({ after }) => after?.['fact'] === 'event.changed')).toHaveLength(1);
});

test('publishing and editing a published event ask for its campaigns to be planned, a draft’s edit does not', async () => {
  const { eventId } = await api.draft();
  await api.patch(eventId, { title: 'Reading the sea' }, '*');
  expect(await api.deps.events.planDueAt(eventId)).toBeUndefined();
  await api.post(`/events/${eventId}/publish`);
  expect(await api.deps.events.planDueAt(eventId)).toBe(api.clock.now / 1000);
  api.clock.now += 60_000;
  await api.patch(eventId, { title: 'Reading the rain' }, '*');
  expect(await api.deps.events.planDueAt(eventId)).toBe(api.clock.now / 1000);
});

test('mail about one event can be stopped and let go again, and twice is once', async () => {
  const { eventId, revision } = await api.published();
  const says = async (what: string) => (await api.post(`/events/${eventId}/${what}`)).body;
  expect(await says('pause')).toMatchObject({ paused: true, revision: revision + 1 });
  expect(await says('pause')).toMatchObject({ paused: true, revision: revision + 1 });
  expect(await api.deps.events.get(eventId)).toMatchObject({ paused: true, state: 'published' });
  expect(await says('resume')).toMatchObject({ paused: false, revision: revision + 2 });
  expect(await says('resume')).toMatchObject({ paused: false, revision: revision + 2 });
  expect(api.committed.filter(({ after }) => after?.['fact'] === 'event.changed')).toHaveLength(2);
  expect((await api.post('/events/7f3kq9x2m4t8c1vz/pause')).status).toBe(404);
});

test('the clock turns upcoming into live and live into ended', async () => {
  const { eventId } = await api.published();
  const phaseAt = async (instant: string) => {
    api.clock.now = Date.parse(instant);
    return (await api.call({ path: `/events/${eventId}` })).body.phase;
  };
  expect(await phaseAt('2027-02-18T09:29:59Z')).toBe('upcoming');
  expect(await phaseAt('2027-02-18T09:30:00Z')).toBe('live');
  expect(await phaseAt('2027-02-18T13:00:00Z')).toBe('ended');
});

test('seats are shown as they were counted; while people wait, none is free', async () => {
  const { eventId } = await api.draft();
  const event = await api.deps.events.get(eventId);
  if (!event) throw new Error('gone');
  const around = { siteUrl: SITE_URL, now: () => api.clock.now };
  const shown = (taken: number, waiting: number) =>
    eventSummary(event, { ...around, seats: { taken, waiting, nextTicket: 1, version: 1 } }).seats;
  expect(shown(298, 0)).toEqual({ taken: 298, free: 2, waiting: 0 });
  expect(shown(299, 3)).toEqual({ taken: 299, free: 0, waiting: 3 });
});

test('an event that is not there is a 404, whatever its id looks like', async () => {
  for (const eventId of ['7f3kq9x2m4t8c1vz', 'nope', '..', '%00', 'constructor']) {
    expect((await api.call({ path: `/events/${eventId}` })).status).toBe(404);
  }
});

test('an event that cannot be read back is our fault, and the answer says nothing of it', async () => {
  const { eventId } = await api.draft();
  await api.table.update({
    pk: `EVENT#${eventId}`,
    sk: 'EVENT',
    set: [[['title'], 42]],
    when: [],
    fact: undefined,
  });
  for (const path of [`/events/${eventId}`, '/events']) {
    const { status, body } = await api.call({ path });
    expect(status).toBe(500);
    expect(Object.keys(body)).toEqual(['type', 'title', 'status', 'detail']);
    expect(JSON.stringify(body)).not.toMatch(/42|title"?:.*string/);
  }
  expect(api.log.lines.at(-1)).toMatchObject({ level: 'error', route: 'GET /api/v1/events', status: 500 });
});
