import { beforeEach, describe, expect, test } from 'vitest';
import { keys } from '#shared/store/keys.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
let revision: number;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId, revision } = await api.published());
});

const NEXT_WEEK = { startsAt: '2027-02-25T09:30', endsAt: '2027-02-25T13:00' };
const move = (what: string, body?: unknown, headers: Record<string, string> = {}) =>
  api.call({ method: 'POST', path: `/events/${eventId}/${what}`, body, headers });
const kept = async () => {
  const event = await api.deps.events.get(eventId);
  if (!event) throw new Error('The event is gone');
  return event;
};
const problem = (status: number, code: string, field?: string) => ({
  status,
  body: { type: `/problems/${code}`, ...(field && { errors: [{ pointer: `#/${field}` }] }) },
});
const facts = () => api.committed.map(({ after }) => after?.['fact']).filter((fact) => fact === 'event.changed');

test('a new time is answered with the event as it is now, and when people are told', async () => {
  expect(await move('reschedule', NEXT_WEEK)).toMatchObject({
    status: 200,
    headers: { etag: `"${revision + 1}"` },
    body: {
      ...NEXT_WEEK,
      state: 'published',
      when: 'Thursday 25 February 2027, 09:30–13:00 GMT',
      scheduleRevision: 2,
      noticeAt: '2026-11-23T12:05:00Z',
    },
  });
  expect(await kept()).toMatchObject({ startRevision: 2, endRevision: 2, notice: { moves: true } });
  expect(await api.deps.events.noticeIsDue(eventId)).toBe(true);
  expect(facts()).toHaveLength(1);
  api.clock.now += 300_000;
  expect((await api.call({ path: `/events/${eventId}` })).body).not.toHaveProperty('noticeAt');
});

test('another place leaves the times alone', async () => {
  expect((await move('reschedule', { place: 'Town hall', format: 'in-person' })).body).toMatchObject({
    place: 'Town hall',
    format: 'in-person',
    scheduleRevision: 2,
  });
  expect(await kept()).toMatchObject({ startRevision: 1, endRevision: 1, notice: { moves: false } });
});

test('near the start people are told at once', async () => {
  api.clock.now = Date.parse('2027-02-18T08:45:00Z');
  expect((await move('reschedule', NEXT_WEEK)).body).not.toHaveProperty('noticeAt');
  expect(await kept()).toMatchObject({ notice: { at: api.clock.now / 1000 } });
});

test('edits in a row are told once, at most fifteen minutes after the first', async () => {
  const first = api.clock.now / 1000;
  for (const at of [1, 5, 9, 13]) {
    api.clock.now = (first + at * 60) * 1000;
    await move('reschedule', { place: `Room ${at}` });
  }
  expect((await kept()).notice).toEqual({ since: first + 60, at: first + 60 + 900, moves: false });
});

test('what changes nothing is no revision and tells nobody', async () => {
  const { body } = await api.call({ path: `/events/${eventId}` });
  const answer = await move('reschedule', { startsAt: body.startsAt, place: body.place });
  expect(answer).toMatchObject({ status: 200, body: { revision } });
  expect(await kept()).not.toHaveProperty('notice');
  expect(facts()).toHaveLength(0);
});

describe('the same move in other words', () => {
  const saying = (message: string) => ({ ...NEXT_WEEK, message });
  beforeEach(async () => {
    await api.welcomed(eventId, 'Ada', { deliveries: { '1@a1': 'delivered|1|1|k2m4t8|1' } });
    await move('reschedule', saying('The hal is taken'));
    api.clock.now += 60_000;
    api.committed.splice(0);
  });
  const due = () => api.table.get(keys.notice(eventId), { consistent: true });

  test('is one write, which changes the words alone, and when people are told stays', async () => {
    const [before, dueBefore] = [await kept(), await due()];
    const headers = { 'if-match': `"${revision + 1}"` };
    expect(await move('reschedule', saying('The hall is taken'), headers)).toMatchObject({
      status: 200,
      headers: { etag: `"${revision + 2}"` },
      body: { scheduleRevision: 2, noticeAt: '2026-11-23T12:05:00Z' },
    });
    expect(await kept()).toEqual({
      ...before,
      revision: revision + 2,
      notice: { ...before.notice, words: 'The hall is taken' },
    });
    expect(await due()).toEqual(dueBefore);
    expect(api.committed.map(({ after }) => after?.sk).sort()).toEqual(['EVENT', 'TEXT']);
    expect(await move('reschedule', saying('Stale'), headers)).toMatchObject(problem(412, 'stale-revision'));
    expect(await move('reschedule', saying('The hall is taken'))).toMatchObject({ body: { revision: revision + 2 } });
  });

  test('tried dry says who would be told, and changes nothing', async () => {
    const before = await kept();
    const answer = await move('reschedule', { ...saying('The hall is taken'), dryRun: true });
    expect(answer).toMatchObject({ status: 200, body: { notices: 1, noticeAt: '2026-11-23T12:05:00Z' } });
    expect(await move('reschedule', { ...saying('The hal is taken'), dryRun: true })).toMatchObject({
      body: { notices: 0 },
    });
    expect(await kept()).toEqual(before);
  });
});

