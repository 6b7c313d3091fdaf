import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { listCampaignsDocs } from './campaign-docs.ts';
import { viewOf } from './campaign-view.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { EventPath } from './paths.ts';

export const listCampaigns = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/campaigns',
    { path: EventPath, scope: 'campaigns:read', docs: listCampaignsDocs },
    async ({ path: { eventId } }) => {
      const event = found(await deps.events.get(eventId, { consistent: true }));
      const all = await deps.campaigns.list(eventId);
      return ok({ campaigns: await Promise.all(all.map((campaign) => viewOf(deps, event, campaign))) });
    },
  );
