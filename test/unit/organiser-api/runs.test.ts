import { beforeEach, describe, expect, test } from 'vitest';
import { readDelivery } from '#shared/domain/delivery.ts';
import { shardOf } from '#shared/domain/ids.ts';
import { type OrganiserApi, organiserApi, SITE_URL } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
let campaignId: string;
let runId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
  ({ campaignId } = await api.campaign(eventId));
  ({ runId } = (await api.trigger(eventId, campaignId, 'first')).body);
  api.fannedOut.splice(0);
});

const path = (suffix = '') => `/events/${eventId}/campaigns/${campaignId}/runs${suffix}`;
const id = () => ({ eventId, campaignId, occasion: runId });
const run = async () => {
  const found = await api.deps.runs.get(id());
  if (!found) throw new Error('The run is gone');
  return found;
};
const NOBODY = { open: 0, sent: 0, skipped: 0, failed: 0, held: 0 };
const walkAll = async (counts: Partial<typeof NOBODY> = {}) => {
  const { pass } = await run();
  for (let shard = 0; shard < 8; shard++) {
    await api.deps.runs.tally(id(), shard, { pass, ...NOBODY, ...counts }, api.clock.now / 1000);
  }
};
const show = async () => (await api.call({ path: path(`/${runId}`) })).body;

test('a run shows how far it is, until it is finished', async () => {
  expect(await show()).toEqual({
    runId,
    campaignId,
    eventId,
    kind: 'announcement',
    state: 'running',
    progress: 0,
    counts: NOBODY,
    firedAt: '2026-11-23T12:00:00Z',
    startedAt: '2026-11-23T12:00:00Z',
    notAfter: '2026-11-24T12:00:00Z',
    tooSlow: false,
    links: {
      self: `${SITE_URL}/api/v1${path()}/${runId}`,
      campaign: `${SITE_URL}/api/v1/events/${eventId}/campaigns/${campaignId}`,
    },
  });
  await walkAll({ open: 10 });
  await api.deps.runs.noteProgress(id(), { settled: 20, sent: 20, now: 1 });
  expect(await show()).toMatchObject({ progress: 0.25, counts: { ...NOBODY, open: 60, sent: 20 } });
  await api.deps.runs.wait(id(), 'stamp');
  await api.deps.runs.markTooSlow(id());
  expect(await show()).toMatchObject({ state: 'waiting', tooSlow: true });
  await api.deps.runs.nextPass(await run(), 1);
  await walkAll({ sent: 9, skipped: 1 });
  expect((await show()).progress).toBe(0.99);
  await api.deps.runs.finish(await run(), api.clock.now / 1000 + 60);
  expect(await show()).toMatchObject({
    state: 'finished',
    progress: 1,
    counts: { ...NOBODY, sent: 72, skipped: 8 },
    finishedAt: '2026-11-23T12:01:00Z',
  });
});

test('runs are listed, the latest first', async () => {
  api.clock.now += 60_000;
  const second = (await api.trigger(eventId, campaignId, 'second', { again: true })).body.runId;
  const { body } = await api.call({ path: path() });
  expect(body.runs.map((each: { runId: string }) => each.runId)).toEqual([second, runId]);
  const { campaignId: other } = await api.campaign(eventId);
  expect((await api.call({ path: `/events/${eventId}/campaigns/${other}/runs` })).body).toEqual({ runs: [] });
});

test('a run that is not there is a 404', async () => {
  for (const other of ['m000000000000', 's1', 'x'.repeat(41), '..', 'a@b']) {
    expect((await api.call({ path: path(`/${encodeURIComponent(other)}`) })).status).toBe(404);
  }
});

