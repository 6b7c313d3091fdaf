import { beforeEach, expect, test } from 'vitest';
import { TransactionRefused } from '#shared/store/table.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
let campaignId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
  ({ campaignId } = await api.campaign(eventId));
});

/** Has somebody else do something between every reading and the write that follows it. */
function meanwhile(
  method: 'update' | 'transact' | 'put',
  act: () => Promise<void>,
  times = Number.POSITIVE_INFINITY,
): void {
  const real = api.table[method] as (...args: unknown[]) => Promise<unknown>;
  let [left, inside] = [times, false];
  Object.assign(api.table, {
    async [method](...args: unknown[]) {
      if (!inside && left > 0) {
        left -= 1;
        inside = true;
        await act().finally(() => {
          inside = false;
        });
      }
      return real(...args);
    },
  });
}

const conflict = async () => {
  throw new TransactionRefused([], true);
};
const editEvent = async () => {
  const { body } = await api.call({ path: `/events/${eventId}` });
  const answer = await api.patch(eventId, { strapline: `Revision ${body.revision}` }, `"${body.revision}"`);
  expect(answer.status).toBe(200);
};
const editCampaign = async () => {
  const path = `/events/${eventId}/campaigns/${campaignId}`;
  const { body } = await api.call({ path });
  const headers = { 'if-match': `"${body.revision}"` };
  const answer = await api.call({ method: 'PATCH', path, body: { name: `Revision ${body.revision}` }, headers });
  expect(answer.status).toBe(200);
};

test.each([
  ['event', editEvent],
  ['campaign', editCampaign],
])('no edit overtakes the stop of an %s, however many come', async (what, edit) => {
  const path = what === 'event' ? `/events/${eventId}` : `/events/${eventId}/campaigns/${campaignId}`;
  meanwhile('update', edit);
  const [paused, resumed] = [await api.post(`${path}/pause`), await api.post(`${path}/resume`)];
  expect([paused.status, resumed.status]).toEqual([200, 200]);
  expect([paused.body.paused ?? paused.body.state, resumed.body.paused ?? resumed.body.state]).toEqual(
    what === 'event' ? [true, false] : ['paused', 'active'],
  );
});

test.each(['/pause', '/resume'])('transactions that are under way delay %s, and do not refuse it', async (stop) => {
  const [event, campaign] = [`/events/${eventId}`, `/events/${eventId}/campaigns/${campaignId}`];
  if (stop === '/resume') for (const path of [event, campaign, '/sending']) await api.post(`${path}/pause`);
  for (const [path, method] of [
    [event, 'update'],
    [campaign, 'update'],
    ['/sending', 'put'],
  ] as const) {
    api.slept.splice(0);
    meanwhile(method, conflict, 6);
    expect(await api.post(`${path}${stop}`)).toMatchObject({ status: 200 });
    expect(api.slept).toHaveLength(6);
  }
});

test('a stop that never gets a turn says so as what passes, with when to try again, and no revision', async () => {
  meanwhile('update', conflict);
  const { status, headers, body } = await api.post(`/events/${eventId}/pause`);
  expect([status, headers['retry-after'], body.type]).toEqual([503, '1', '/problems/busy']);
  expect(api.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(4000);
});

test.each(['postpone', 'cancel'])('%s without a revision is done to the newest, whatever is edited', async (what) => {
  meanwhile('transact', editEvent, 5);
  expect(await api.post(`/events/${eventId}/${what}`)).toMatchObject({ status: 200 });
});

test('whoever names a revision is told at once that it is not the present one', async () => {
  const headers = { 'if-match': '"1"' };
  const path = `/events/${eventId}/cancel`;
  expect(await api.call({ method: 'POST', path, headers })).toMatchObject({ status: 412 });
  expect(api.slept).toEqual([]);
});

test('nobody who named no revision is told that theirs is stale', async () => {
  meanwhile('transact', editEvent);
  expect(await api.post(`/events/${eventId}/cancel`)).toMatchObject({ status: 503, body: { type: '/problems/busy' } });
  const headers = { 'if-match': '*' };
  const answer = await api.call({ method: 'POST', path: `/events/${eventId}/postpone`, headers });
  expect(answer).toMatchObject({ status: 503 });
});

test('a pause is one write of a unit or two, and a fact', async () => {
  api.committed.splice(0);
  await api.post(`/events/${eventId}/pause`);
  expect(api.committed.map(({ after }) => after?.['fact'])).toEqual(['event.changed']);
});
