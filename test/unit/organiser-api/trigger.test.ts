import { beforeEach, describe, expect, test } from 'vitest';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const REMINDER = { kind: 'reminder', trigger: { before: 'start', offset: 'PT1H' } };
const make = async (other: object = {}): Promise<string> => (await api.campaign(eventId, other)).campaignId;
const trigger = (campaignId: string, key: string, body?: unknown) => api.trigger(eventId, campaignId, key, body);
const problem = (status: number, code: string) => ({ status, body: { type: `/problems/${code}`, status } });
const walked = () => api.fannedOut.map(({ shard }) => shard);

test('a trigger starts a run at once, through all shards', async () => {
  const campaignId = await make();
  const { status, headers, body } = await trigger(campaignId, 'first');
  expect(status).toBe(202);
  expect(headers['location']).toBe(`/api/v1/events/${eventId}/campaigns/${campaignId}/runs/${body.runId}`);
  expect(body).toMatchObject({
    runId: expect.stringMatching(/^m[0-9a-f]{12}$/),
    kind: 'announcement',
    state: 'running',
    progress: 0,
    firedAt: '2026-11-23T12:00:00Z',
    notAfter: '2026-11-24T12:00:00Z',
  });
  expect(walked()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(api.fannedOut[0]).toEqual({ v: 1, eventId, campaignId, occasion: body.runId, pass: 1, shard: 0, links: 0 });
});

test('the same key again finds the run and sends nothing, whatever has changed since', async () => {
  const campaignId = await make();
  const first = await trigger(campaignId, 'first', { revision: 1 });
  const run = { eventId, campaignId, occasion: first.body.runId };
  await api.deps.runs.tally(run, 0, { pass: 1, open: 0, sent: 0, skipped: 0, failed: 0, held: 0 }, 1);
  await api.post(`/events/${eventId}/campaigns/${campaignId}/pause`);
  expect(await trigger(campaignId, 'first', { revision: 1 })).toMatchObject({
    status: 200,
    body: { runId: first.body.runId },
  });
  expect(walked()).toHaveLength(8);
});

test('a repeat whose first messages were lost sends them again', async () => {
  const campaignId = await make();
  await trigger(campaignId, 'first');
  api.fannedOut.splice(0);
  expect((await trigger(campaignId, 'first')).status).toBe(200);
  expect(walked()).toHaveLength(8);
});

test('of many at once with one key, one starts the run', async () => {
  const campaignId = await make();
  const answers = await Promise.all(Array.from({ length: 5 }, () => trigger(campaignId, 'first')));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 202]);
  expect(new Set(answers.map(({ body }) => body.runId)).size).toBe(1);
});

test('the same key with another body is a 422; no body and an empty one are the same', async () => {
  const campaignId = await make();
  expect((await trigger(campaignId, 'first')).status).toBe(202);
  expect((await trigger(campaignId, 'first', {})).status).toBe(200);
  expect(await trigger(campaignId, 'first', { revision: 1 })).toMatchObject(problem(422, 'key-reused'));
});

test('an announcement that is meant is sent anew for every key', async () => {
  const campaignId = await make();
  const runs = [await trigger(campaignId, 'first'), await trigger(campaignId, 'second', { again: true })];
  expect(runs.map(({ status }) => status)).toEqual([202, 202]);
  expect(new Set(runs.map(({ body }) => body.runId)).size).toBe(2);
});

test('an announcement by hand leaves that of the clock armed', async () => {
  const campaignId = await make({ trigger: { at: '2027-01-07T10:00' } });
  await api.deps.campaigns.arm({ eventId, campaignId }, { dueAt: 1_799_316_000, occasion: 'm0' }, 1);
  await trigger(campaignId, 'first');
  expect(await api.deps.campaigns.get(eventId, campaignId)).toMatchObject({ dueOccasion: 'm0' });
});

describe('a kind with a clock', () => {
  test('is sent for its present occasion, early and once, whatever the key', async () => {
    const campaignId = await make(REMINDER);
    await api.deps.campaigns.arm({ eventId, campaignId }, { dueAt: 1_802_939_400, occasion: 's1' }, 1);
    expect(await trigger(campaignId, 'first')).toMatchObject({ status: 202, body: { runId: 's1' } });
    expect(await trigger(campaignId, 'second', { revision: 1 })).toMatchObject({ status: 200, body: { runId: 's1' } });
    expect(await trigger(campaignId, 'first', { revision: 1 })).toMatchObject(problem(422, 'key-reused'));
    expect(walked()).toHaveLength(8);
  });

  test('is no longer armed for it, and says so', async () => {
    const campaignId = await make(REMINDER);
    await api.deps.campaigns.arm({ eventId, campaignId }, { dueAt: 1_802_939_400, occasion: 's1' }, 1);
    await trigger(campaignId, 'first');
    expect(await api.deps.campaigns.get(eventId, campaignId)).not.toHaveProperty('dueAt');
    const { body } = await api.call({ path: `/events/${eventId}/campaigns/${campaignId}` });
    expect(body.firing).toMatchObject({ armed: false, because: 'has-run', runId: 's1' });
  });

  test('that ran by its clock is found by any key', async () => {
    const campaignId = await make(REMINDER);
    await trigger(campaignId, 'first');
    await api.table.update({
      pk: `EVENT#${eventId}`,
      sk: `RUN#${campaignId}@s1`,
      remove: [['bodyHash']],
      when: [{ is: 'there' }],
      fact: undefined,
    });
    expect((await trigger(campaignId, 'first', { revision: 1 })).status).toBe(200);
  });
});