test('other words once people are being told are a 409 that says the way out, and nothing changes', async () => {
  const at = { startsAt: '2027-02-25T09:30', endsAt: '2027-02-25T13:00' };
  expect((await move('reschedule', { ...at, message: 'The hal is taken' })).status).toBe(200);
  api.clock.now += 300_000;
  const before = await kept();
  for (const dryRun of [false, true]) {
    expect(await move('reschedule', { ...at, message: 'The hall is taken', dryRun })).toMatchObject({
      status: 409,
      body: { type: '/problems/invalid-transition', detail: expect.stringContaining('send an announcement') },
    });
  }
  expect(await kept()).toEqual(before);
});

test.each([
  ['postpone', 'reschedule'],
  ['cancel', '/cancel/undo'],
])('to %s again in other words is a 409 that says the way out', async (what, way) => {
  await move(what, { message: 'We are sory' });
  const answer = await move(what, { message: 'We are sorry' });
  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining(way) } });
  expect((await kept()).notice?.words).toBe('We are sory');
});

test('a postponed event keeps its page and its people, and is published again by its new date', async () => {
  expect(await move('postpone')).toMatchObject({
    status: 200,
    body: { state: 'postponed', phase: 'postponed', registrationOpen: false, noticeAt: '2026-11-23T12:05:00Z' },
  });
  expect(await move('reschedule', NEXT_WEEK)).toMatchObject({
    status: 200,
    body: { state: 'published', phase: 'upcoming', registrationOpen: true, scheduleRevision: 3 },
  });
});

test('a postponed event at its old hour is another start: what was sent for the old one says nothing', async () => {
  await move('postpone');
  const { startsAt, endsAt } = await kept();
  await move('reschedule', { startsAt, endsAt });
  expect(await kept()).toMatchObject({ state: 'published', startRevision: 2, endRevision: 2 });
});

test('a cancelled event says so at once, and people are told after the wait', async () => {
  expect(await move('cancel')).toMatchObject({
    status: 200,
    body: { state: 'cancelled', registrationOpen: false, registrationClosedBecause: 'This event has been cancelled.' },
  });
  expect(await kept()).toMatchObject({ notice: { at: api.clock.now / 1000 + 300 } });
});

test('registration closes when the body says, and null means at the end', async () => {
  expect((await move('reschedule', { registrationClosesAt: '2027-02-17T18:00' })).body).toMatchObject({
    registrationClosesAt: '2027-02-17T18:00',
  });
  const open = await move('reschedule', { registrationClosesAt: null });
  expect(open.status).toBe(200);
  expect(open.body).not.toHaveProperty('registrationClosesAt');
});

describe('however many are registered, a move is at most five writes', () => {
  test.each([
    ['reschedule', NEXT_WEEK],
    ['postpone', undefined],
    ['cancel', undefined],
  ])('%s', async (what, body) => {
    for (let n = 0; n < 40; n++) await api.welcomed(eventId, `Person ${n}`);
    api.committed.splice(0);
    expect((await move(what, body)).status).toBe(200);
    expect(api.committed.length).toBeLessThanOrEqual(5);
    expect(api.committed.map(({ after }) => after?.sk).sort()).toEqual(['EVENT', 'NOTICE', 'TEXT']);
  });
});

describe('a revision that is stale is a 412, and nothing has changed', () => {
  test.each(['reschedule', 'postpone', 'cancel'])('%s', async (what) => {
    const body = what === 'reschedule' ? NEXT_WEEK : undefined;
    for (const query of ['', '?dryRun=true'].map((text) => ({ dryRun: text ? 'true' : 'false' }))) {
      const headers = { 'if-match': `"${revision + 7}"` };
      const answer = await api.call({ method: 'POST', path: `/events/${eventId}/${what}`, body, headers, query });
      expect(answer).toMatchObject(problem(412, 'stale-revision'));
    }
    expect((await kept()).revision).toBe(revision);
    expect((await move(what, body, { 'if-match': `"${revision}"` })).status).toBe(200);
  });
});

