import * as z from 'zod';
import { accepted, ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { CampaignPath } from './paths.ts';
import { triggerDocs } from './run-docs.ts';
import { runView } from './run-view.ts';
import { forecastTrigger, triggerCampaign } from './trigger-campaign.ts';

/** Both are part of the request that the key names: a repeat finds its run, whatever was edited or counted since. */
export const Triggering = z
  .strictObject({
    revision: z.int().min(1).optional(),
    expect: z.int().min(0).optional(),
    again: z.boolean().optional(),
  })
  .meta({ id: 'Triggering' });

export const trigger = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/campaigns/{campaignId}/trigger',
    {
      path: CampaignPath,
      dryRun: true,
      body: Triggering.optional(),
      idempotent: true,
      scope: 'campaigns:trigger',
      rate: 'send',
      docs: triggerDocs,
    },
    async ({ path, dryRun, body = {}, idempotencyKey }) => {
      const wish = { ...path, ...body, idempotencyKey };
      if (dryRun) return ok({ dryRun: true, ...(await forecastTrigger(deps, wish)) });
      const { run, isNew } = await triggerCampaign(deps, wish);
      const { eventId, campaignId, occasion } = run;
      const location = `/api/v1/events/${eventId}/campaigns/${campaignId}/runs/${occasion}`;
      return (isNew ? accepted : ok)(runView(run, deps), { location });
    },
  );
