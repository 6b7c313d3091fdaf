import { beforeEach, expect, test } from 'vitest';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
beforeEach(async () => {
  api = await organiserApi();
});

const stats = async (eventId: string) => (await api.call({ path: `/events/${eventId}/stats` })).body;
const LATER = { final: false, finalAt: '2027-02-19T13:00:00Z' };
const NOBODY = { open: 0, sent: 0, skipped: 0, failed: 0, held: 0 };

/** Notes what is read of the table from now on, but for the caller's key. */
function noteReads() {
  const reads: string[] = [];
  const { get, query } = api.table;
  const refuse = () => Promise.reject(new Error('Numbers need no other reading'));
  Object.assign(api.table, {
    get: (...args: Parameters<typeof get>) => {
      if (!args[0].pk.startsWith('KEY#')) reads.push(args[0].sk);
      return get(...args);
    },
    query: (...args: Parameters<typeof query>) => {
      reads.push(`${args[0].prefix}`);
      return query(...args);
    },
    getMany: refuse,
    count: refuse,
  });
  return reads;
}

test('an event that has sent nothing has no numbers, but its seats and its survey', async () => {
  const capped = await api.published();
  const survey = { responses: 0, opensAt: '2027-02-18T13:00:00Z', closesAt: '2027-03-04T13:00:00Z' };
  const seats = { capacity: 300, taken: 0, waiting: 0 };
  expect(await stats(capped.eventId)).toEqual({ seats, survey, attendance: LATER, campaigns: [] });
  const silent = { capacity: undefined, survey: { questions: [] } };
  const { eventId } = await api.published(silent);
  expect(await stats(eventId)).toEqual({ attendance: LATER, campaigns: [] });
  expect(await stats((await api.draft(silent)).eventId)).toEqual({ campaigns: [] });
});

test('each run is counted, by campaign, and all of a campaign together', async () => {
  const { eventId } = await api.published();
  const { campaignId } = await api.campaign(eventId);
  const runIds: string[] = [];
  for (const [key, sent] of [
    ['first', 3],
    ['second', 2],
  ] as const) {
    const { runId } = (await api.trigger(eventId, campaignId, key, { again: true })).body;
    runIds.push(runId);
    api.clock.now += 60_000;
    const tally = { pass: 1, ...NOBODY, sent, skipped: 1 };
    await api.deps.runs.tally({ eventId, campaignId, occasion: runId }, 0, tally, api.clock.now / 1000);
  }
  await api.trigger(eventId, '3', 'early');
  const { campaigns } = await stats(eventId);
  expect(campaigns.map((each: { campaignId: string }) => each.campaignId)).toEqual(['3', campaignId]);
  expect(campaigns[1]).toEqual({
    campaignId,
    kind: 'announcement',
    runs: [
      {
        runId: runIds[0],
        state: 'running',
        firedAt: '2026-11-23T12:00:00Z',
        counts: { ...NOBODY, sent: 3, skipped: 1 },
        progress: 0,
      },
      {
        runId: runIds[1],
        state: 'running',
        firedAt: '2026-11-23T12:01:00Z',
        counts: { ...NOBODY, sent: 2, skipped: 1 },
        progress: 0,
      },
    ],
    totals: { ...NOBODY, sent: 5, skipped: 2 },
  });
});

test('however many people there are, four reads are enough', async () => {
  const { eventId } = await api.published();
  await api.trigger(eventId, '3', 'early');
  for (let n = 0; n < 60; n++) await api.welcomed(eventId, `Person ${n}`);
  const reads = noteReads();
  expect((await stats(eventId)).campaigns).toHaveLength(1);
  expect(reads.sort()).toEqual(['EVENT', 'RUN#', 'SEATS', 'SURVEY']);
});

test('who came is counted once, when that is final; then five reads are enough', async () => {
  const { eventId } = await api.published();
  for (let n = 0; n < 30; n++) await api.welcomed(eventId, `Person ${n}`, n % 3 === 0 ? { joinedAt: 1 } : {});
  await api.welcomed(eventId, 'Somebody', { openedAt: 1 });
  expect((await stats(eventId)).attendance).toEqual(LATER);
  api.clock.now = Date.parse(LATER.finalAt);
  const final = { ...LATER, final: true, counts: { attended: 10, 'no-show': 20, unknown: 1 } };
  expect((await stats(eventId)).attendance).toEqual(final);
  const reads = noteReads();
  expect((await stats(eventId)).attendance).toEqual(final);
  expect(reads.sort()).toEqual(['ATTENDANCE', 'EVENT', 'RUN#', 'SEATS', 'SURVEY']);
});

test('of an event that is not there, there are none', async () => {
  expect((await api.call({ path: '/events/7f3kq9x2m4t8c1vz/stats' })).status).toBe(404);
});
