import { beforeEach, expect, test } from 'vitest';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const list = (query: Record<string, string> = {}) => api.call({ path: `/events/${eventId}/registrations`, query });
const nobody = '2m8r5w0yq6hd3n7b';

test('each person is shown with what they answered, what is owed to them, and nothing that opens a door', async () => {
  await api.register(eventId, 'Ada Moreau', { organisation: 'Ville de Blois', answers: { gauge: 'yes' } });
  const { status, body } = await list();
  expect(status).toBe(200);
  expect(body).toEqual({
    registrations: [
      {
        registrationId: expect.any(String),
        eventId,
        status: 'confirmed',
        name: 'Ada Moreau',
        email: expect.stringContaining('@example.org'),
        organisation: 'Ville de Blois',
        answers: { gauge: 'yes' },
        registeredAt: '2026-11-23T12:00:00Z',
        muted: false,
        bounced: false,
        attendance: 'unknown',
        evidence: 'none',
        deliveries: [],
        owed: { mails: ['confirmation'], seat: false, notBefore: '2026-11-23T12:00:00Z' },
      },
    ],
  });
  expect(JSON.stringify(body)).not.toContain('seed-of-links');
});

test('mails read by kind, oldest first, with what became of them', async () => {
  const row = await api.register(eventId, 'Ada Moreau');
  await api.deps.registrations.revise(row, (current) => ({
    row: {
      ...current,
      deliveries: {
        'resend@qabc-x1y2z3': 'skipped|1795435500|0|||bounced',
        '1@a1': 'delivered|1795435300|2|k2m4t8|1',
        '3@s1': 'sent|1795435400|1|k2m4t8|1',
      },
    },
  }));
  expect((await list()).body.registrations[0].deliveries).toEqual([
    {
      mail: 'confirmation',
      campaignId: '1',
      occasion: 'a1',
      state: 'delivered',
      at: '2026-11-23T12:01:40Z',
      attempts: 2,
      scheduleRevision: 1,
    },
    {
      mail: 'reminder',
      campaignId: '3',
      occasion: 's1',
      state: 'sent',
      at: '2026-11-23T12:03:20Z',
      attempts: 1,
      scheduleRevision: 1,
    },
    {
      mail: 'resend',
      occasion: 'qabc-x1y2z3',
      state: 'skipped',
      at: '2026-11-23T12:05:00Z',
      attempts: 0,
      reason: 'bounced',
    },
  ]);
});

test('somebody whose seat is not decided yet is owed a decision', async () => {
  await api.register(eventId, 'Ada Moreau', {}, true);
  expect((await list()).body.registrations).toMatchObject([{ status: 'applied', owed: { mails: [], seat: true } }]);
});

test('page by page, with a filter and without, everybody comes exactly once', async () => {
  for (let n = 0; n < 30; n++) await api.register(eventId, `Person ${n}`, {}, n % 3 === 0);
  for (const filter of [{}, { status: 'confirmed' }, { status: 'applied' }, { status: 'cancelled' }]) {
    const whole = (await list({ ...filter, limit: '100' })).body.registrations;
    for (const limit of ['1', '4', '7']) {
      const seen: { registrationId: string }[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await list({ ...filter, limit, ...(cursor && { cursor }) });
        seen.push(...body.registrations);
        cursor = body.next;
      } while (cursor);
      expect(seen).toEqual(whole);
      expect(new Set(seen.map(({ registrationId }) => registrationId)).size).toBe(seen.length);
    }
  }
  expect((await list({ limit: '100' })).body.registrations).toHaveLength(30);
  expect((await list({ status: 'applied', limit: '100' })).body.registrations).toHaveLength(10);
});

test('a cursor of another event or filter is a 400 that names it', async () => {
  for (let n = 0; n < 3; n++) await api.register(eventId, `Person ${n}`);
  const { next } = (await list({ limit: '1' })).body;
  const other = await api.published();
  const wrong = { status: 400, body: { errors: [{ parameter: 'cursor' }] } };
  expect(await api.call({ path: `/events/${other.eventId}/registrations`, query: { cursor: next } })).toMatchObject(
    wrong,
  );
  expect(await list({ cursor: next, status: 'confirmed' })).toMatchObject(wrong);
  expect(await list({ status: 'everybody' })).toMatchObject({
    status: 400,
    body: { errors: [{ parameter: 'status' }] },
  });
});

test('people of an event that is not there are a 404', async () => {
  expect((await api.call({ path: '/events/7f3kq9x2m4t8c1vz/registrations' })).status).toBe(404);
});

test('a registration is mailed again once, however often it is asked for', async () => {
  const { registrationId } = await api.register(eventId, 'Ada Moreau');
  const resend = () => api.post(`/events/${eventId}/registrations/${registrationId}/resend`);
  expect(await resend()).toMatchObject({
    status: 202,
    body: { registrationId, owed: { mails: ['confirmation', 'resend'] } },
  });
  expect(await resend()).toMatchObject({ status: 202, body: { owed: { mails: ['confirmation', 'resend'] } } });
  expect(api.committed.filter(({ after }) => after?.['fact'] === 'mail.requested')).toHaveLength(1);
});

test('while nobody knows what became of the last such mail, there is no next one', async () => {
  const row = await api.register(eventId, 'Ada Moreau');
  await api.deps.registrations.revise(row, (current) => ({
    row: { ...current, deliveries: { 'resend@qabc-x1y2z3': 'claimed|1795435300|1|k2m4t8' } },
  }));
  expect(await api.post(`/events/${eventId}/registrations/${row.registrationId}/resend`)).toMatchObject({
    status: 409,
    body: { type: '/problems/mail-under-way' },
  });
});

test('somebody of another event, or nobody, is a 404', async () => {
  const { registrationId } = await api.register(eventId, 'Ada Moreau');
  const other = await api.published();
  for (const path of [
    `/events/${other.eventId}/registrations/${registrationId}/resend`,
    `/events/${eventId}/registrations/${nobody}/resend`,
    `/events/${eventId}/registrations/nobody/resend`,
  ]) {
    expect((await api.post(path)).status).toBe(404);
  }
});
