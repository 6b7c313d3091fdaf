import { afterAll, beforeAll, expect, test } from 'vitest';
import { crowd } from '#test/support/crowd.ts';
import { deadLetters } from '#test/support/dead-letters.ts';
import { deployed, until } from '#test/support/deployed.ts';
import { lambdaCounts } from '#test/support/local-control.ts';
import { sendAt } from '#test/support/sending-rate.ts';

const app = deployed();
const PEOPLE = 300;
const MINUTE = 60_000;
let rate: number;

beforeAll(async () => {
  rate = await sendAt(1, app);
});
afterAll(() => sendAt(rate, app));

test(
  'at one mail a second, 300 people get their mail, each once: no function runs too often in one chain',
  async () => {
    const [dead, { concurrency }] = [await deadLetters(app.endpoint), await lambdaCounts(app.endpoint)];
    await lambdaCounts(app.endpoint, concurrency);
    const { eventId, slug } = await app.event();
    const host = `${slug}.example.org`;
    await crowd(eventId, PEOPLE, host);
    const campaigns = `/api/v1/events/${eventId}/campaigns`;
    const made = await app.call<{ campaignId: string }>('POST', campaigns, {
      body: { name: 'To all', state: 'active', kind: 'announcement', trigger: { manual: true } },
    });
    const began = performance.now();
    const triggered = await app.call('POST', `${campaigns}/${made.body.campaignId}/trigger`, {
      body: { expect: PEOPLE },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(triggered.status).toBe(202);
    await until(
      'the last mail',
      async () => new Set((await app.wire(host)).map(({ to }) => to[0])).size === PEOPLE,
      10 * MINUTE,
    );
    const seconds = (performance.now() - began) / 1000;

    expect(await app.wire(host)).toHaveLength(PEOPLE);
    // A second's margin at each end: of 300 slots a second apart the first is at once.
    expect(seconds).toBeGreaterThan(PEOPLE - 2);
    const { dropped, longest } = await lambdaCounts(app.endpoint);
    expect({ dropped, most: Math.max(...Object.values(longest)) <= 8 }).toEqual({ dropped: {}, most: true });
    expect(await deadLetters(app.endpoint)).toEqual(dead);
  },
  15 * MINUTE,
);
