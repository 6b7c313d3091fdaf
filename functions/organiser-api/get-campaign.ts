import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { getCampaignDocs } from './campaign-docs.ts';
import { tagOf, viewOf } from './campaign-view.ts';
import type { Deps } from './deps.ts';
import { CampaignPath } from './paths.ts';
import { readCampaign } from './whole-campaign.ts';

export const getCampaign = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/campaigns/{campaignId}',
    { path: CampaignPath, scope: 'campaigns:read', docs: getCampaignDocs },
    async ({ path }) => {
      const { event, campaign } = await readCampaign(deps, path);
      return ok(await viewOf(deps, event, campaign), tagOf(campaign));
    },
  );
