import { beforeEach, describe, expect, test } from 'vitest';
import type { PlannedPerson } from '#functions/organiser-api/plan-view.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const [JOINING, REMINDER, SURVEY] = ['2', '3', '4'];
const plan = async (campaignId: string, query: Record<string, string> = {}) =>
  (await api.call({ path: `/events/${eventId}/campaigns/${campaignId}/plan`, query })).body;
const outcomes = ({ people }: { people: PlannedPerson[] }) =>
  Object.fromEntries(people.map(({ name, outcome, reason }) => [name, reason ? `${outcome}: ${reason}` : outcome]));
const nobody = {
  willBeSent: 0,
  sent: 0,
  waiting: 0,
  skipped: {},
  failed: 0,
  held: 0,
  inDoubt: 0,
  notAddressed: 0,
};
const entry = (state: string, reason = '') => `${state}|1795435300|1|k2m4t8||${reason}`;
const moved = (body: object) => api.call({ method: 'POST', path: `/events/${eventId}/reschedule`, body });

test('before a reminder fires, its plan says who gets it, who does not, and why', async () => {
  await api.welcomed(eventId, 'Ada');
  await api.welcomed(eventId, 'Muted', { muted: true });
  await api.welcomed(eventId, 'Bounced', { bounced: true });
  await api.welcomed(eventId, 'Elsewhere', { email: 'elsewhere@unreachable.example' });
  await api.welcomed(eventId, 'Gone', { status: 'cancelled' });
  await api.welcomed(eventId, 'In line', { status: 'waitlisted' });
  await api.welcomed(eventId, 'Late', { confirmedAt: Date.parse('2027-02-18T08:20:00Z') / 1000 });
  const answer = await plan(REMINDER);
  expect(answer).toMatchObject({
    campaignId: '3',
    kind: 'reminder',
    occasion: 's1',
    firesAt: '2027-02-18T08:30:00Z',
    when: 'Thursday 18 February 2027, 08:30 GMT',
    state: 'planned',
    counts: {
      ...nobody,
      willBeSent: 1,
      skipped: { muted: 1, bounced: 1, 'not-on-allow-list': 1, 'registered-late': 1 },
      notAddressed: 2,
    },
  });
  expect(outcomes(answer)).toEqual({
    Ada: 'will-be-sent',
    Muted: 'skipped: muted',
    Bounced: 'skipped: bounced',
    Elsewhere: 'skipped: not-on-allow-list',
    Gone: 'not-addressed: registration-cancelled',
    'In line': 'not-addressed: registration-waitlisted',
    Late: 'skipped: registered-late',
  });
  expect(answer.people.find(({ name }: PlannedPerson) => name === 'Ada').at).toBe('2027-02-18T08:30:00Z');
});

test('what became of a mail is what the ledger says', async () => {
  for (const state of ['claimed', 'sent', 'delivered', 'complained', 'failed', 'held']) {
    await api.welcomed(eventId, state, { deliveries: { '3@s1': entry(state) } });
  }
  await api.welcomed(eventId, 'merged', { deliveries: { '3@s1': entry('merged', 'change@r2') } });
  await api.welcomed(eventId, 'skipped', { deliveries: { '3@s1': entry('skipped', 'muted') } });
  const answer = await plan(REMINDER);
  expect(answer.counts).toEqual({ ...nobody, inDoubt: 1, sent: 4, failed: 1, held: 1, skipped: { muted: 1 } });
  expect(outcomes(answer)).toEqual({
    claimed: 'in-doubt',
    sent: 'sent',
    delivered: 'sent: delivered',
    complained: 'sent: complained',
    failed: 'failed',
    held: 'held',
    merged: 'merged: change@r2',
    skipped: 'skipped: muted',
  });
});

test('a survey is planned as it will be when the event is over', async () => {
  await api.welcomed(eventId, 'Ada');
  expect(await plan(SURVEY)).toMatchObject({ firesAt: '2027-02-18T15:00:00Z', counts: { ...nobody, willBeSent: 1 } });
});

test('a pause means not yet: everybody waits, and nobody is skipped', async () => {
  await api.welcomed(eventId, 'Ada');
  await api.post(`/events/${eventId}/pause`);
  const answer = await plan(REMINDER);
  expect(answer.counts).toEqual({ ...nobody, waiting: 1 });
  expect(outcomes(answer)).toEqual({ Ada: 'waiting: pause' });
});

