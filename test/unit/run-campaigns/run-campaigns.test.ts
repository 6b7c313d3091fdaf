import { expect, test } from 'vitest';
import { runCampaigns } from '#functions/run-campaigns/run-campaigns.ts';
import { CampaignMessage } from '#shared/queue/messages.ts';

const eventId = '1000000000000000';
const run = { v: 1, eventId, campaignId: '2', occasion: 's1' };
const fact = { 'detail-type': 'event.changed', detail: { data: { eventId } } };

/** Which task a message comes to, and with what. */
async function done(body: unknown): Promise<[string, unknown][]> {
  const calls: [string, unknown][] = [];
  const note = (task: string) => async (message: unknown) => void calls.push([task, message]);
  await runCampaigns({ plan: note('plan'), start: note('start'), walk: note('walk') })(CampaignMessage.parse(body));
  return calls;
}

test.each([
  ['a fact from the bus', fact, 'plan', { v: 1, eventId }],
  ['a nudge about an event', { v: 1, eventId }, 'plan', { v: 1, eventId }],
  ['what a clock says, of earlier versions too', { ...run, revision: 3 }, 'start', run],
  ['a notice', { ...run, campaignId: 'change' }, 'start', { ...run, campaignId: 'change' }],
  ['a walk', { ...run, pass: 1, shard: 7 }, 'walk', expect.objectContaining({ ...run, pass: 1, shard: 7 })],
])('%s comes to its task and to no other', async (_, body, task, message) => {
  expect(await done(body)).toEqual([[task, message]]);
});

test.each([
  ['a walk through a shard there is not', { ...run, pass: 1, shard: 8 }, 'shard'],
  ['a walk without a pass', { ...run, shard: 1 }, 'pass'],
  ['a start of a campaign that is none', { ...run, campaignId: 'x y' }, 'campaignId'],
  ['a start without an occasion', { v: 1, eventId, campaignId: '2' }, 'occasion'],
])('%s is judged as what it looks like, and the reason names the field', (_, body, field) => {
  const parsed = CampaignMessage.safeParse(body);
  expect(parsed.success).toBe(false);
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toContain(field);
});

test.each([undefined, null, 7, 'x', [], {}, { v: 2, eventId }])('%j is no message', (body) => {
  expect(CampaignMessage.safeParse(body).success).toBe(false);
});
