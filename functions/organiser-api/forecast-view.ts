import * as z from 'zod';
import { CAMPAIGN_KINDS } from '#shared/domain/mail-kinds.ts';
import { EventView } from './event-view.ts';
import { Reasons } from './plan-counts.ts';

const Count = z.int().min(0);

/** What becomes of a campaign when its event moves. */
export const MovedCampaign = z
  .object({
    campaignId: z.string(),
    name: z.string(),
    kind: z.enum(CAMPAIGN_KINDS),
    runsAgain: z.boolean(),
    was: z.iso.datetime().optional(),
    at: z.iso.datetime().optional(),
    people: Count,
    because: z
      .enum(['unchanged', 'covered-by-notice', 'draft', 'event-not-published', 'time-passed', 'by-hand'])
      .optional(),
  })
  .meta({ id: 'MovedCampaign' });
export type MovedCampaign = z.infer<typeof MovedCampaign>;

/** What a move would cause, before it is made. */
export const MoveForecast = z
  .object({
    dryRun: z.literal(true),
    summary: z.string(),
    notices: Count,
    noticeAt: z.iso.datetime().optional(),
    unsettled: Count,
    campaigns: z.array(MovedCampaign),
    sentAgain: Count,
    event: EventView,
  })
  .meta({ id: 'MoveForecast' });

/** Whom a trigger would reach, before it is pulled. */
export const TriggerForecast = z
  .object({ dryRun: z.literal(true), people: Count, skipped: Reasons, notAddressed: Count })
  .meta({ id: 'TriggerForecast' });
