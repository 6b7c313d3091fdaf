import { beforeEach, describe, expect, test } from 'vitest';
import { ORGANISER_ID } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Transition } from '#shared/store/registrations.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const REFUSED = 'failed|1795435000|1|k2m4t8|1|MessageRejected';
/** Somebody whose mails came to that. */
const having = (name: string, deliveries: Record<string, string>, other: Partial<Registration> = {}) =>
  api.welcomed(eventId, name, { deliveries, ...other });
const refused = (name: string, other: Partial<Registration> = {}) => having(name, { '1@a1': REFUSED }, other);
const rowOf = async ({ registrationId }: Pick<Registration, 'registrationId'>) =>
  (await api.deps.registrations.get(eventId, registrationId)) as Registration;
const list = (query: Record<string, string> = {}, key?: string) =>
  api.call({ path: `/events/${eventId}/deliveries`, query, ...(key !== undefined && { key }) });
const release = (body?: unknown, query: Record<string, string> = {}) =>
  api.call({ method: 'POST', path: `/events/${eventId}/deliveries/release`, body, query });
/** An announcement that went to everybody, and is over. */
async function announced() {
  const { campaignId } = await api.campaign(eventId);
  const { runId } = (await api.trigger(eventId, campaignId, 'a-key')).body;
  const id = { eventId, campaignId, occasion: runId };
  const run = async () => {
    const found = await api.deps.runs.get(id);
    if (!found) throw new Error('The run is gone');
    return found;
  };
  await api.deps.runs.finish(await run(), api.clock.now / 1000);
  api.fannedOut.length = 0;
  return { campaignId, mailKey: `${campaignId}@${runId}`, run };
}

describe('the list of what failed', () => {
  test('counts everybody by kind and reason, and says how many a release would send', async () => {
    const { mailKey, campaignId } = await announced();
    await refused('Ada');
    await refused('Bea', { status: 'cancelled', cancelledAt: '2026-11-23T11:00:00Z' });
    await having('Cleo', { '1@a1': 'delivered|1|1|k2m4t8|1', [mailKey]: 'failed|1795435000|1|k2m4t8' });
    await having('Dora', { '1@a1': 'held|1795435000|2|k2m4t8|1|in-doubt' });
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body.counts).toEqual([
      {
        mail: 'confirmation',
        campaignId: '1',
        reason: 'MessageRejected',
        count: 2,
        releasable: 1,
        left: { 'registration-cancelled': 1 },
      },
      { mail: 'announcement', campaignId, reason: 'unknown', count: 1, releasable: 1, left: {} },
    ]);
    expect(body.people).toHaveLength(3);
    expect((await list({ state: 'held' })).body).toMatchObject({ state: 'held', counts: [{ count: 1 }] });
  });

  test('shows page by page whom, which mails and since when; names only to keys that may see them', async () => {
    for (let n = 0; n < 7; n++) await refused(`Person ${n}`);
    await api.welcomed(eventId, 'Somebody else');
    const key = await api.makeKey({ scopes: ['campaigns:read'] });
    const first = await list({ limit: '3' }, key);
    expect(first.body.people[0]).toEqual({
      registrationId: expect.any(String),
      mails: [
        {
          mail: 'confirmation',
          campaignId: '1',
          occasion: 'a1',
          reason: 'MessageRejected',
          at: new Date(1795435000 * 1000).toISOString().replace('.000', ''),
          releasable: true,
        },
      ],
    });
    const seen: string[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { body } = await list({ limit: '3', ...(next && { cursor: next }) });
      expect(body.counts === undefined).toBe(next !== '');
      seen.push(...body.people.map(({ name }: { name: string }) => name));
      next = body.next;
    }
    expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, n) => `Person ${n}`));
  });

  test('can be of one kind, campaign and reason', async () => {
    const { mailKey, campaignId } = await announced();
    await having('Ada', { '1@a1': REFUSED, [mailKey]: REFUSED.replace('MessageRejected', 'rejected-by-ses') });
    const mails = async (query: Record<string, string>) =>
      (await list(query)).body.counts.map(({ mail }: { mail: string }) => mail);
    expect(await mails({ kind: 'announcement' })).toEqual(['announcement']);
    expect(await mails({ campaign: '1' })).toEqual(['confirmation']);
    expect(await mails({ reason: 'rejected-by-ses', campaign: campaignId })).toEqual(['announcement']);
    expect(await mails({ reason: 'rejected-by-ses', campaign: '1' })).toEqual([]);
  });

  test('counts mail to the organiser, whom no page shows', async () => {
    await api.post(`/events/${eventId}/campaigns/1/test-send`);
    const row = (await api.deps.registrations.get(eventId, ORGANISER_ID)) as Registration;
    const [mailKey = ''] = [...(row.greetDue ?? [])];
    const { greetDue: _, greetDueAt: __, ...settled } = row;
    await api.deps.registrations.revise(row, () => ({ row: { ...settled, deliveries: { [mailKey]: REFUSED } } }));
    expect((await list()).body).toMatchObject({ counts: [{ mail: 'test-send', count: 1, releasable: 1 }], people: [] });
    expect((await release({ kinds: ['test-send'] })).body).toEqual({ owed: 1, left: {} });
    const again = (await api.deps.registrations.get(eventId, ORGANISER_ID)) as Registration;
    expect(again.greetDue).toEqual(new Set([mailKey]));
  });

  test('changes nothing', async () => {
    await refused('Ada');
    api.committed.length = 0;
    await list();
    expect(api.committed).toEqual([]);
  });
});

