import { beforeEach, describe, expect, test } from 'vitest';
import { toItem } from '#shared/store/registration-items.ts';
import { aRegistration } from '#test/support/builders.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
let campaignId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
  ({ campaignId } = await api.campaign(eventId));
});

const trigger = (key: string, body?: unknown) => api.trigger(eventId, campaignId, key, body);
const dry = (body?: unknown) =>
  api.call({
    method: 'POST',
    path: `/events/${eventId}/campaigns/${campaignId}/trigger`,
    query: { dryRun: 'true' },
    headers: { 'idempotency-key': 'dry' },
    body,
  });
const plan = async () => (await api.call({ path: `/events/${eventId}/campaigns/${campaignId}/plan` })).body;
const crowd = async (size: number, other: object = {}) => {
  for (let n = 0; n < size; n++) {
    const email = `person-${n}@example.org`;
    await api.table.put({ item: toItem(aRegistration({ eventId, email, ...other })), fact: undefined });
  }
};
const needed = { status: 409, body: { type: '/problems/expectation-needed', errors: [{ pointer: '#/expect' }] } };
const started = () => api.deps.runs.list(eventId, campaignId);

test('a thousand people are reached as they are, one more only by whoever says how many', async () => {
  await crowd(1000);
  expect((await trigger('first')).status).toBe(202);
  await crowd(1);
  const refused = await trigger('second', { again: true });
  expect(refused).toMatchObject(needed);
  expect(refused.body.detail).toBe('This reaches 1,001 people: send "expect": 1001 if you mean it');
  expect(await started()).toHaveLength(1);
  expect((await trigger('third', { expect: 1001, again: true })).status).toBe(202);
});

test('the number is that of the plan, and of a dry run', async () => {
  await crowd(5);
  await crowd(2, { muted: true });
  await crowd(1, { status: 'cancelled' });
  expect((await plan()).counts).toMatchObject({ willBeSent: 5, skipped: { muted: 2 }, notAddressed: 1 });
  expect(await dry()).toMatchObject({
    status: 200,
    body: { dryRun: true, people: 5, skipped: { muted: 2 }, notAddressed: 1 },
  });
  expect((await trigger('first', { expect: 5 })).status).toBe(202);
});

test.each([[4], [6], [0]])('of five people, whoever expects %d sends nothing', async (expected) => {
  await crowd(5);
  const answer = await trigger('first', { expect: expected });
  expect(answer).toMatchObject(needed);
  expect(answer.body.detail).toContain(`not the ${expected} you expect`);
  expect(await started()).toEqual([]);
  expect(api.fannedOut).toEqual([]);
});

test('nobody is a number, too', async () => {
  expect((await trigger('first', { expect: 1 })).status).toBe(409);
  expect((await trigger('first', { expect: 0 })).status).toBe(202);
});

test('a repeat of the same request finds its run, whatever the count is now', async () => {
  await crowd(5);
  const first = await trigger('first', { expect: 5 });
  await crowd(3);
  expect(await trigger('first', { expect: 5 })).toMatchObject({ status: 200, body: { runId: first.body.runId } });
});

test('the same key with another expectation is another body', async () => {
  await crowd(2);
  await trigger('first', { expect: 2 });
  expect(await trigger('first', { expect: 3 })).toMatchObject({ status: 422, body: { type: '/problems/key-reused' } });
  expect(await trigger('first')).toMatchObject({ status: 422 });
});

test('a pause does not make a slip of the hand harmless: who waits for its end counts', async () => {
  await crowd(1001);
  await api.post(`/events/${eventId}/pause`);
  expect(await trigger('first')).toMatchObject(needed);
  expect((await dry()).body).toMatchObject({ people: 1001 });
});

describe('a dry run', () => {
  test('starts nothing, whatever it expects', async () => {
    await crowd(3);
    api.committed.splice(0);
    expect(await dry({ expect: 99 })).toMatchObject({ status: 200, body: { people: 3 } });
    expect([api.committed, api.fannedOut, await started()]).toEqual([[], [], []]);
  });

  test('of a request that was made already reaches nobody more', async () => {
    await crowd(3);
    await trigger('dry');
    expect((await dry()).body).toEqual({ dryRun: true, people: 0, skipped: {}, notAddressed: 0 });
  });

  test('is refused as the trigger would be', async () => {
    await api.post(`/events/${eventId}/campaigns/${campaignId}/pause`);
    expect(await dry()).toMatchObject({ status: 409, body: { type: '/problems/campaign-not-active' } });
  });
});

test.each([[-1], [1.5], ['5'], [null]])('an expectation of %j is a 400 that names it', async (expected) => {
  expect(await trigger('first', { expect: expected })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '#/expect' }] },
  });
});