test('of two moves at once of one revision, one wins and the other is told', async () => {
  const headers = { 'if-match': `"${revision}"` };
  const answers = await Promise.all([move('reschedule', NEXT_WEEK, headers), move('cancel', undefined, headers)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

describe('is refused', () => {
  test.each([
    ['an unknown field', { ...NEXT_WEEK, colour: 'red' }, 'colour'],
    ['a title, which is edited', { ...NEXT_WEEK, title: 'Another' }, 'title'],
    ['a time that is none', { startsAt: '2027-02-30T09:30' }, 'startsAt'],
    ['an instant', { startsAt: '2027-02-25T09:30:00Z' }, 'startsAt'],
    ['a zone that is none', { timeZone: 'Europe/Atlantis' }, 'timeZone'],
    ['no place', { place: ' ' }, 'place'],
    ['another format', { format: 'by-post' }, 'format'],
  ])('a body with %s: 400 that names it', async (_, body, field) => {
    expect(await move('reschedule', body)).toMatchObject(problem(400, 'invalid-input', field));
  });

  test.each([{}, undefined, null, [], 'x'])('a body of %j: 400', async (body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await move('reschedule', body === undefined ? undefined : JSON.stringify(body), headers);
    expect(answer.status).toBe(400);
  });

  test.each([
    ['a start in the past', { startsAt: '2026-11-23T11:59', endsAt: '2026-11-24T12:00' }, 'startsAt'],
    ['a start at this moment', { startsAt: '2026-11-23T12:00', endsAt: '2026-11-24T12:00' }, 'startsAt'],
    ['a start after the end', { startsAt: '2027-02-18T13:01' }, 'endsAt'],
    ['an end before the start', { endsAt: '2027-02-18T09:29' }, 'endsAt'],
    ['an event of a year', { endsAt: '2028-02-18T09:29' }, 'endsAt'],
    ['registration that closes after the end', { registrationClosesAt: '2027-02-18T13:01' }, 'registrationClosesAt'],
  ])('%s: 400 that names the field', async (_, body, field) => {
    expect(await move('reschedule', body)).toMatchObject(problem(400, 'invalid-times', field));
    expect((await kept()).revision).toBe(revision);
  });

  test.each(['GMT', 'Etc/GMT'])('%s in summer: 400 with a hint', async (timeZone) => {
    const summer = { startsAt: '2027-06-18T09:30', endsAt: '2027-06-18T13:00', timeZone };
    const answer = await move('reschedule', summer);
    expect(answer).toMatchObject(problem(400, 'invalid-times', 'timeZone'));
    expect(answer.body.detail).toContain('London is on BST, not GMT, on 2027-06-18. Write "Europe/London"');
    expect((await move('reschedule', { ...summer, timeZone: 'Europe/London' })).status).toBe(200);
  });

  test.each(['reschedule', 'postpone', 'cancel'])('%s of an event that has ended: 409', async (what) => {
    api.clock.now = Date.parse('2027-02-18T13:00:00Z');
    const body = what === 'reschedule' ? { startsAt: '2027-03-25T09:30', endsAt: '2027-03-25T13:00' } : undefined;
    expect(await move(what, body)).toMatchObject(problem(409, 'event-over'));
  });

  test.each(['reschedule', 'postpone', 'cancel'])('%s of a draft: 409', async (what) => {
    ({ eventId } = await api.draft());
    const body = what === 'reschedule' ? NEXT_WEEK : undefined;
    expect(await move(what, body)).toMatchObject(problem(409, 'invalid-transition'));
  });

  test('postponing or cancelling twice: 409', async () => {
    await move('postpone');
    expect(await move('postpone')).toMatchObject(problem(409, 'invalid-transition'));
    await move('cancel');
    expect(await move('cancel')).toMatchObject(problem(409, 'invalid-transition'));
  });

  test('whatever brings a cancelled event back: 409', async () => {
    await move('cancel');
    for (const [what, body] of [['publish'], ['postpone'], ['reschedule', NEXT_WEEK]] as const) {
      expect(await move(what, body)).toMatchObject(problem(409, 'invalid-transition'));
    }
  });

  test('a dry run that is neither true nor false: 400', async () => {
    const answer = await api.call({ method: 'POST', path: `/events/${eventId}/cancel`, query: { dryRun: 'yes' } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ parameter: 'dryRun' }] } });
    expect((await kept()).state).toBe('published');
  });
});