describe('releasing', () => {
  const release = (body: unknown) => api.post(path(`/${runId}/release`), body);
  const hold = (name: string) => api.held({ eventId, campaignId, runId }, name);
  const entryOf = async (registrationId: string) =>
    (await api.deps.registrations.get(eventId, registrationId))?.deliveries[`${campaignId}@${runId}`];
  const finish = async (counts: Partial<typeof NOBODY> = {}) => {
    await walkAll(counts);
    await api.deps.runs.finish(await run(), api.clock.now / 1000);
  };

  test('to send takes the entry away and opens the run again: its next pass meets the person', async () => {
    const people = [await hold('Ada'), await hold('Bea'), await api.register(eventId, 'Cleo')];
    await finish();
    const before = await run();
    expect(await release({ action: 'send' })).toMatchObject({
      status: 200,
      body: { action: 'send', owed: 2, dropped: 0, skipped: 0, more: false },
    });
    for (const { registrationId } of people) expect(await entryOf(registrationId)).toBeUndefined();
    const after = await run();
    expect(after.finishedAt).toBeUndefined();
    expect(after.pass).toBeGreaterThan(before.pass);
    expect(api.fannedOut.map(({ pass, shard }) => [pass, shard])).toEqual(
      Array.from({ length: 8 }, (_, shard) => [after.pass, shard]),
    );
    expect(await api.deps.runs.unfinished()).toMatchObject([{ occasion: runId }]);
    expect((await release({ action: 'send' })).body).toMatchObject({ owed: 0 });
    expect((await run()).pass).toBe(after.pass);
  });

  test('to send, killed after the entries went, leaves the run open for the sweep', async () => {
    const { registrationId } = await hold('Ada');
    await finish();
    const { update } = api.table;
    let passes = 0;
    api.table.update = async (change) => {
      if (change.sk.startsWith('RUN#') && ++passes === 2) throw new Error('killed');
      return update(change);
    };
    expect((await release({ action: 'send' })).status).toBe(500);
    expect(await entryOf(registrationId)).toBeUndefined();
    expect(await api.deps.runs.unfinished()).toMatchObject([{ occasion: runId }]);
  });

  test('to send, repeated with its name because the first died, leaves alone what is held again meanwhile', async () => {
    const [ada, bea] = [await hold('Ada'), await hold('Bea')];
    await finish();
    const named = () =>
      api.call({
        method: 'POST',
        path: path(`/${runId}/release`),
        body: { action: 'send' },
        headers: { 'idempotency-key': 'morning' },
      });
    const { update } = api.table;
    let passes = 0;
    api.table.update = async (change) => {
      if (change.sk.startsWith('RUN#') && ++passes === 2) throw new Error('killed');
      return update(change);
    };
    expect((await named()).status).toBe(500);
    api.clock.now += 60_000;
    const again = `held|${api.clock.now / 1000}|2|k2m4t8`;
    const deliveries = { [`${campaignId}@${runId}`]: again };
    await api.deps.registrations.revise(ada, (row) => ({ row: { ...row, deliveries } }));
    api.clock.now += 19 * 60_000;
    expect(await named()).toMatchObject({ status: 200, body: { owed: 0, skipped: 0 } });
    expect(await entryOf(ada.registrationId)).toBe(again);
    expect(await entryOf(bea.registrationId)).toBeUndefined();
  });

  test('to send opens the run anew although it ends meanwhile', async () => {
    await hold('Ada');
    await finish();
    const { update } = api.table;
    api.table.update = async (change) => {
      const row = await update(change);
      if (change.sk.startsWith('REG#')) await api.deps.runs.finish(await run(), api.clock.now / 1000);
      return row;
    };
    expect((await release({ action: 'send' })).body).toMatchObject({ owed: 1 });
    const { finishedAt, pass } = await run();
    expect(finishedAt).toBeUndefined();
    expect(api.fannedOut.every((message) => message.pass === pass)).toBe(true);
  });

  test('to drop skips them with a reason, and moves the count', async () => {
    const { registrationId } = await hold('Ada');
    await finish();
    const tally = { pass: 1, ...NOBODY, held: 1 };
    await api.deps.runs.tally(id(), shardOf(registrationId), tally, 1);
    expect(await show()).toMatchObject({ counts: { held: 1, skipped: 0 } });
    expect((await release({ action: 'drop' })).body).toEqual({
      action: 'drop',
      owed: 0,
      dropped: 1,
      skipped: 0,
      more: false,
    });
    expect(readDelivery((await entryOf(registrationId)) ?? '')).toMatchObject({
      state: 'skipped',
      reason: 'dropped',
      attempt: 2,
    });
    expect(await show()).toMatchObject({ state: 'finished', counts: { held: 0, skipped: 1 } });
    expect(api.fannedOut).toEqual([]);
  });

  test('may be of some people only; who is not held is left alone', async () => {
    const [ada, bea] = [await hold('Ada'), await hold('Bea')];
    const cleo = await api.register(eventId, 'Cleo');
    const registrationIds = [ada.registrationId, ada.registrationId, cleo.registrationId, '0000000000000000'];
    expect((await release({ action: 'drop', registrationIds })).body).toMatchObject({ dropped: 1 });
    expect(await entryOf(bea.registrationId)).toMatch(/^held/);
    expect(await entryOf(cleo.registrationId)).toBeUndefined();
  });

  test('leaves the mails of other runs alone', async () => {
    const other = (await api.trigger(eventId, campaignId, 'second')).body.runId;
    const { registrationId } = await api.held({ eventId, campaignId, runId: other }, 'Ada');
    expect((await release({ action: 'drop' })).body).toMatchObject({ dropped: 0 });
    const row = await api.deps.registrations.get(eventId, registrationId);
    expect(row?.deliveries[`${campaignId}@${other}`]).toMatch(/^held/);
  });

  test('to send skips who is no longer addressed, and says why', async () => {
    await api.call({
      method: 'PATCH',
      path: `/events/${eventId}/campaigns/${campaignId}`,
      body: { audience: { status: ['confirmed'] } },
      headers: { 'if-match': '*' },
    });
    const row = await hold('Ada');
    await api.deps.registrations.revise(row, (current) => ({ row: { ...current, status: 'cancelled' } }));
    expect((await release({ action: 'send' })).body).toMatchObject({ owed: 0, skipped: 1 });
    expect(readDelivery((await entryOf(row.registrationId)) ?? '')).toMatchObject({
      state: 'skipped',
      reason: 'not-in-audience',
    });
  });

  test('to send is a 409 once it is too late, and dropping is not', async () => {
    await hold('Ada');
    api.clock.now = Date.parse('2026-11-24T12:00:00Z');
    expect(await release({ action: 'send' })).toMatchObject({
      status: 409,
      body: { type: '/problems/not-the-time' },
    });
    expect((await release({ action: 'drop' })).body).toMatchObject({ dropped: 1 });
  });

  test('hundreds are released in one call', async () => {
    for (let n = 0; n < 120; n++) await hold(`Person ${n}`);
    expect((await release({ action: 'send' })).body).toMatchObject({ owed: 120, more: false });
  });

  test.each([
    ['nothing', undefined, ['#']],
    ['no action', {}, ['#/action']],
    ['another action', { action: 'resend' }, ['#/action']],
    ['nobody', { action: 'send', registrationIds: [] }, ['#/registrationIds']],
    ['no ids', { action: 'send', registrationIds: ['Ada'] }, ['#/registrationIds/0']],
    ['too many', { action: 'send', registrationIds: Array(101).fill('0000000000000000') }, ['#/registrationIds']],
    ['more', { action: 'send', all: true }, ['#/all']],
  ])('%s is a 400 that names it', async (_, body, pointers) => {
    const answer = await release(body);
    expect([answer.status, answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
      400,
      pointers,
    ]);
  });
});
