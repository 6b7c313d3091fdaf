import { beforeEach, describe, expect, test } from 'vitest';
import { SCOPES } from '#shared/domain/api-key.ts';
import { filesOf, MOST_BYTES } from '#shared/domain/job-files.ts';
import { importing, PAST } from '#test/support/importing.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let steps: ReturnType<typeof importing>;
let eventId: string;
let report: string;
beforeEach(async () => {
  api = await organiserApi();
  steps = importing(api);
  ({ eventId } = await api.published(PAST));
  const ada = await api.welcomed(eventId, 'Ada Moreau');
  await api.welcomed(eventId, 'Bea Ortiz', { joinedAt: 1_795_200_000 });
  await api.welcomed(eventId, 'Cem Aydin');
  report = `email,name,minutes\n${ada.email},,62\n,Stranger,5\n,,5\n`;
});

const ask = (body: unknown, of = eventId) => api.post(`/events/${of}/attendance/import`, body);
const act = (jobId: string, what: 'start' | 'apply') => api.post(`/jobs/${jobId}/${what}`);
const look = (jobId: string, key?: string) => api.call({ path: `/jobs/${jobId}`, key });
const finalise = (of = eventId) => api.post(`/events/${of}/attendance/finalise`);
const people = async (query: Record<string, string> = {}) =>
  (await api.call({ path: `/events/${eventId}/registrations`, query })).body.registrations;

