import { expect, test } from 'vitest';
import { bounceBrake } from '#functions/receipts/brake.ts';
import { startRun } from '#shared/domain/run.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { eventStore } from '#shared/store/events.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { runStore } from '#shared/store/runs.ts';
import { aCampaign, anEvent, aText, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';

async function aRun(sent: number) {
  const table = memoryTable();
  const [events, campaigns, runs] = [eventStore(table), campaignStore(table), runStore(table)];
  const event = anEvent();
  await events.create(event, aText());
  const campaign = aCampaign({ campaignId: '6', kind: 'announcement', trigger: { manual: true } });
  await campaigns.add(event.eventId, campaign, NOW_EPOCH);
  const run = startRun(event, campaign, { occasion: 'm0', firedAt: NOW_EPOCH, now: NOW_EPOCH });
  await runs.start(run, { ...event, campaignRevision: campaign.revision, armed: false });
  await runs.noteProgress(run, { settled: sent, sent, now: NOW_EPOCH });
  const counted: string[] = [];
  const brake = bounceBrake({ runs, campaigns, logger: recordedLog(), count: (name) => void counted.push(name) });
  return {
    counted,
    brake,
    bounce: async (times: number) => {
      for (let n = 0; n < times; n++) await brake(run);
    },
    campaign: () => campaigns.get(event.eventId, '6'),
    eventId: event.eventId,
  };
}

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
  const { brake, counted, eventId } = await aRun(100);
  for (let n = 0; n < 60; n++) await brake({ eventId, campaignId: '1', occasion: 'a1' });
  expect(counted).toEqual([]);
});
