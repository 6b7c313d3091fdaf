import * as z from 'zod';
import { CONFIRMATION_CAMPAIGN, MAIL_KINDS } from './mail-kinds.ts';

const CampaignState = z.enum(['draft', 'active', 'paused']);

/** One kind of mail for one event: what triggers it and whether it may go. */
export const Campaign = z.object({
  campaignId: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1),
  kind: z.enum(MAIL_KINDS),
  state: CampaignState,
  trigger: z.object({ on: z.literal('registration') }),
});
export type Campaign = z.infer<typeof Campaign>;

/** Campaign 1: made with the event, so that nobody registers without being told. */
export const confirmationCampaign = (): Campaign => ({
  campaignId: CONFIRMATION_CAMPAIGN,
  name: 'Confirmation',
  kind: 'confirmation',
  state: 'active',
  trigger: { on: 'registration' },
});
