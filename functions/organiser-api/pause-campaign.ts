import type { Campaign } from '#shared/domain/campaign.ts';
import { pause, resume } from '#shared/domain/edit-campaign.ts';
import { ok } from '#shared/http/reply.ts';
import { type Route, route } from '#shared/http/route.ts';
import { pauseCampaignDocs, resumeCampaignDocs } from './campaign-docs.ts';
import { tagOf, viewOf } from './campaign-view.ts';
import type { Deps } from './deps.ts';
import { CampaignPath } from './paths.ts';
import { type CampaignRef, reviseCampaign } from './whole-campaign.ts';

const access = { path: CampaignPath, scope: 'campaigns:write' } as const;

/** The stop of one campaign: pull it, let go of it. */
export function pauseCampaign(deps: Deps): Route[] {
  const change = async (ref: CampaignRef, edit: (campaign: Campaign) => Campaign | undefined) => {
    const revision = { ifMatch: 'any', edit: (read: { campaign: Campaign }) => edit(read.campaign) } as const;
    const { event, campaign } = await reviseCampaign(deps, ref, revision);
    return ok(await viewOf(deps, event, campaign), tagOf(campaign));
  };
  const address = '/api/v1/events/{eventId}/campaigns/{campaignId}';
  return [
    route('POST', `${address}/pause`, { ...access, docs: pauseCampaignDocs }, ({ path }) => change(path, pause)),
    route('POST', `${address}/resume`, { ...access, docs: resumeCampaignDocs }, ({ path }) => change(path, resume)),
  ];
}