describe('an import', () => {
  test('is a job with an address for one file of that size, for a quarter of an hour', async () => {
    const { status, headers, body } = await ask({ bytes: 48_000 });
    expect(status).toBe(202);
    expect(headers['location']).toBe(`/api/v1/jobs/${body.jobId}`);
    expect(body).toMatchObject({
      eventId,
      state: 'awaiting-file',
      progress: 0,
      next: expect.stringContaining(`then POST /api/v1/jobs/${body.jobId}/start`),
      upload: {
        method: 'PUT',
        url: `https://files.example.org/uploads/${body.jobId}?bytes=48000`,
        bytes: 48_000,
        expiresAt: '2026-11-23T12:15:00Z',
      },
      keptUntil: '2026-11-30T12:00:00Z',
    });
    expect((await look(body.jobId)).body).not.toHaveProperty('upload');
  });

  test.each([{}, { bytes: 0 }, { bytes: 1.5 }, { bytes: '48000' }, { bytes: MOST_BYTES + 1 }])(
    'of %j is a 400 that names the field',
    async (body) => {
      expect(await ask(body)).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/bytes' }] } });
    },
  );

  test('is read, previewed and applied, each step as often as one likes', async () => {
    const jobId = await steps.uploaded(eventId, report);
    expect(await act(jobId, 'start')).toMatchObject({ status: 202, body: { state: 'reading', progress: 0 } });
    expect(await act(jobId, 'start')).toMatchObject({ status: 200, body: { state: 'reading' } });
    expect(api.nudged).toEqual([
      { v: 1, jobId, links: 0 },
      { v: 1, jobId, links: 0 },
    ]);
    await steps.work();
    expect(await act(jobId, 'start')).toMatchObject({ status: 200, body: { state: 'previewed' } });
    const { body } = await look(jobId);
    expect(body).toMatchObject({
      state: 'previewed',
      progress: 1,
      provider: 'other',
      counts: { rows: 3, faults: 1, absent: 0, attendees: 2, matched: 1, ambiguous: 0, unknown: 1 },
      found: {
        matched: [{ row: 2, by: 'address', minutes: 62 }],
        ambiguous: [],
        unknown: [{ row: 3, name: 'Stranger', minutes: 5 }],
        faults: [{ row: 4, reason: 'There is neither an address nor a name' }],
      },
      download: {
        url: `https://files.example.org/results/${jobId}/findings.csv?as=attendance-${eventId}.csv`,
        expiresAt: '2026-11-23T12:05:00Z',
      },
    });
    expect(body).not.toHaveProperty('applied');

    expect(await act(jobId, 'apply')).toMatchObject({ status: 202, body: { state: 'applying', progress: 0 } });
    expect(await act(jobId, 'apply')).toMatchObject({ status: 200, body: { state: 'applying' } });
    await steps.work();
    expect(await act(jobId, 'apply')).toMatchObject({
      status: 200,
      body: { state: 'done', progress: 1, applied: { confirmed: 1, gone: 0 } },
    });
    expect(api.nudged).toEqual([]);
  });

  test('is not started before the file is there, whole', async () => {
    const { body } = await ask({ bytes: 10 });
    const refused = { status: 409, body: { type: '/problems/invalid-transition' } };
    expect(await act(body.jobId, 'start')).toMatchObject({
      ...refused,
      body: { detail: expect.stringContaining('Nothing is uploaded yet') },
    });
    api.kept.set(filesOf(body.jobId).upload, Buffer.from('too short'));
    expect(await act(body.jobId, 'start')).toMatchObject({
      ...refused,
      body: { detail: expect.stringContaining('has 9 bytes, not the 10') },
    });
    expect(api.nudged).toEqual([]);
  });

  test('is not applied before it is read, nor when nobody in it is registered, nor when it failed', async () => {
    const refused = (detail: string) => ({
      status: 409,
      body: { type: '/problems/invalid-transition', detail: expect.stringContaining(detail) },
    });
    const jobId = await steps.uploaded(eventId, report);
    expect(await act(jobId, 'apply')).toMatchObject(refused('There is nothing to apply'));
    await act(jobId, 'start');
    expect(await act(jobId, 'apply')).toMatchObject(refused('There is nothing to apply'));
    const other = await steps.previewed(eventId, 'email,minutes\nstranger@example.net,5');
    expect((await look(other)).body.next).toContain('Nobody in the file is registered');
    expect(await act(other, 'apply')).toMatchObject(refused('is it the right one?'));
    const failed = await steps.previewed(eventId, '%PDF-1.4');
    expect((await look(failed)).body).toMatchObject({ state: 'failed', failure: expect.stringContaining('PDF') });
    expect(await act(failed, 'apply')).toMatchObject(refused('This is a PDF'));
    expect((await api.deps.events.get(eventId))?.attendanceFinalAt).toBeUndefined();
  });

  test('shows names and addresses only to keys that may read registrations', async () => {
    const jobId = await steps.previewed(eventId, report);
    const blind = await api.makeKey({ scopes: SCOPES.filter((scope) => scope !== 'registrations:read') });
    const { status, body } = await look(jobId, blind);
    expect(status).toBe(200);
    expect(body.counts).toMatchObject({ matched: 1 });
    expect(body).not.toHaveProperty('found');
    expect(body).not.toHaveProperty('download');
    for (const step of ['start', 'apply'] as const) expect((await act(jobId, step)).body).not.toHaveProperty('found');
  });

  test('that is gone, or of an event there is not, is a 404', async () => {
    for (const jobId of [`${eventId}-0000000000000000`, 'nothing']) {
      expect((await look(jobId)).status).toBe(404);
      expect((await act(jobId, 'start')).status).toBe(404);
    }
    expect((await ask({ bytes: 1 }, '0000000000000000')).status).toBe(404);
  });
});

