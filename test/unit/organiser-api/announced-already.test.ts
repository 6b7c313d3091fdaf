import { beforeEach, describe, expect, test } from 'vitest';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
let campaignId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
  ({ campaignId } = await api.campaign(eventId, { template: TEMPLATE }));
});

const TEMPLATE = { subject: 'Another room', body: 'We meet **upstairs**.' };
const HOUR = 3_600_000;
const trigger = (key: string, body?: unknown, id = campaignId) => api.trigger(eventId, id, key, body);
const runs = async () => (await api.deps.runs.ofEvent(eventId)).map(({ occasion }) => occasion);
const refused = { status: 409, body: { type: '/problems/announced-already', errors: [{ pointer: '#/again' }] } };

test('the same announcement within a day is refused whatever the key, and names the first run and the way out', async () => {
  const { body: first } = await trigger('first');
  api.fannedOut.splice(0);
  for (let n = 0; n < 20; n++) {
    api.clock.now += HOUR;
    const answer = await trigger(`key-${n}`);
    expect(answer).toMatchObject(refused);
    expect(answer.body.detail).toBe(
      `The same was sent to the same people at 2026-11-23T12:00:00Z (/api/v1/events/${eventId}/campaigns/${campaignId}/runs/${first.runId}): send "again": true if you mean it`,
    );
  }
  expect([await runs(), api.fannedOut]).toEqual([[first.runId], []]);
  api.clock.now += 4 * HOUR;
  expect((await trigger('tomorrow')).status).toBe(202);
});

test('who means it says so, as often as they mean it', async () => {
  await trigger('first');
  expect((await trigger('second', { again: true })).status).toBe(202);
  expect(await trigger('third', { again: false })).toMatchObject(refused);
  expect((await trigger('fourth', { again: true })).status).toBe(202);
  expect(await runs()).toHaveLength(3);
});

test('a repeat of the first request finds its run, as ever', async () => {
  const { body: first } = await trigger('first');
  expect(await trigger('first')).toMatchObject({ status: 200, body: { runId: first.runId } });
  expect(await trigger('first', { again: true })).toMatchObject({
    status: 422,
    body: { type: '/problems/key-reused' },
  });
});

test('of many at once with a key each, exactly one starts', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => trigger(`key-${n}`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409, 409, 409, 409]);
  for (const answer of answers) if (answer.status === 409) expect(answer).toMatchObject(refused);
  expect(await runs()).toHaveLength(1);
});

test('of many at once by campaigns that say the same, exactly one starts', async () => {
  const twins = await Promise.all(
    [1, 2, 3].map((n) => api.campaign(eventId, { name: `Twin ${n}`, template: TEMPLATE })),
  );
  const answers = await Promise.all(twins.map((twin, n) => trigger(`key-${n}`, undefined, twin.campaignId)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
  expect(await runs()).toHaveLength(1);
});

test('what the clock sent is the same, too', async () => {
  api.clock.now += 1000;
  const { startRevision, endRevision } = (await api.deps.events.get(eventId)) ?? { startRevision: 0, endRevision: 0 };
  const read = { startRevision, endRevision, campaignRevision: 1, armed: true };
  expect(await api.deps.runs.start({ ...(await anyRun()), occasion: 'm0' }, read)).toBe('started');
  expect(await trigger('by-hand')).toMatchObject(refused);
});

test.each([
  ['other words', { template: { ...TEMPLATE, body: 'We meet downstairs.' } }],
  ['other people', { audience: { status: ['waitlisted'] } }],
])('%s are another announcement', async (_, patch) => {
  await trigger('first');
  const path = `/events/${eventId}/campaigns/${campaignId}`;
  const edited = await api.call({ method: 'PATCH', path, body: patch, headers: { 'if-match': '*' } });
  expect(edited.status, JSON.stringify(edited.body)).toBe(200);
  api.clock.now += 1000;
  expect((await trigger('second')).status).toBe(202);
  expect(await runs()).toHaveLength(2);
});

test('another name, or switched off and on, is the same', async () => {
  await trigger('first');
  const path = `/events/${eventId}/campaigns/${campaignId}`;
  for (const body of [{ name: 'Renamed' }, { state: 'draft' }, { state: 'active' }]) {
    await api.call({ method: 'PATCH', path, body, headers: { 'if-match': '*' } });
  }
  expect(await trigger('second')).toMatchObject(refused);
});

describe('a dry run', () => {
  test('says that it was sent already, unless it is meant', async () => {
    await trigger('first');
    expect(await trigger('dry', { dryRun: true })).toMatchObject(refused);
    expect((await trigger('dry', { dryRun: true, again: true })).status).toBe(200);
  });
});

test('what is sent once for what it is for cannot be sent again', async () => {
  const { campaignId: reminder } = await api.campaign(eventId, {
    kind: 'reminder',
    trigger: { before: 'start', offset: 'PT1H' },
  });
  expect(await trigger('first', { again: true }, reminder)).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '#/again' }] },
  });
  expect((await trigger('first', { again: false }, reminder)).status).toBe(202);
});

/** A run as a first trigger makes it, of another event. */
async function anyRun() {
  const other = await api.published();
  const { campaignId: id } = await api.campaign(other.eventId);
  const { body } = await api.trigger(other.eventId, id, 'any');
  const run = await api.deps.runs.get({ eventId: other.eventId, campaignId: id, occasion: body.runId });
  if (!run) throw new Error('It did not start');
  return { ...run, eventId, campaignId };
}
