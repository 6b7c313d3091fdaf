import { isNoticeKind } from '#shared/domain/mail-kinds.ts';
import { ok } from '#shared/http/reply.ts';
import { type Route, route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { MailingPath, RunPath } from './paths.ts';
import { getRunDocs, listRunsDocs } from './run-docs.ts';
import { runView } from './run-view.ts';
import { readCampaign } from './whole-campaign.ts';

export const NO_SUCH_RUN = 'There is no such run';

const address = '/api/v1/events/{eventId}/campaigns/{campaignId}/runs';

/** What a campaign has sent, and is sending: all of it, or one run. */
export function runs(deps: Deps): Route[] {
  return [
    route(
      'GET',
      address,
      { path: MailingPath, scope: 'campaigns:read', docs: listRunsDocs },
      async ({ path: { eventId, campaignId } }) => {
        if (isNoticeKind(campaignId)) found(await deps.events.get(eventId));
        else await readCampaign(deps, { eventId, campaignId });
        const all = await deps.runs.list(eventId, campaignId);
        const newestFirst = all.sort((a, b) => b.startedAt - a.startedAt || a.occasion.localeCompare(b.occasion));
        return ok({ runs: newestFirst.map((run) => runView(run, deps)) });
      },
    ),
    route(
      'GET',
      `${address}/{runId}`,
      { path: RunPath, scope: 'campaigns:read', docs: getRunDocs },
      async ({ path: { runId, ...campaign } }) =>
        ok(runView(found(await deps.runs.get({ ...campaign, occasion: runId }), NO_SUCH_RUN), deps)),
    ),
  ];
}
