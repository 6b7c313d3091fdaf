import { beforeEach, describe, expect, test } from 'vitest';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published({
    slug: 'river-one',
    registrationClosesAt: '2027-02-17T18:00',
    recordingUrl: 'https://video.example.org/river',
  }));
});

const AUTUMN = { startsAt: '2027-10-07T09:30', endsAt: '2027-10-07T13:00' };
const clone = (body: unknown) => api.post(`/events/${eventId}/clone`, body);
const campaignsOf = async (of: string) => (await api.call({ path: `/events/${of}/campaigns` })).body.campaigns;
const people = async (of: string) => (await api.call({ path: `/events/${of}/registrations` })).body.registrations;

test('a copy is a draft like its original at another time, under a slug and an id of its own', async () => {
  const original = (await api.call({ path: `/events/${eventId}` })).body;
  const { status, headers, body } = await clone(AUTUMN);
  expect(status).toBe(201);
  expect(headers).toMatchObject({ location: `/api/v1/events/${body.eventId}`, etag: '"1"' });
  expect(body).toMatchObject({
    ...AUTUMN,
    title: original.title,
    description: original.description,
    questions: original.questions,
    joining: original.joining,
    capacity: 300,
    state: 'draft',
    revision: 1,
    scheduleRevision: 1,
    slug: 'reading-the-river-flood-warnings-people-act-on-2027-10-07',
  });
  expect(body.eventId).not.toBe(eventId);
  for (const own of ['registrationClosesAt', 'recordingUrl', 'publishedAt']) expect(body).not.toHaveProperty(own);
});

test('title, place and format may differ', async () => {
  const other = { title: 'Reading the sea', place: 'Harbour', format: 'in-person', timeZone: 'Europe/Paris' };
  expect((await clone({ ...AUTUMN, ...other })).body).toMatchObject({ ...other, ...AUTUMN });
});

test('its campaigns come along as drafts, only the confirmation as it was: cloning switches nothing on', async () => {
  await api.campaign(eventId, { kind: 'announcement', trigger: { at: '2027-01-07T10:00' } });
  await api.deps.campaigns.arm({ eventId, campaignId: '3' }, { dueAt: 1_802_939_400, occasion: 's1' }, 1);
  const { body } = await clone(AUTUMN);
  const copies = await campaignsOf(body.eventId);
  expect(copies.map(({ campaignId, state }: { campaignId: string; state: string }) => [campaignId, state])).toEqual([
    ['1', 'active'],
    ['2', 'draft'],
    ['3', 'draft'],
    ['4', 'draft'],
    ['5', 'draft'],
    ['6', 'draft'],
  ]);
  expect(copies[5]).toMatchObject({ trigger: { manual: true }, revision: 1 });
  expect(await api.deps.campaigns.overdue(2_000_000_000)).toEqual([{ eventId, campaignId: '3' }]);
  await api.post(`/events/${body.eventId}/publish`);
  expect(await campaignsOf(body.eventId)).toHaveLength(6);
  expect((await campaignsOf(body.eventId))[2]).toMatchObject({ state: 'draft', firing: { armed: false } });
});

test('nobody and nothing that was sent comes along', async () => {
  await api.welcomed(eventId, 'Ada');
  await api.trigger(eventId, '3', 'early');
  api.committed.splice(0);
  const { body } = await clone(AUTUMN);
  expect(await people(body.eventId)).toEqual([]);
  expect(await api.deps.runs.ofEvent(body.eventId)).toEqual([]);
  expect((await api.call({ path: `/events/${body.eventId}/stats` })).body.campaigns).toEqual([]);
  expect(await people(eventId)).toHaveLength(1);
  expect(api.committed.some(({ after }) => after?.['fact'] === 'event.published')).toBe(false);
});

test('a draft and a cancelled event can be copied, too', async () => {
  await api.post(`/events/${eventId}/cancel`);
  expect((await clone(AUTUMN)).body).toMatchObject({ state: 'draft', phase: 'draft' });
  ({ eventId } = await api.draft());
  expect((await clone(AUTUMN)).status).toBe(201);
});

test('a slug made from the title gets a number when it is taken', async () => {
  const slugs = [await clone(AUTUMN), await clone(AUTUMN)].map(({ body }) => body.slug);
  expect(slugs[1]).toBe(`${slugs[0]}-2`);
});

describe('is refused', () => {
  test('a slug that is taken: 409, and nothing is made', async () => {
    api.committed.splice(0);
    expect(await clone({ ...AUTUMN, slug: 'river-one' })).toMatchObject({
      status: 409,
      body: { type: '/problems/slug-taken', errors: [{ pointer: '#/slug' }] },
    });
    expect(api.committed).toEqual([]);
  });

  test.each([
    ['no start', { endsAt: AUTUMN.endsAt }, 'invalid-input', 'startsAt'],
    ['no end', { startsAt: AUTUMN.startsAt }, 'invalid-input', 'endsAt'],
    ['an unknown field', { ...AUTUMN, capacity: 5 }, 'invalid-input', 'capacity'],
    ['a slug that is none', { ...AUTUMN, slug: 'No Slug' }, 'invalid-input', 'slug'],
    ['an end before the start', { ...AUTUMN, endsAt: '2027-10-07T09:00' }, 'invalid-times', 'endsAt'],
    [
      'GMT in summer',
      { startsAt: '2027-06-07T09:30', endsAt: '2027-06-07T13:00', timeZone: 'GMT' },
      'invalid-times',
      'timeZone',
    ],
  ])('%s: 400 that names the field', async (_, body, code, field) => {
    expect(await clone(body)).toMatchObject({
      status: 400,
      body: { type: `/problems/${code}`, errors: [{ pointer: `#/${field}` }] },
    });
  });

  test('a key limited to some events, which would not see the copy: 403', async () => {
    const key = await api.makeKey({ events: [eventId] });
    expect(await api.call({ method: 'POST', path: `/events/${eventId}/clone`, body: AUTUMN, key })).toMatchObject({
      status: 403,
      body: { type: '/problems/key-limited' },
    });
  });
});