test('one that is sent by hand is planned as if it were triggered now', async () => {
  const { campaignId } = await api.campaign(eventId);
  await api.welcomed(eventId, 'Ada');
  expect(await plan(campaignId)).toMatchObject({
    state: 'by-hand',
    firesAt: '2026-11-23T12:00:00Z',
    counts: { ...nobody, willBeSent: 1 },
  });
  await api.trigger(eventId, campaignId, 'first');
  expect((await plan(campaignId)).counts).toMatchObject({ willBeSent: 1 });
});

test('a draft, and one whose time has passed, send nothing, and say why', async () => {
  const draft = await api.campaign(eventId, { state: 'draft' });
  const past = await api.campaign(eventId, { trigger: { at: '2026-11-23T11:00' } });
  await api.welcomed(eventId, 'Ada');
  expect(await plan(draft.campaignId)).toMatchObject({
    state: 'not-planned',
    counts: { skipped: { 'campaign-off': 1 } },
  });
  expect(await plan(past.campaignId)).toMatchObject({
    state: 'not-planned',
    note: 'That time came before the last change, so it mails nobody.',
    counts: { skipped: { 'time-passed': 1 } },
  });
});

test('a run that has begun is planned from its own fire time; once finished, who came later is none of its business', async () => {
  await api.welcomed(eventId, 'Ada');
  await api.trigger(eventId, REMINDER, 'early');
  api.clock.now += 3600_000;
  expect(await plan(REMINDER)).toMatchObject({
    state: 'running',
    firesAt: '2026-11-23T12:00:00Z',
    counts: { skipped: { 'registered-late': 1 } },
  });
  const run = await api.deps.runs.get({ eventId, campaignId: REMINDER, occasion: 's1' });
  if (run) await api.deps.runs.finish(run, api.clock.now / 1000);
  expect(outcomes(await plan(REMINDER))).toEqual({ Ada: 'not-addressed: registered-late' });
  await api.welcomed(eventId, 'Early bird', { confirmedAt: 1_795_000_000 });
  const answer = await plan(REMINDER);
  expect(answer).toMatchObject({ state: 'finished', counts: { ...nobody, notAddressed: 2 } });
  expect(outcomes(answer)).toMatchObject({ 'Early bird': 'not-addressed: came-later' });
});

describe('the confirmation', () => {
  test('has been had, is owed, or is not for them', async () => {
    await api.welcomed(eventId, 'Had');
    await api.register(eventId, 'Owed');
    await api.register(eventId, 'Applied', {}, true);
    await api.welcomed(eventId, 'Gone', { status: 'cancelled', deliveries: {} });
    const answer = await plan('1');
    expect(answer).toMatchObject({
      state: 'on-registration',
      counts: { ...nobody, sent: 1, willBeSent: 1, notAddressed: 2 },
    });
    expect(answer).not.toHaveProperty('firesAt');
    expect(outcomes(answer)).toEqual({
      Had: 'sent: delivered',
      Owed: 'will-be-sent',
      Applied: 'not-addressed: registration-applied',
      Gone: 'not-addressed: registration-cancelled',
    });
  });

  test('waits while it is paused', async () => {
    await api.register(eventId, 'Owed');
    await api.post(`/events/${eventId}/campaigns/1/pause`);
    expect(outcomes(await plan('1'))).toEqual({ Owed: 'waiting: pause' });
  });
});

test('a joining mail whose time has passed comes along with the confirmation of whoever is owed one', async () => {
  api.clock.now = Date.parse('2027-02-17T10:00:00Z');
  await api.register(eventId, 'Late');
  expect(outcomes(await plan(JOINING))).toEqual({ Late: 'will-be-sent: 1@a1' });
  await api.post(`/events/${eventId}/campaigns/2/pause`);
  expect(outcomes(await plan(JOINING))).toEqual({ Late: 'waiting: pause' });
});