describe('there is a 409 and no run', () => {
  const nothingStarted = async (campaignId: string) => {
    expect(await api.deps.runs.list(eventId, campaignId)).toEqual([]);
    expect(api.fannedOut).toEqual([]);
  };

  test.each(['draft', 'paused'])('for a campaign that is %s', async (state) => {
    const campaignId = await make({ state });
    expect(await trigger(campaignId, 'first')).toMatchObject(problem(409, 'campaign-not-active'));
    await nothingStarted(campaignId);
  });

  test.each(['draft', 'postponed', 'cancelled'])('for an event that is %s', async (state) => {
    const campaignId = await make();
    const path: [string] = ['state'];
    const event = { pk: `EVENT#${eventId}`, sk: 'EVENT', when: [], fact: undefined };
    await api.table.update({ ...event, set: [[path, state]] });
    expect(await trigger(campaignId, 'first')).toMatchObject(problem(409, 'event-not-published'));
    await nothingStarted(campaignId);
  });

  test.each([
    ['a reminder once the event has started', REMINDER, '2027-02-18T09:30:00Z', 'started'],
    ['a reminder once it has ended', REMINDER, '2027-02-18T13:00:00Z', 'ended'],
    ['joining once it has started', { ...REMINDER, kind: 'joining' }, '2027-02-18T09:30:00Z', 'started'],
    [
      'a survey before its end',
      { kind: 'survey', trigger: { manual: true } },
      '2027-02-18T12:59:59Z',
      'after the end of the event',
    ],
  ])('for %s', async (_, other, instant, words) => {
    const campaignId = await make(other);
    api.clock.now = Date.parse(instant);
    const answer = await trigger(campaignId, 'first');
    expect(answer).toMatchObject(problem(409, 'not-the-time'));
    expect(answer.body.detail).toContain(words);
    await nothingStarted(campaignId);
    api.clock.now = Date.parse('2027-02-18T09:29:59Z');
    if (other.kind !== 'survey') expect((await trigger(campaignId, 'first')).status).toBe(202);
  });

  test('for the confirmation: it goes to each person as they register', async () => {
    expect(await trigger('1', 'first')).toMatchObject(problem(409, 'not-the-time'));
    await nothingStarted('1');
  });
});

test('a survey after the end is sent', async () => {
  const campaignId = await make({ kind: 'survey', trigger: { manual: true } });
  api.clock.now = Date.parse('2027-02-18T13:00:00Z');
  expect(await trigger(campaignId, 'first')).toMatchObject({ status: 202, body: { runId: 'e1' } });
});

test('while mail is paused a run begins, and waits', async () => {
  const campaignId = await make();
  await api.post(`/events/${eventId}/pause`);
  expect((await trigger(campaignId, 'first')).status).toBe(202);
});

test('a campaign that was edited since it was read is a 412', async () => {
  const campaignId = await make();
  expect(await trigger(campaignId, 'first', { revision: 7 })).toMatchObject(problem(412, 'stale-revision'));
  expect((await trigger(campaignId, 'first', { revision: 1 })).status).toBe(202);
});

test.each([
  ['none', {}],
  ['an empty one', { 'idempotency-key': '' }],
  ['one with spaces', { 'idempotency-key': 'a b' }],
  ['one of other letters', { 'idempotency-key': 'schlüssel' }],
  ['one too long', { 'idempotency-key': 'x'.repeat(256) }],
])('with %s for a key, the answer is a 400 that names the header', async (_, headers) => {
  const campaignId = await make();
  const path = `/events/${eventId}/campaigns/${campaignId}/trigger`;
  expect(await api.call({ method: 'POST', path, headers })).toMatchObject({
    status: 400,
    body: { type: '/problems/invalid-input', errors: [{ header: 'idempotency-key' }] },
  });
});

test('a body and a key that are both wrong are both named', async () => {
  const campaignId = await make();
  const path = `/events/${eventId}/campaigns/${campaignId}/trigger`;
  expect((await api.call({ method: 'POST', path, body: { revision: 0, x: 1 } })).body.errors).toMatchObject([
    { header: 'idempotency-key' },
    { pointer: '#/revision' },
    { pointer: '#/x' },
  ]);
});

test('a queue that takes no messages is our fault; the run is there, and a repeat sends them', async () => {
  const campaignId = await make();
  const { fanOut } = api.deps;
  Object.assign(api.deps, { fanOut: () => Promise.reject(new Error('no queue')) });
  const { triggerCampaign } = await import('#functions/organiser-api/trigger-campaign.ts');
  const wish = { eventId, campaignId, idempotencyKey: 'first' };
  await expect(triggerCampaign(api.deps, wish)).rejects.toThrow('no queue');
  Object.assign(api.deps, { fanOut });
  expect(await triggerCampaign(api.deps, wish)).toMatchObject({ isNew: false });
  expect(walked()).toHaveLength(8);
});
