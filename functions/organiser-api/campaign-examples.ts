import { confirmationCampaign } from '#shared/domain/campaign.ts';
import { newCampaign } from '#shared/domain/edit-campaign.ts';
import { type Run, startRun } from '#shared/domain/run.ts';
import { epochOf } from '#shared/domain/time.ts';
import { NewCampaignInput } from './campaign-input.ts';
import { campaignView } from './campaign-view.ts';
import { published } from './examples.ts';
import { runView } from './run-view.ts';

export const REGISTRATION_ID = '2m8r5w0yq6hd3n7b';
const siteUrl = 'https://events.example.org';
const around = { siteUrl, hasRun: () => false };

/** A campaign as somebody might send it. */
export const newCampaignExample = {
  name: 'The day before',
  kind: 'joining',
  state: 'active',
  trigger: { before: 'start', offset: 'P1D', at: '09:00' },
};

const event = () => published().event;
const dayBefore = () =>
  newCampaign(NewCampaignInput.parse(newCampaignExample), {
    event: event(),
    campaignId: '6',
    now: '2026-01-07T09:15:00Z',
  });

export const campaignExample = () => campaignView(event(), dayBefore(), around);
export const confirmationExample = () => campaignView(event(), confirmationCampaign('2026-01-05T15:00:00Z'), around);
export const campaignsExample = () => ({ campaigns: [confirmationExample(), campaignExample()] });

/** When it fires. */
export const dayBeforeAt = epochOf('2026-02-18T09:00:00Z');

function started(): Run {
  const at = dayBeforeAt;
  return startRun(event(), dayBefore(), { occasion: 's1', firedAt: at, now: at + 1 });
}
const tally = { pass: 1, open: 0, sent: 26, skipped: 1, failed: 0, held: 0 };
const walked = () => Object.fromEntries(Array.from({ length: 8 }, (_, shard) => [String(shard), tally]));

export const startedExample = () => runView(started(), { siteUrl });
export const runExample = () =>
  runView({ ...started(), shards: walked(), finishedAt: epochOf('2026-02-18T09:00:41Z') }, { siteUrl });