describe('a notice', () => {
  test('that nobody needs says so', async () => {
    await api.welcomed(eventId, 'Ada');
    for (const kind of ['change', 'postponed', 'cancelled']) {
      expect(await plan(kind)).toMatchObject({
        campaignId: kind,
        kind,
        state: 'not-planned',
        note: 'There is nothing of that kind to tell.',
        counts: { ...nobody, notAddressed: 1 },
      });
    }
  });

  test('goes to whom the new schedule is news', async () => {
    await api.welcomed(eventId, 'Ada');
    await api.welcomed(eventId, 'In line', { status: 'waitlisted' });
    await api.welcomed(eventId, 'Gone', { status: 'cancelled' });
    await api.register(eventId, 'Just now');
    await moved({ place: 'Town hall' });
    const answer = await plan('change');
    expect(answer).toMatchObject({
      occasion: 'r2',
      state: 'planned',
      firesAt: '2026-11-23T12:05:00Z',
      counts: { ...nobody, willBeSent: 2, waiting: 1, notAddressed: 1 },
    });
    expect(outcomes(answer)).toMatchObject({ 'Just now': 'waiting: told' });
  });

  test('has runs, which are looked at by its kind; there is no campaign behind it', async () => {
    await api.welcomed(eventId, 'Ada');
    await api.post(`/events/${eventId}/cancel`);
    const runs = `/events/${eventId}/campaigns/cancelled/runs`;
    expect((await api.call({ path: runs })).body).toEqual({ runs: [] });
    expect((await api.call({ path: `${runs}/r2` })).status).toBe(404);
    const event = await api.deps.events.get(eventId);
    if (!event) throw new Error('The event is gone');
    const { startRun } = await import('#shared/domain/run.ts');
    api.clock.now += 300_000;
    const now = api.clock.now / 1000;
    const mailing = { campaignId: 'cancelled', kind: 'cancelled' } as const;
    await api.deps.runs.startNotice(startRun(event, mailing, { occasion: 'r2', firedAt: now, now }), 2);
    expect((await api.call({ path: runs })).body.runs).toMatchObject([{ runId: 'r2', kind: 'cancelled' }]);
    expect((await api.call({ path: `${runs}/r2` })).body.links).not.toHaveProperty('campaign');
    expect(await plan('cancelled')).toMatchObject({ state: 'running', counts: { willBeSent: 1 } });
    expect((await api.post(`${runs}/r2/release`, { action: 'drop' })).status).toBe(200);
    for (const path of ['cancelled', 'cancelled/preview', 'cancelled/trigger', 'postponed/pause']) {
      const method = /preview|cancelled$/.test(path) ? 'GET' : 'POST';
      expect((await api.call({ method, path: `/events/${eventId}/campaigns/${path}` })).status, path).toBe(404);
    }
  });

  test('of an event that is not there is a 404', async () => {
    for (const path of ['change/plan', 'change/runs', 'change/runs/r1']) {
      expect((await api.call({ path: `/events/7f3kq9x2m4t8c1vz/campaigns/${path}` })).status).toBe(404);
    }
  });
});

describe('page by page', () => {
  test('everybody comes exactly once, and the counts come with the first page', async () => {
    for (let n = 0; n < 23; n++) await api.welcomed(eventId, `Person ${n}`, { muted: n % 2 === 0 });
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await plan(REMINDER, { limit: '5', ...(cursor && { cursor }) });
      expect('counts' in page).toBe(pages === 0);
      seen.push(...page.people.map(({ registrationId }: PlannedPerson) => registrationId));
      cursor = page.next;
      pages += 1;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([23, 23]);
  });

  test('a cursor of another plan is a 400 that names it', async () => {
    for (let n = 0; n < 3; n++) await api.welcomed(eventId, `Person ${n}`);
    const { next } = await plan(REMINDER, { limit: '1' });
    const path = `/events/${eventId}/campaigns/${JOINING}/plan`;
    expect(await api.call({ path, query: { cursor: next } })).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'cursor' }] },
    });
  });
});

test('names are for keys that may see people', async () => {
  await api.welcomed(eventId, 'Ada');
  const key = await api.makeKey({ scopes: ['campaigns:read'] });
  const { body } = await api.call({ path: `/events/${eventId}/campaigns/3/plan`, key });
  expect(body.people).toHaveLength(1);
  expect(body.people[0]).not.toHaveProperty('name');
});
