import { describe, expect, test } from 'vitest';
import { bounceBrake } from '#functions/receipts/brake.ts';
import { firstOfMailbox } from '#functions/receipts/first-of-mailbox.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { startRun } from '#shared/domain/run.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { eventStore } from '#shared/store/events.ts';
import { type Committed, memoryTable } from '#shared/store/memory-table.ts';
import { runStore } from '#shared/store/runs.ts';
import { aCampaign, anEvent, aRegistration, aText, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';

async function aRun(sent: number) {
  const writes: Committed[] = [];
  const table = memoryTable((write) => void writes.push(write));
  const [events, campaigns, runs] = [eventStore(table), campaignStore(table), runStore(table)];
  const event = anEvent();
  await events.create(event, aText());
  const campaign = aCampaign({ campaignId: '6', kind: 'announcement', trigger: { manual: true } });
  await campaigns.add(event.eventId, campaign, NOW_EPOCH);
  const run = startRun(event, campaign, { occasion: 'm0', firedAt: NOW_EPOCH, now: NOW_EPOCH });
  await runs.start(run, { ...event, campaignRevision: campaign.revision, armed: false });
  await runs.noteProgress(run, { settled: sent, sent, now: NOW_EPOCH });
  const counted: string[] = [];
  const brake = bounceBrake({
    runs,
    campaigns,
    isFirstOf: firstOfMailbox({
      budgets: budgetStore(table),
      addressKey: async () => 'a key of the address book',
      now: () => NOW_EPOCH,
    }),
    logger: recordedLog(),
    count: (name) => void counted.push(name),
  });
  let n = 0;
  return {
    counted,
    writes,
    brake,
    /** Bounces of so many people, by default each at a mailbox of their own, and brought in by the organiser. */
    bounce: async (times: number, who: (n: number) => Partial<Registration> = () => ({})) => {
      for (let each = 0; each < times; each++, n++)
        await brake(run, aRegistration({ source: 'organiser', email: `person${n}@example.org`, ...who(n) }));
    },
    campaign: () => campaigns.get(event.eventId, '6'),
    eventId: event.eventId,
  };
}

/** Of an earlier version, which did not keep who brought people in. */
const EARLIER = { source: undefined } as unknown as Partial<Registration>;
const TOOK_ONE = { '1@a1': 'delivered|1|1|abcdef|1' };

test('a campaign more than 5 % of whose mails bounce pauses itself, says why, and is counted once', async () => {
  const { bounce, campaign, counted } = await aRun(100);
  await bounce(5);
  expect(await campaign()).toMatchObject({ state: 'active' });
  await bounce(1);
  const because = expect.stringContaining('bounced');
  expect(await campaign()).toMatchObject({ state: 'paused', revision: 2, pausedBecause: because });
  await bounce(3);
  expect(counted).toEqual(['CampaignPaused']);
});

test('before 50 mails were sent bounces prove nothing', async () => {
  const { bounce, campaign } = await aRun(49);
  await bounce(40);
  expect(await campaign()).toMatchObject({ state: 'active' });
});

test('confirmations are stopped by no number of bounces: they belong to no run', async () => {
  const { brake, counted, eventId, writes } = await aRun(100);
  const before = writes.length;
  const who = aRegistration({ source: 'organiser' });
  for (let n = 0; n < 60; n++) await brake({ eventId, campaignId: '1', occasion: 'a1' }, who);
  expect(counted).toEqual([]);
  expect(writes).toHaveLength(before);
});

describe('an outsider', () => {
  test('trips nothing with 32 spellings of one mailbox that bounces, even where it took a mail before', async () => {
    const { bounce, campaign } = await aRun(100);
    const spelt = (n: number) => ({ email: n % 2 ? `b.ob+${n}@example.org` : `bo.b+${n}@example.org` });
    await bounce(32, (n) => ({ source: 'form', deliveries: TOOK_ONE, ...spelt(n) }));
    await bounce(4);
    expect(await campaign()).toMatchObject({ state: 'active' });
    await bounce(1);
    expect(await campaign()).toMatchObject({ state: 'paused' });
  });

  test.each([{ source: 'form' as const }, EARLIER])(
    'trips nothing with mailboxes that never took a mail, however many: %j',
    async (who) => {
      const { bounce, campaign, writes } = await aRun(100);
      const before = writes.length;
      await bounce(60, () => who);
      expect(await campaign()).toMatchObject({ state: 'active' });
      expect(writes).toHaveLength(before);
    },
  );
});

test.each([
  ['brought in by the organiser', { source: 'organiser' as const }],
  ['who took a mail before', { source: 'form' as const, deliveries: TOOK_ONE }],
  ['of an earlier version, who took a mail before', { ...EARLIER, deliveries: TOOK_ONE }],
])('people %s trip it', async (_, who) => {
  const { bounce, campaign } = await aRun(100);
  await bounce(6, () => who);
  expect(await campaign()).toMatchObject({ state: 'paused' });
});

test('no mailbox stands in what is counted', async () => {
  const { bounce, writes } = await aRun(100);
  const before = writes.length;
  await bounce(1, () => ({ email: 'lovelace@example.org' }));
  expect(JSON.stringify(writes.slice(before).map(({ after }) => after))).not.toMatch(/lovelace/);
});
