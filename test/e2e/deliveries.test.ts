import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { crowd } from '#test/support/crowd.ts';
import { deployed, settled, until } from '#test/support/deployed.ts';

const app = deployed();
const { siteUrl, apiKey } = inject('localAws');
const run = promisify(execFile);

/** The command as somebody types it. */
const deliveries = async (...args: string[]) => {
  const env = { PATH: process.env.PATH, ROLLCALL_API_KEY: apiKey };
  const { stdout } = await run(process.execPath, ['tools/deliveries.ts', ...args, '--api', siteUrl], { env });
  return stdout;
};

interface Listed {
  readonly counts: {
    readonly mail: string;
    readonly reason: string;
    readonly count: number;
    readonly releasable: number;
  }[];
}
const list = async (eventId: string) => (await app.call<Listed>('GET', `/api/v1/events/${eventId}/deliveries`)).body;

test('what SES refused is listed, released by the command under a pause, and sent once when that ends', async () => {
  const { eventId, slug } = await app.event();
  const host = `${slug}.example.org`;
  const refused = [`refused0@${host}`, `refused1@${host}`];
  for (const email of refused) {
    await app.fault(email, 'bad-request');
    await app.register(slug, email);
  }
  await app.register(slug, `fine@${host}`);
  await until('two confirmations to have failed', async () => (await list(eventId)).counts[0]?.count === 2);

  // A run of which one mail is refused, and which is over by then.
  await crowd(eventId, 6, host);
  await app.fault(`person3@${host}`, 'bad-request');
  const path = `/api/v1/events/${eventId}/campaigns`;
  const body = { name: 'Room change', kind: 'announcement', state: 'active', trigger: { manual: true } };
  const { campaignId } = (await app.call<{ campaignId: string }>('POST', path, { body })).body;
  const headers = { 'idempotency-key': crypto.randomUUID() };
  expect(await app.call('POST', `${path}/${campaignId}/trigger`, { headers })).toMatchObject({ status: 202 });
  const runOf = async () =>
    (await app.call<{ runs: { state: string; counts: object }[] }>('GET', `${path}/${campaignId}/runs`)).body.runs[0];
  const finished = (what: string) =>
    until(
      what,
      async () => {
        await app.sweep();
        await settled(1000);
        return (await runOf())?.state === 'finished';
      },
      90_000,
    );
  await finished('the run to finish');
  expect(await runOf()).toMatchObject({ counts: { sent: 8, failed: 1 } });

  expect((await list(eventId)).counts).toEqual([
    { mail: 'confirmation', campaignId: '1', reason: 'BadRequestException', count: 2, releasable: 2, left: {} },
    { mail: 'announcement', campaignId, reason: 'BadRequestException', count: 1, releasable: 1, left: {} },
  ]);
  await app.sweep();
  await settled(2000);
  for (const email of refused) expect(await app.wire(email)).toHaveLength(2);

  expect((await app.call('POST', '/api/v1/sending/pause', { body: {} })).status).toBe(200);
  try {
    expect(await deliveries('list', '--event', eventId)).toMatch(/confirmation +1 +BadRequestException +2 +2/);
    expect(await deliveries('release', '--event', eventId, '--yes')).toContain(`${eventId}: 3 owed again`);
    await app.sweep();
    await settled(4000);
    for (const email of refused) expect(await app.wire(email)).toHaveLength(2);
  } finally {
    expect((await app.call('POST', '/api/v1/sending/resume')).status).toBe(200);
  }
  await finished('the run to finish again');
  const greeted = async (email: string) => (await app.mails(email)).length;
  for (const email of refused) await until(`both mails to ${email}`, async () => (await greeted(email)) === 2);
  expect(await runOf()).toMatchObject({ counts: { sent: 9, failed: 0 } });
  expect(await deliveries('release', '--event', eventId, '--yes')).toContain('No such mail failed.');
  await app.sweep();
  await settled(3000);

  // The announcement, and the confirmation of whoever registered: each once, after one refusal.
  for (const email of refused) expect(await app.wire(email)).toHaveLength(3);
  expect(await app.wire(`person3@${host}`)).toHaveLength(2);
  expect(await greeted(`person3@${host}`)).toBe(1);
  expect(await greeted(`fine@${host}`)).toBe(2);
  const people = await app.people(eventId);
  const id = people.find(({ email }) => email === refused[0])?.registrationId;
  const timeline = await app.call<{ entries: { what: string; note: string }[] }>(
    'GET',
    `/api/v1/events/${eventId}/registrations/${id}/timeline`,
  );
  expect(timeline.body.entries.filter(({ what }) => what === 'released')).toMatchObject([
    { note: expect.stringMatching(/^The confirmation was released by the organiser with the API key \w+/) },
  ]);
}, 240_000);
