import { afterAll, beforeAll, expect, test } from 'vitest';
import { StageSettings } from '#infra/stage.ts';
import { stages } from '#infra/stages.ts';
import { atMost } from '#test/support/at-most.ts';
import { deadLetters } from '#test/support/dead-letters.ts';
import { deployed, settled, until } from '#test/support/deployed.ts';
import { lambdaCounts } from '#test/support/local-control.ts';
import { sendAt } from '#test/support/sending-rate.ts';

const app = deployed();
const PEOPLE = 200;
const MINUTE = 60_000;
/** So slow that workers of the lanes wait for the turn of their mails, and keep their Lambdas. */
const RATE = 5;
const { sendNow, sendTimed, sendBulk } = StageSettings.shape.workers.parse(stages.prod?.workers);
const { SendFunctionName, SendTimedFunctionName, SendBulkFunctionName } = app.outputs;
let undo: (() => Promise<unknown>)[] = [];

/** A new account: ten Lambdas in all, of which the lanes have what a stage lets them have there. */
beforeAll(async () => {
  const { concurrency } = await lambdaCounts(app.endpoint);
  const lanes = { [`${SendFunctionName}`]: sendNow, [`${SendTimedFunctionName}`]: sendTimed };
  const workers = await atMost(app.endpoint, { ...lanes, [`${SendBulkFunctionName}`]: sendBulk });
  const rate = await sendAt(RATE, app);
  undo = [() => lambdaCounts(app.endpoint, concurrency), () => atMost(app.endpoint, workers), () => sendAt(rate, app)];
  await lambdaCounts(app.endpoint, 10);
});
afterAll(() => Promise.all(undo.map((each) => each())));

/** Registers as a person does who is told that the site is busy: again, a moment later. */
async function register(slug: string, email: string): Promise<void> {
  await until(`${email} to be registered`, async () => (await app.register(slug, email)).status === 202, 2 * MINUTE);
}

test(
  'with ten Lambdas in all, 200 registrations at once and a run to all 200 lose nothing to a dead-letter queue',
  async () => {
    const dead = await deadLetters(app.endpoint);
    const { eventId, slug } = await app.event();
    const address = (n: number) => `person${n}@${slug}.example.org`;
    await Promise.all(Array.from({ length: PEOPLE }, (_, n) => register(slug, address(n))));
    const mailsEach = (count: number) =>
      until(
        `everybody to have ${count} mails`,
        async () => {
          const mailbox = await app.mailbox();
          return Array.from({ length: PEOPLE }, (_, n) => mailbox.get(address(n))?.length).every((n) => n === count);
        },
        5 * MINUTE,
      );
    await mailsEach(1);

    const campaigns = `/api/v1/events/${eventId}/campaigns`;
    const made = await app.call<{ campaignId: string }>('POST', campaigns, {
      body: { name: 'To all', state: 'active', kind: 'announcement', trigger: { manual: true } },
    });
    const triggered = await app.call('POST', `${campaigns}/${made.body.campaignId}/trigger`, {
      body: { expect: PEOPLE },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(triggered.status).toBe(202);
    await mailsEach(2);
    await settled(2000);

    expect((await app.wire(`${slug}.example.org`)).length).toBe(2 * PEOPLE);
    const counts = await lambdaCounts(app.endpoint);
    expect(Object.keys(counts.throttled).length).toBeGreaterThan(0);
    expect(await deadLetters(app.endpoint)).toEqual(dead);
  },
  15 * MINUTE,
);
