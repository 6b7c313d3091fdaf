import { beforeEach, expect, test } from 'vitest';
import { ORGANISER_ID } from '#shared/domain/ids.ts';
import { testedCampaign } from '#shared/domain/mail-key.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const send = (campaignId = '3') => api.post(`/events/${eventId}/campaigns/${campaignId}/test-send`);
const row = async () => {
  const found = await api.deps.registrations.get(eventId, ORGANISER_ID);
  if (!found) throw new Error('The organiser has no row');
  return found;
};

test('a test is owed to the organiser, and to nobody else', async () => {
  await api.register(eventId, 'Ada');
  api.committed.splice(0);
  expect(await send()).toMatchObject({
    status: 202,
    body: { campaignId: '3', to: 'events@example.org', reachable: true },
  });
  const { greetDue = new Set(), greetDueAt, email } = await row();
  expect([email, greetDueAt]).toEqual(['events@example.org', api.clock.now / 1000]);
  expect([...greetDue].map((key) => [key.split('@')[0], testedCampaign(key)])).toEqual([['test-send', '3']]);
  expect(new Set(api.committed.map(({ after }) => after?.sk))).toEqual(new Set(['ORGMAIL']));
  expect(api.committed.filter(({ after }) => after?.['fact'] === 'mail.requested')).toHaveLength(1);
});

test('each is a mail of its own', async () => {
  await send('3');
  await send('3');
  await send('4');
  expect((await row()).greetDue?.size).toBe(3);
});

test('ten may be on their way; the next has to wait until one has gone', async () => {
  for (let n = 0; n < 10; n++) expect((await send()).status).toBe(202);
  expect(await send()).toMatchObject({ status: 409, body: { type: '/problems/mail-under-way' } });
  const { greetDue = new Set() } = await row();
  const [first = ''] = greetDue;
  await api.deps.registrations.revise(await row(), (current) => ({
    row: {
      ...current,
      greetDue: new Set([...greetDue].slice(1)),
      deliveries: { [first]: `claimed|${api.clock.now / 1000}|1|k2m4t8` },
    },
  }));
  expect((await send()).status).toBe(409);
  await api.deps.registrations.revise(await row(), (current) => ({
    row: { ...current, deliveries: { [first]: `sent|${api.clock.now / 1000}|1|k2m4t8` } },
  }));
  expect((await send()).status).toBe(202);
});

test('it goes to whoever organises the event now', async () => {
  await send();
  await api.organisers.prove('new@example.org', 1);
  await api.patch(eventId, { organiser: { email: 'new@example.org' } }, '*');
  expect((await send()).body.to).toBe('new@example.org');
  expect((await row()).email).toBe('new@example.org');
});

test('where the stage does not reach that address, the answer says so', async () => {
  await api.organisers.prove('away@unreachable.example', 1);
  await api.patch(eventId, { organiser: { email: 'away@unreachable.example' } }, '*');
  expect((await send()).body).toMatchObject({ to: 'away@unreachable.example', reachable: false });
});

test('a draft can be tested, and what does not exist cannot', async () => {
  const { campaignId } = await api.campaign(eventId, { state: 'draft' });
  expect((await send(campaignId)).status).toBe(202);
  for (const other of ['99', 'change', '0']) expect((await send(other)).status).toBe(404);
});

test('the organiser’s row is nobody’s registration', async () => {
  await send();
  const path = `/events/${eventId}/registrations`;
  expect((await api.call({ path })).body.registrations).toEqual([]);
  expect((await api.call({ path: `${path}/${ORGANISER_ID}/timeline` })).status).toBe(404);
  expect((await api.post(`${path}/${ORGANISER_ID}/resend`)).status).toBe(404);
  expect((await api.call({ path: `/events/${eventId}/campaigns/3/plan` })).body.people).toEqual([]);
});
