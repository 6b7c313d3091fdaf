import { expect, test } from 'vitest';
import { crowd } from '#test/support/crowd.ts';
import { deployed, linkIn, settled, until } from '#test/support/deployed.ts';
import { traces } from '#test/support/traces.ts';

const app = deployed();
const OTHERS = 60;

test('erased during a running campaign: no further mail, and no trace of them in table, queues, logs and facts', async () => {
  const began = Date.now();
  const look = traces();
  const bus = await look.listen();
  const canary = `quetzal${crypto.randomUUID().slice(0, 8)}`;
  const { eventId, slug } = await app.event({ capacity: OTHERS + 5, questions: [QUESTION] });
  const host = `${slug}.example.org`;
  const email = `${canary}@${host}`;
  const about = {
    name: `Canary ${canary}`,
    organisation: `Nest of ${canary}`,
    answers: { needs: `Seeds for ${canary}` },
  };
  expect(await app.register(slug, email, about)).toMatchObject({ status: 202 });
  const confirmation = await until('the confirmation', async () => (await app.mails(email))[0]);
  await until('the receipt', async () => (await app.people(eventId))[0]?.deliveries[0]?.state === 'delivered');
  const token = linkIn(confirmation, 'r').split('/').at(-1) ?? '';
  const registrationId = String((await app.people(eventId))[0]?.registrationId);
  await crowd(eventId, OTHERS, host);

  const campaigns = `/api/v1/events/${eventId}/campaigns`;
  const body = { name: 'News', kind: 'announcement', state: 'active', trigger: { manual: true } };
  const made = await app.call<{ campaignId: string }>('POST', campaigns, { body });
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const trigger = `${campaigns}/${made.body.campaignId}/trigger`;
  expect(await app.call('POST', trigger, { body: {}, headers })).toMatchObject({ status: 202 });
  const erased = `/api/v1/events/${eventId}/registrations/${registrationId}`;
  expect(await app.call('DELETE', erased)).toMatchObject({ status: 204 });
  const answered = Date.now();

  const runs = `${campaigns}/${made.body.campaignId}/runs`;
  await until(
    'the run to finish',
    async () => {
      await app.sweep();
      await settled(1000);
      const { body: page } = await app.call<{ runs: { state: string }[] }>('GET', runs);
      return page.runs[0]?.state === 'finished';
    },
    120_000,
  );
  const late = (await app.wire(email)).filter(({ at }) => Date.parse(at) > answered + 2000);
  expect(late).toEqual([]);
  expect(await app.call('GET', erased)).toMatchObject({ status: 404 });
  expect((await fetch(new URL(`/r/${token}`, app.siteUrl))).status).toBe(404);

  const left = async () =>
    (await look.table()).filter((item) => item.includes(canary) || item.includes(registrationId));
  await until('the last trace to go', async () => (await left()).length === 0);
  const said = [...(await look.messages()), ...(await look.lines(began)), ...(await bus.heard())];
  await bus.stop();
  expect(said.length).toBeGreaterThan(OTHERS);
  expect(said.filter((each) => each.includes(canary) || each.includes(token))).toEqual([]);
}, 240_000);

const QUESTION = { id: 'needs', label: 'What do you need?', type: 'text' };
