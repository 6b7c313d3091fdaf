import { pause, resume } from '#shared/domain/edit-campaign.ts';
import { ok } from '#shared/http/reply.ts';
import { type Route, route } from '#shared/http/route.ts';
import { pauseCampaignDocs, resumeCampaignDocs } from './campaign-docs.ts';
import { tagOf, viewOf } from './campaign-view.ts';
import type { Deps } from './deps.ts';
import { CampaignPath } from './paths.ts';
import { patiently, saved } from './patiently.ts';
import { type CampaignOfEvent, type CampaignRef, readCampaign } from './whole-campaign.ts';

const access = { path: CampaignPath, scope: 'campaigns:write' } as const;

/** The stop of one campaign: pull it, let go of it. */
export function pauseCampaign(deps: Deps): Route[] {
  const change = async (ref: CampaignRef, paused: boolean) => {
    const { event, campaign } = await setCampaignPause(deps, ref, paused);
    return ok(await viewOf(deps, event, campaign), tagOf(campaign));
  };
  const address = '/api/v1/events/{eventId}/campaigns/{campaignId}';
  return [
    route('POST', `${address}/pause`, { ...access, rate: 'never', docs: pauseCampaignDocs }, ({ path }) =>
      change(path, true),
    ),
    route('POST', `${address}/resume`, { ...access, docs: resumeCampaignDocs }, ({ path }) => change(path, false)),
  ];
}

/** Stops a campaign, or lets it send again: a write that no other edit can overtake, tried until it is in force. */
export const setCampaignPause = (
  deps: Pick<Deps, 'events' | 'campaigns' | 'sleep' | 'chance'>,
  ref: CampaignRef,
  paused: boolean,
): Promise<CampaignOfEvent> =>
  patiently(deps, async () => {
    const read = await readCampaign(deps, ref);
    if (!(paused ? pause : resume)(read.campaign)) return read;
    return (await saved(deps.campaigns.setPaused(ref, paused))) ? readCampaign(deps, ref) : undefined;
  });
