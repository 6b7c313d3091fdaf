import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { isFired } from '#shared/domain/late.ts';
import { occasionOf } from '#shared/domain/occasion.ts';
import type { Deps } from './deps.ts';

/** Whether a confirmation that is sent now says how to join, too: everybody else has been told already. */
export async function bringsJoining(
  deps: Pick<Deps, 'campaigns' | 'runs' | 'timings' | 'now'>,
  event: Event,
  { kind }: Pick<Campaign, 'kind'>,
): Promise<boolean> {
  if (kind !== 'confirmation') return false;
  const { eventId } = event;
  const [campaigns, runs] = await Promise.all([deps.campaigns.list(eventId), deps.runs.ofEvent(eventId)]);
  const around = { event, now: Math.floor(deps.now() / 1000), gaps: deps.timings };
  return campaigns
    .filter((campaign) => campaign.kind === 'joining' && campaign.state === 'active')
    .some((campaign) => {
      const occasion = occasionOf(campaign.kind, event);
      const hasRun = runs.some((run) => run.campaignId === campaign.campaignId && run.occasion === occasion);
      return isFired({ campaign, hasRun }, around);
    });
}