describe('a release', () => {
  test('of all that failed has what has no run owed, and says so at once to whoever sends', async () => {
    const [ada, bea] = [await refused('Ada'), await api.welcomed(eventId, 'Bea')];
    api.committed.length = 0;
    expect(await release()).toMatchObject({ status: 200, body: { owed: 1, left: {} } });
    expect(await rowOf(ada)).toMatchObject({ deliveries: {}, greetDue: new Set(['1@a1']) });
    expect((await rowOf(bea)).deliveries['1@a1']).toMatch(/^delivered/);
    expect(api.committed.map(({ after }) => after?.fact)).toEqual(['mail.requested']);
    expect((await release()).body).toEqual({ owed: 0, left: {} });
  });

  test('of what has a run opens it again: a pass begins before the first entry goes, and one after the last', async () => {
    const { mailKey, run } = await announced();
    const people = [await having('Ada', { [mailKey]: REFUSED }), await having('Bea', { [mailKey]: REFUSED })];
    const before = await run();
    expect((await release({ kinds: ['announcement'] })).body).toEqual({ owed: 2, left: {} });
    for (const person of people) expect(await rowOf(person)).toMatchObject({ deliveries: {} });
    const after = await run();
    expect(after.finishedAt).toBeUndefined();
    expect(after.pass).toBe(before.pass + 2);
    expect(api.fannedOut.map(({ pass, shard }) => [pass, shard])).toEqual(
      Array.from({ length: 8 }, (_, shard) => [after.pass, shard]),
    );
  });

  test('killed after the entries went leaves the run open for the sweep', async () => {
    const { mailKey, run } = await announced();
    const ada = await having('Ada', { [mailKey]: REFUSED });
    const { update } = api.table;
    let passes = 0;
    api.table.update = async (change) => {
      if (change.sk.startsWith('RUN#') && ++passes === 2) throw new Error('killed');
      return update(change);
    };
    expect((await release()).status).toBe(500);
    expect((await rowOf(ada)).deliveries).toEqual({});
    expect((await run()).finishedAt).toBeUndefined();
    expect(await api.deps.runs.unfinished()).toHaveLength(1);
  });

  test('leaves what would come too late as it is, and counts it as expired', async () => {
    const ada = await refused('Ada');
    api.clock.now = Date.parse('2027-02-18T13:00:00Z');
    expect((await release()).body).toEqual({ owed: 0, left: { expired: 1 } });
    expect((await rowOf(ada)).deliveries['1@a1']).toBe(REFUSED);
  });

  test('asked twice at once sends each once', async () => {
    for (let n = 0; n < 20; n++) await refused(`Person ${n}`);
    const answers = await Promise.all([release(), release(), release()]);
    expect(answers.reduce((sum, { body }) => sum + body.owed, 0)).toBe(20);
    expect(api.committed.filter(({ after }) => after?.fact === 'mail.requested')).toHaveLength(20);
  });

  test('does nothing to somebody who is erased, or told by a receipt, meanwhile', async () => {
    const [ada, bea] = [await refused('Ada'), await refused('Bea')];
    const { revise } = api.deps.registrations;
    let meddled = false;
    api.deps.registrations.revise = async (row, transition) => {
      if (!meddled) {
        meddled = true;
        await api.call({ method: 'DELETE', path: `/events/${eventId}/registrations/${ada.registrationId}` });
        const arrived: Transition = (current) => ({
          row: { ...current, deliveries: { '1@a1': 'delivered|1795435400|1|k2m4t8|1' } },
        });
        await revise(await rowOf(bea), arrived);
      }
      return revise(row, transition);
    };
    expect((await release()).body).toEqual({ owed: 0, left: {} });
    expect(await rowOf(ada)).toBeUndefined();
    expect(await rowOf(bea)).toMatchObject({ deliveries: { '1@a1': expect.stringMatching(/^delivered/) } });
  });

  describe('repeated with its name twenty minutes later', () => {
    const named = (body: unknown = {}) =>
      api.call({
        method: 'POST',
        path: `/events/${eventId}/deliveries/release`,
        body,
        headers: { 'idempotency-key': 'morning' },
      });
    const later = (minutes: number) => {
      api.clock.now += minutes * 60_000;
      return api.clock.now / 1000;
    };
    /** What became of somebody's mail after it was released. */
    const endsAs = (person: Registration, entry: string) =>
      api.deps.registrations.revise(person, (row) => ({ row: { ...row, deliveries: { '1@a1': entry } } }));

    test.each([
      ['failed', 'MessageRejected'],
      ['held', 'in-doubt'],
    ])('leaves alone what ended %s again meanwhile', async (state, reason) => {
      const ada = await having('Ada', { '1@a1': `${state}|1795435000|1|k2m4t8|1|${reason}` });
      expect((await named({ state })).body).toEqual({ owed: 1, left: {} });
      const again = `${state}|${later(1)}|2|k2m4t8|1|${reason}`;
      await endsAs(ada, again);
      later(19);
      const repeat = await named({ state });
      expect(repeat).toMatchObject({ status: 200, headers: { 'idempotent-replayed': 'true' } });
      expect(repeat.body).toEqual({ owed: 0, left: {} });
      expect((await rowOf(ada)).deliveries['1@a1']).toBe(again);
      // Another word has it sent.
      expect((await release({ state })).body).toEqual({ owed: 1, left: {} });
    });

    test('because the first died does the rest, and leaves alone what failed again meanwhile', async () => {
      const people = [await refused('Ada'), await refused('Bea')];
      const { revise } = api.deps.registrations;
      let calls = 0;
      api.deps.registrations.revise = async (...args) => {
        if (++calls === 2) throw new Error('killed');
        return revise(...args);
      };
      expect((await named()).status).toBe(500);
      const rows = await Promise.all(people.map(rowOf));
      const done = rows.filter(({ deliveries }) => deliveries['1@a1'] === undefined);
      expect(done).toHaveLength(1);
      const again = `failed|${later(1)}|2|k2m4t8|1|MessageRejected`;
      for (const person of done) await endsAs(person, again);
      later(19);
      expect((await named()).body).toEqual({ owed: 1, left: {} });
      for (const person of done) expect((await rowOf(person)).deliveries['1@a1']).toBe(again);
    });

    test('a day and more later is another release', async () => {
      const ada = await refused('Ada');
      await named();
      await endsAs(ada, `failed|${later(1)}|2|k2m4t8|1|MessageRejected`);
      later(24 * 60);
      expect((await named()).body).toEqual({ owed: 1, left: {} });
    });
  });

  test('decides from what another person saved meanwhile, not from what was read', async () => {
    const ada = await refused('Ada');
    const { revise } = api.deps.registrations;
    let meddled = false;
    api.deps.registrations.revise = async (row, transition) => {
      if (!meddled) {
        meddled = true;
        await api.post(`/events/${eventId}/registrations/${ada.registrationId}/cancel`);
      }
      return revise(row, transition);
    };
    expect((await release()).body).toEqual({ owed: 0, left: { 'registration-cancelled': 1 } });
    expect((await rowOf(ada)).deliveries['1@a1']).toBe(REFUSED);
  });

  test('is told in the timeline: by which key, and why it was needed', async () => {
    const ada = await refused('Ada');
    await release();
    const { body } = await api.call({ path: `/events/${eventId}/registrations/${ada.registrationId}/timeline` });
    const entries = body.entries as { what: string; note: string; at: string }[];
    expect(entries.find(({ what }) => what === 'released')).toMatchObject({
      mail: 'confirmation',
      at: '2026-11-23T12:00:00Z',
      reason: 'MessageRejected',
      note: expect.stringMatching(
        /^The confirmation was released by the organiser with the API key \w+, to be sent again: it could not be sent, because/,
      ),
    });
    expect(entries.some(({ what }) => what === 'will-be-sent')).toBe(true);
  });

  test('tried dry says what it would do, and changes nothing', async () => {
    await refused('Ada');
    await refused('Bea', { bounced: true });
    api.committed.length = 0;
    expect((await release({}, { dryRun: 'true' })).body).toEqual({ dryRun: true, owed: 1, left: { bounced: 1 } });
    expect(api.committed).toEqual([]);
    expect((await release()).body).toEqual({ owed: 1, left: { bounced: 1 } });
  });

  test('of an event that is not there is a 404', async () => {
    const path = '/events/0000000000000000/deliveries';
    expect((await api.call({ path })).status).toBe(404);
    expect((await api.post(`${path}/release`, {})).status).toBe(404);
  });
});

