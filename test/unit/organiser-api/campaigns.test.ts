import { beforeEach, describe, expect, test } from 'vitest';
import { TransactionRefused } from '#shared/store/table.ts';
import { type OrganiserApi, organiserApi, SITE_URL } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const at = (path = '') => `/events/${eventId}/campaigns${path}`;
const make = (other: object = {}) => api.post(at(), { ...DAY_BEFORE, ...other });
const edit = (campaignId: string, body: unknown, tag = '*') =>
  api.call({ method: 'PATCH', path: at(`/${campaignId}`), body, headers: { 'if-match': tag } });
const read = async (campaignId: string) => (await api.call({ path: at(`/${campaignId}`) })).body;
const remove = (campaignId: string, tag = '*') =>
  api.call({ method: 'DELETE', path: at(`/${campaignId}`), headers: { 'if-match': tag } });
const facts = () => api.committed.filter(({ after }) => after?.['fact'] === 'campaign.changed').length;

const DAY_BEFORE = {
  name: 'The day before',
  kind: 'joining',
  state: 'active',
  trigger: { before: 'start', offset: 'P1D', at: '09:00' },
};

test('a new campaign has a number of its own, and says when it fires', async () => {
  const { status, headers, body } = await make();
  expect(status).toBe(201);
  expect(headers).toMatchObject({ etag: '"1"', location: `/api/v1${at(`/${body.campaignId}`)}` });
  expect(body).toEqual({
    ...DAY_BEFORE,
    campaignId: '6',
    eventId,
    audience: {},
    firing: {
      armed: true,
      at: '2027-02-17T09:00:00Z',
      when: 'Wednesday 17 February 2027, 09:00 GMT',
      runId: 's1',
    },
    revision: 1,
    changedAt: '2026-11-23T12:00:00Z',
    links: {
      self: `${SITE_URL}/api/v1${at('/6')}`,
      runs: `${SITE_URL}/api/v1${at('/6')}/runs`,
      plan: `${SITE_URL}/api/v1${at('/6')}/plan`,
    },
  });
  expect(await read('6')).toEqual(body);
  expect((await make()).body.campaignId).toBe('7');
});

test('making one is a fact, and asks for the event to be planned', async () => {
  await api.deps.events.planned(eventId, api.clock.now / 1000);
  expect(await api.deps.events.planDueAt(eventId)).toBeUndefined();
  await make();
  expect(facts()).toBe(1);
  expect(await api.deps.events.planDueAt(eventId)).toBe(api.clock.now / 1000);
});

test('the confirmation is campaign 1; all are listed by number', async () => {
  await make();
  await make({ name: 'Again' });
  const { body } = await api.call({ path: at() });
  expect(
    body.campaigns.map(({ campaignId, kind }: { campaignId: string; kind: string }) => [campaignId, kind]),
  ).toEqual([
    ['1', 'confirmation'],
    ['2', 'joining'],
    ['3', 'reminder'],
    ['4', 'survey'],
    ['5', 'nudge'],
    ['6', 'joining'],
    ['7', 'joining'],
  ]);
  expect(body.campaigns[0].firing).toEqual({
    armed: false,
    because: 'no-clock',
    note: 'It is sent to each person as they register.',
  });
});

test('many made at once get a number each', async () => {
  const made = await Promise.all(Array.from({ length: 4 }, () => make()));
  expect(new Set(made.map(({ body }) => body.campaignId)).size).toBe(4);
});

test('a write that meets another at the same moment is done again', async () => {
  const { transact } = api.table;
  let refusals = 0;
  api.table.transact = async (writes, token) => {
    if (refusals++ % 3 < 2) throw new TransactionRefused([], true);
    return transact(writes, token);
  };
  expect((await make()).status).toBe(201);
  expect((await edit('6', { name: 'Tomorrow' }, '"1"')).body).toMatchObject({ name: 'Tomorrow', revision: 2 });
  const { campaignId } = await api.campaign(eventId);
  expect((await api.trigger(eventId, campaignId, 'first')).status).toBe(202);
});

test('fifty are enough', async () => {
  for (let n = 0; n < 45; n++) expect((await make()).status).toBe(201);
  expect(await make()).toMatchObject({ status: 409, body: { type: '/problems/too-many-campaigns' } });
});

