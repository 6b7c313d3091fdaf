import * as z from 'zod';
import { accepted, ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { CampaignPath } from './paths.ts';
import { triggerDocs } from './run-docs.ts';
import { runView } from './run-view.ts';
import { triggerCampaign } from './trigger-campaign.ts';

/** The revision is part of the request that the key names: a repeat finds its run, whatever was edited since. */
export const Triggering = z.strictObject({ revision: z.int().min(1).optional() }).meta({ id: 'Triggering' });

export const trigger = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/campaigns/{campaignId}/trigger',
    {
      path: CampaignPath,
      body: Triggering.optional(),
      idempotent: true,
      scope: 'campaigns:trigger',
      docs: triggerDocs,
    },
    async ({ path, body = {}, idempotencyKey }) => {
      const { run, isNew } = await triggerCampaign(deps, { ...path, ...body, idempotencyKey });
      const { eventId, campaignId, occasion } = run;
      const location = `/api/v1/events/${eventId}/campaigns/${campaignId}/runs/${occasion}`;
      return (isNew ? accepted : ok)(runView(run, deps), { location });
    },
  );