describe.each<[string, (of: string) => Promise<{ status: number }>]>([
  ['an import', (of) => ask({ bytes: 100 }, of)],
  ['to say that it is final', (of) => finalise(of)],
])('%s is refused', (_, attempt) => {
  test.each<[string, string, () => Promise<string>]>([
    ['before the end', 'not-the-time', async () => (await api.published()).eventId],
    ['of a draft', 'event-not-published', async () => (await api.draft(PAST)).eventId],
    [
      'of an event that was cancelled',
      'event-not-published',
      async () => {
        const { eventId: cancelled } = await api.published();
        await api.post(`/events/${cancelled}/cancel`, {});
        api.clock.now = Date.parse('2027-03-01T00:00:00Z');
        return cancelled;
      },
    ],
    [
      'once its people are being purged',
      'not-the-time',
      async () => {
        const event = await api.deps.events.get(eventId);
        const text = await api.deps.events.text(eventId);
        if (!event || !text) throw new Error('The event is gone');
        const purging = { ...event, purgingAt: '2026-11-23T12:00:00Z', revision: event.revision + 1 };
        await api.deps.events.save(purging, text, { revision: event.revision, fact: undefined });
        return eventId;
      },
    ],
  ])('%s', async (__, code, of) => {
    expect(await attempt(await of())).toMatchObject({ status: 409, body: { type: `/problems/${code}` } });
  });
});

test('to say that it is final is possible from the end on, and twice is once', async () => {
  api.clock.now = Date.parse('2026-11-20T13:00:00Z');
  const final = { final: true, finalAt: '2026-11-20T13:00:00Z' };
  expect(await finalise()).toMatchObject({ status: 200, body: final });
  const { revision } = (await api.call({ path: `/events/${eventId}` })).body;
  api.clock.now += 60_000;
  expect(await finalise()).toMatchObject({ status: 200, body: final });
  expect((await api.call({ path: `/events/${eventId}` })).body).toMatchObject({
    revision,
    attendanceFinalAt: final.finalAt,
  });
});

test('until it is final everybody is unknown; then each is shown with whether they came, and how that is known', async () => {
  api.clock.now = Date.parse('2026-11-20T14:00:00Z');
  expect((await people()).map(({ attendance }: never) => attendance)).toEqual(['unknown', 'unknown', 'unknown']);
  const jobId = await steps.previewed(eventId, report);
  await act(jobId, 'apply');
  await steps.work();
  const shown = Object.fromEntries((await people()).map((row: { name: string }) => [row.name, row]));
  expect(shown).toMatchObject({
    'Ada Moreau': { attendance: 'attended', evidence: 'provider-confirmed', minutes: 62 },
    'Bea Ortiz': { attendance: 'attended', evidence: 'joined', joinedAt: '2026-11-20T18:40:00Z' },
    'Cem Aydin': { attendance: 'no-show', evidence: 'none' },
  });
  expect(shown['Cem Aydin']).not.toHaveProperty('minutes');
});

test('people are listed by attendance, page by page, each once', async () => {
  await finalise();
  expect((await people({ attendance: 'no-show' })).map(({ name }: never) => name).sort()).toEqual([
    'Ada Moreau',
    'Cem Aydin',
  ]);
  expect((await people({ attendance: 'attended', status: 'confirmed' })).map(({ name }: never) => name)).toEqual([
    'Bea Ortiz',
  ]);
  expect(await people({ attendance: 'unknown' })).toEqual([]);
  const path = `/events/${eventId}/registrations`;
  const first = await api.call({ path, query: { attendance: 'no-show', limit: '1' } });
  const second = await api.call({ path, query: { attendance: 'no-show', limit: '1', cursor: first.body.next } });
  expect(first.body.registrations[0].name).not.toBe(second.body.registrations[0].name);
  expect((await api.call({ path, query: { attendance: 'attended', cursor: first.body.next } })).status).toBe(400);
  expect(await api.call({ path, query: { attendance: 'perhaps' } })).toMatchObject({
    status: 400,
    body: { errors: [{ parameter: 'attendance' }] },
  });
});

test('mail that waited for who came is planned anew once that is known', async () => {
  api.clock.now = Date.parse('2026-11-20T14:00:00Z');
  await finalise();
  expect(api.committed.at(-1)?.after ?? {}).toMatchObject({ sk: 'TEXT' });
  expect(await api.deps.events.planDueAt(eventId)).toBe(api.clock.now / 1000);
});