describe('firing', () => {
  test.each([
    ['a draft', { state: 'draft' }, { armed: false, because: 'draft', at: '2027-02-17T09:00:00Z' }],
    [
      'one whose time has passed',
      { trigger: { at: '2026-11-23T11:59' } },
      {
        armed: false,
        because: 'time-passed',
        at: '2026-11-23T11:59:00Z',
        when: 'Monday 23 November 2026, 11:59 GMT',
        note: 'That time came before the last change, so it mails nobody.',
      },
    ],
    ['one of this very minute', { trigger: { at: '2026-11-23T12:00' } }, { armed: false, because: 'time-passed' }],
    ['one a minute ahead', { trigger: { at: '2026-11-23T12:01' } }, { armed: true, at: '2026-11-23T12:01:00Z' }],
    ['one without a clock', { trigger: { manual: true } }, { armed: false, because: 'no-clock' }],
    [
      'a paused one',
      { state: 'paused' },
      { armed: true, note: 'It fires on time, and its mails wait until the campaign is resumed.' },
    ],
    [
      'a survey',
      { kind: 'survey', trigger: { after: 'end', offset: 'PT2H' } },
      { armed: true, at: '2027-02-18T15:00:00Z', runId: 'e1' },
    ],
    ['an announcement', { kind: 'announcement', trigger: { at: '2027-01-07T10:00' } }, { armed: true, runId: 'm0' }],
    ['one for nobody', { audience: { status: ['waitlisted'] } }, { armed: true }],
  ])('of %s says so', async (_, other, firing) => {
    const { status, body } = await make(other);
    expect([status, body.firing]).toEqual([201, expect.objectContaining(firing)]);
  });

  test('of a campaign of a draft event waits for its publication, which arms it', async () => {
    ({ eventId } = await api.draft());
    expect((await make()).body.firing).toMatchObject({ armed: false, because: 'event-not-published' });
    await api.post(`/events/${eventId}/publish`);
    expect((await read('6')).firing).toMatchObject({ armed: true });
  });

  test('of a paused event says that its mails wait', async () => {
    await make();
    await api.post(`/events/${eventId}/pause`);
    expect((await read('6')).firing).toMatchObject({ armed: true, note: expect.stringContaining('until the event') });
  });

  test('of a time that the clocks skip moves forward, and the answer says so', async () => {
    ({ eventId } = await api.published({ startsAt: '2027-03-28T11:00', endsAt: '2027-03-28T13:00' }));
    for (const trigger of [{ at: '2027-03-28T01:30' }]) {
      expect((await make({ trigger })).body.firing).toEqual({
        armed: true,
        at: '2027-03-28T01:30:00Z',
        when: 'Sunday 28 March 2027, 02:30 BST',
        runId: 's1',
        note: 'The clocks skip 01:30 on that day, so it moves forward.',
      });
    }
  });

  test('counts calendar days across the clock change, hours by the hour', async () => {
    ({ eventId } = await api.published({ startsAt: '2027-03-28T11:00', endsAt: '2027-03-28T13:00' }));
    const whenOf = async (offset: string) => (await make({ trigger: { before: 'start', offset } })).body.firing.when;
    expect(await whenOf('P1D')).toBe('Saturday 27 March 2027, 11:00 GMT');
    expect(await whenOf('PT24H')).toBe('Saturday 27 March 2027, 10:00 GMT');
  });
});

describe('an edit', () => {
  test('needs the revision it edits, and gives the next', async () => {
    await make();
    expect(await api.call({ method: 'PATCH', path: at('/6'), body: { name: 'x' } })).toMatchObject({
      status: 428,
      body: { errors: [{ header: 'if-match' }] },
    });
    expect(await edit('6', { name: 'Tomorrow' }, '"1"')).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { name: 'Tomorrow', kind: 'joining', revision: 2 },
    });
    expect(await edit('6', { name: 'Later' }, '"1"')).toMatchObject({
      status: 412,
      body: { type: '/problems/stale-revision' },
    });
  });

  test('of two at once of one revision, one wins and the other is told', async () => {
    await make();
    const edits = await Promise.all([edit('6', { name: 'One' }, '"1"'), edit('6', { name: 'Two' }, '"1"')]);
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('whoever does not mind the revision has it done to the newest', async () => {
    await make();
    await Promise.all([edit('6', { name: 'One' }), edit('6', { audience: { status: ['waitlisted'] } })]);
    expect(await read('6')).toMatchObject({ name: 'One', audience: { status: ['waitlisted'] }, revision: 3 });
  });

  test('disarms what is armed until it is planned anew', async () => {
    await make();
    const armed = { dueAt: 1_803_200_400, occasion: 's1' };
    await api.deps.campaigns.arm({ eventId, campaignId: '6' }, armed, 1);
    expect(await api.deps.campaigns.get(eventId, '6')).toMatchObject({ dueAt: armed.dueAt, dueOccasion: 's1' });
    await edit('6', { name: 'Tomorrow' });
    expect(await api.deps.campaigns.get(eventId, '6')).not.toHaveProperty('dueAt');
    expect(await api.deps.campaigns.overdue(armed.dueAt)).toEqual([]);
  });

  test('after its time has passed mails nobody', async () => {
    await make();
    api.clock.now = Date.parse('2027-02-17T10:00:00Z');
    expect((await edit('6', { name: 'Too late' })).body.firing).toMatchObject({ armed: false, because: 'time-passed' });
  });

  test('takes a template, and gives back the built-in words', async () => {
    await make();
    const template = { subject: 'Tomorrow', body: 'See you **there**.' };
    expect((await edit('6', { template })).body.template).toEqual(template);
    expect((await edit('6', { name: 'Same words' })).body.template).toEqual(template);
    expect((await edit('6', { template: null })).body).not.toHaveProperty('template');
  });

  test('that changes nothing makes no revision', async () => {
    await make();
    for (const body of [{}, { state: 'active' }]) expect((await edit('6', body)).body.revision).toBe(1);
    expect(facts()).toBe(1);
  });

  test('of the confirmation is possible, but it stays triggered by the registration', async () => {
    expect((await edit('1', { name: 'Welcome' })).body).toMatchObject({ name: 'Welcome', kind: 'confirmation' });
    expect(await edit('1', { trigger: { manual: true } })).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-trigger', errors: [{ pointer: '#/trigger' }] },
    });
  });
});