describe('more than a thousand', () => {
  beforeEach(async () => {
    for (let n = 0; n <= 1000; n++) await refused(`Person ${n}`);
  });

  test('are sent only to whoever says how many at most', { timeout: 60_000 }, async () => {
    for (const body of [{}, { expect: 1000 }]) {
      expect(await release(body)).toMatchObject({
        status: 409,
        body: { type: '/problems/expectation-needed', detail: expect.stringContaining('"expect": 1001') },
      });
    }
    expect((await release({ expect: 1001 })).body).toEqual({ owed: 1001, left: {} });
    // A repeat of it finds nothing more.
    expect((await release({ expect: 1001 })).body).toEqual({ owed: 0, left: {} });
  });
});

test.each([
  ['another state', { state: 'sent' }, '#/state'],
  ['an unknown kind', { kinds: ['newsletter'] }, '#/kinds/0'],
  ['no kind', { kinds: [] }, '#/kinds'],
  ['a kind that is no list', { kinds: 'confirmation' }, '#/kinds'],
  ['a campaign that is no number', { campaigns: ['change'] }, '#/campaigns/0'],
  ['a reason that is none', { reasons: ['a b'] }, '#/reasons/0'],
  ['an expectation below nothing', { expect: -1 }, '#/expect'],
  ['another word', { all: true }, '#/all'],
  ['a list', [], '#'],
])('a release with %s is a 400 that names it', async (_, body, pointer) => {
  const answer = await release(body);
  expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, pointer]);
});

test.each([
  ['state', { state: 'sent' }],
  ['kind', { kind: 'newsletter' }],
  ['campaign', { campaign: '0' }],
  ['reason', { reason: 'a b' }],
  ['limit', { limit: '101' }],
  ['cursor', { cursor: 'x' }],
  ['q', { q: 'Ada' }],
])('a list with a wrong %s is a 400 that names it', async (parameter, query) => {
  const { status, body } = await list(query as Record<string, string>);
  expect([status, body.errors[0].parameter]).toEqual([400, parameter]);
});

test('a cursor is good for its own request and no other', async () => {
  const forged = `${Buffer.from('{"shard":9,"since":0}').toString('base64url')}.AAAAAAAA`;
  for (const cursor of ['x', forged]) expect((await release({ cursor })).status).toBe(400);
});
