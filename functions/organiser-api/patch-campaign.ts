import { CampaignPatch } from '#shared/domain/campaign.ts';
import { editCampaign } from '#shared/domain/edit-campaign.ts';
import { instantAt } from '#shared/domain/time.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { patchCampaignDocs } from './campaign-docs.ts';
import { tagOf, viewOf } from './campaign-view.ts';
import type { Deps } from './deps.ts';
import { CampaignPath } from './paths.ts';
import { reviseCampaign } from './whole-campaign.ts';
import { withWords } from './with-words.ts';

export const patchCampaign = (deps: Deps) =>
  route(
    'PATCH',
    '/api/v1/events/{eventId}/campaigns/{campaignId}',
    { path: CampaignPath, body: CampaignPatch, ifMatch: 'required', scope: 'campaigns:write', docs: patchCampaignDocs },
    async ({ path, body, ifMatch }) => {
      const said = withWords(body);
      const now = instantAt(Math.floor(deps.now() / 1000));
      const { event, campaign } = await reviseCampaign(deps, path, {
        ifMatch,
        edit: (read) => editCampaign(read.campaign, said, { event: read.event, now }),
      });
      return ok(await viewOf(deps, event, campaign), tagOf(campaign));
    },
  );