describe('a pause', () => {
  test('stops the campaign and keeps it armed; resuming arms nothing', async () => {
    await make();
    await api.deps.campaigns.arm({ eventId, campaignId: '6' }, { dueAt: 1_803_200_400, occasion: 's1' }, 1);
    api.clock.now += 60_000;
    const paused = await api.post(at('/6/pause'));
    expect(paused).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { state: 'paused', revision: 2 } });
    expect(await api.deps.campaigns.get(eventId, '6')).toMatchObject({
      state: 'paused',
      dueAt: 1_803_200_400,
      changedAt: '2026-11-23T12:00:00Z',
    });
    expect((await api.post(at('/6/pause'))).body.revision).toBe(2);
    api.clock.now = Date.parse('2027-02-17T10:00:00Z');
    expect((await api.post(at('/6/resume'))).body).toMatchObject({
      state: 'active',
      changedAt: '2026-11-23T12:00:00Z',
      firing: { armed: true },
    });
  });

  test('by PATCH is the same as by its own address', async () => {
    await make();
    api.clock.now += 60_000;
    expect((await edit('6', { state: 'paused' })).body).toMatchObject({ changedAt: '2026-11-23T12:00:00Z' });
    expect((await edit('6', { state: 'active' })).body).toMatchObject({ changedAt: '2026-11-23T12:00:00Z' });
  });

  test('of a draft is a 409, and so is resuming it: it is activated', async () => {
    await make({ state: 'draft' });
    for (const what of ['pause', 'resume']) {
      expect(await api.post(at(`/6/${what}`))).toMatchObject({
        status: 409,
        body: { type: '/problems/invalid-transition' },
      });
    }
    api.clock.now += 60_000;
    expect((await edit('6', { state: 'active' })).body).toMatchObject({ changedAt: '2026-11-23T12:01:00Z' });
  });
});

describe('deleting', () => {
  test('takes away a campaign that never ran', async () => {
    await make();
    expect(await remove('6', '"2"')).toMatchObject({ status: 412 });
    expect(await api.call({ method: 'DELETE', path: at('/6') })).toMatchObject({ status: 428 });
    const gone = await remove('6', '"1"');
    expect([gone.status, gone.body]).toEqual([204, undefined]);
    expect((await api.call({ path: at('/6') })).status).toBe(404);
    expect((await remove('6')).status).toBe(404);
  });

  test('of the confirmation is a 409', async () => {
    expect(await remove('1')).toMatchObject({ status: 409, body: { type: '/problems/campaign-kept' } });
  });

  test('of one that has a run is a 409', async () => {
    const { campaignId } = await api.campaign(eventId);
    await api.trigger(eventId, campaignId, 'key-1');
    expect(await remove(campaignId)).toMatchObject({ status: 409, body: { type: '/problems/campaign-kept' } });
    expect((await read(campaignId)).campaignId).toBe(campaignId);
  });
});

test('a campaign of another event, or none, is a 404', async () => {
  await make();
  const other = await api.published();
  for (const path of [`/events/${other.eventId}/campaigns/6`, at('/99'), at('/0'), at('/1@s1'), at('/constructor')]) {
    for (const [method, suffix] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/pause'],
      ['POST', '/trigger'],
      ['GET', '/runs'],
      ['GET', '/runs/s1'],
      ['POST', '/runs/s1/release'],
    ] as const) {
      const headers = { 'if-match': '*', 'idempotency-key': 'k' };
      const body = suffix.endsWith('release') ? { action: 'drop' } : method === 'GET' ? undefined : {};
      const { status } = await api.call({ method, path: `${path}${suffix}`, headers, body });
      expect(status, `${method} ${path}${suffix}`).toBe(404);
    }
  }
});

test('nothing is shown that is only kept', async () => {
  await make();
  await api.deps.campaigns.arm({ eventId, campaignId: '6' }, { dueAt: 1_803_200_400, occasion: 's1' }, 1);
  for (const inner of ['due', 'dueAt', 'dueOccasion', 'lastRunAt', 'pk', 'sk', 'fact']) {
    expect(await read('6')).not.toHaveProperty(inner);
  }
});
