import type { Route } from '#shared/http/route.ts';
import { createCampaign } from './create-campaign.ts';
import { createEvent } from './create-event.ts';
import { deleteCampaign } from './delete-campaign.ts';
import type { Deps } from './deps.ts';
import { getCampaign } from './get-campaign.ts';
import { getEvent } from './get-event.ts';
import { listCampaigns } from './list-campaigns.ts';
import { listEvents } from './list-events.ts';
import { listRegistrations } from './list-registrations.ts';
import { moveEvent } from './move-event.ts';
import { openApi } from './open-api.ts';
import { patchCampaign } from './patch-campaign.ts';
import { patchEvent } from './patch-event.ts';
import { pauseCampaign } from './pause-campaign.ts';
import { pauseEvent } from './pause-event.ts';
import { publishEvent } from './publish-event.ts';
import { release } from './release.ts';
import { resend } from './resend.ts';
import { runs } from './runs.ts';
import { sending } from './sending.ts';
import { trigger } from './trigger.ts';

/** Everything an organiser can do here, and the document that says so. */
export function routes(deps: Deps): Route[] {
  const documented = [
    createEvent(deps),
    listEvents(deps),
    getEvent(deps),
    patchEvent(deps),
    publishEvent(deps),
    ...pauseEvent(deps),
    ...moveEvent(deps),
    createCampaign(deps),
    listCampaigns(deps),
    getCampaign(deps),
    patchCampaign(deps),
    deleteCampaign(deps),
    ...pauseCampaign(deps),
    trigger(deps),
    ...runs(deps),
    release(deps),
    listRegistrations(deps),
    resend(deps),
    ...sending(deps),
  ];
  return [...documented, openApi(documented, deps.siteUrl)];
}
