import { Refusal } from '#shared/domain/errors.ts';
import { CONFIRMATION_CAMPAIGN } from '#shared/domain/mail-key.ts';
import { ensureMatch } from '#shared/http/if-match.ts';
import { noContent } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { deleteCampaignDocs } from './campaign-docs.ts';
import type { Deps } from './deps.ts';
import { CampaignPath } from './paths.ts';
import { readCampaign } from './whole-campaign.ts';

export const deleteCampaign = (deps: Deps) =>
  route(
    'DELETE',
    '/api/v1/events/{eventId}/campaigns/{campaignId}',
    { path: CampaignPath, ifMatch: 'required', scope: 'campaigns:write', docs: deleteCampaignDocs },
    async ({ path, ifMatch }) => {
      const { eventId, campaignId } = path;
      const { revision } = (await readCampaign(deps, path)).campaign;
      ensureMatch(ifMatch, revision);
      if (campaignId === CONFIRMATION_CAMPAIGN) {
        throw new Refusal('campaign-kept', 'The confirmation cannot be deleted; pause it, or make it a draft');
      }
      const [run] = await deps.runs.list(eventId, campaignId);
      if (run) throw new Refusal('campaign-kept', 'It has run: what became of its mails is kept; make it a draft');
      await deps.campaigns.remove(eventId, campaignId, revision);
      return noContent();
    },
  );
