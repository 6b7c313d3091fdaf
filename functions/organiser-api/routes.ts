import type { Route } from '#shared/http/route.ts';
import { cancelRegistration } from './cancel-registration.ts';
import { cloneEvent } from './clone-event.ts';
import { createCampaign } from './create-campaign.ts';
import { createEvent } from './create-event.ts';
import { deleteCampaign } from './delete-campaign.ts';
import type { Deps } from './deps.ts';
import { eraseRegistration } from './erase-registration.ts';
import { finaliseAttendance } from './finalise-attendance.ts';
import { getCampaign } from './get-campaign.ts';
import { getEvent } from './get-event.ts';
import { getRegistration } from './get-registration.ts';
import { importAttendance } from './import-attendance.ts';
import { jobs } from './jobs.ts';
import { liftObjection } from './lift-objection.ts';
import { listCampaigns } from './list-campaigns.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listEvents } from './list-events.ts';
import { listRegistrations } from './list-registrations.ts';
import { moveEvent } from './move-event.ts';
import { withNobodysLink } from './nobodys-link.ts';
import { openApi } from './open-api.ts';
import { patchCampaign } from './patch-campaign.ts';
import { patchEvent } from './patch-event.ts';
import { patchRegistration } from './patch-registration.ts';
import { pauseCampaign } from './pause-campaign.ts';
import { pauseEvent } from './pause-event.ts';
import { plan } from './plan.ts';
import { preview } from './preview.ts';
import { publishEvent } from './publish-event.ts';
import { release } from './release.ts';
import { releaseDeliveries } from './release-deliveries.ts';
import { removeRegistrations } from './remove-registrations.ts';
import { resend } from './resend.ts';
import { runs } from './runs.ts';
import { sending } from './sending.ts';
import { stats } from './stats.ts';
import { surveyCsv } from './survey-csv.ts';
import { surveyResults } from './survey-results.ts';
import { testSend } from './test-send.ts';
import { timeline } from './timeline.ts';
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
    cloneEvent(deps),
    stats(deps),
    createCampaign(deps),
    listCampaigns(deps),
    getCampaign(deps),
    patchCampaign(deps),
    deleteCampaign(deps),
    ...pauseCampaign(deps),
    trigger(deps),
    plan(deps),
    preview(deps),
    testSend(deps),
    ...runs(deps),
    release(deps),
    listDeliveries(deps),
    releaseDeliveries(deps),
    listRegistrations(deps),
    getRegistration(deps),
    patchRegistration(deps),
    eraseRegistration(deps),
    cancelRegistration(deps),
    liftObjection(deps),
    removeRegistrations(deps),
    resend(deps),
    timeline(deps),
    surveyResults(deps),
    surveyCsv(deps),
    importAttendance(deps),
    finaliseAttendance(deps),
    ...jobs(deps),
    ...sending(deps),
  ];
  return [...documented, openApi(documented, deps.siteUrl)].map(withNobodysLink);
}
