import * as z from 'zod';
import { NewCampaign } from '#shared/domain/campaign.ts';
import { CAMPAIGN_KINDS } from '#shared/domain/mail-kinds.ts';

const KINDS = CAMPAIGN_KINDS.filter((kind) => kind !== 'confirmation');

const Kind = z.enum(KINDS, {
  error: ({ input }) =>
    input === 'confirmation'
      ? 'Every event has its confirmation: edit campaign 1'
      : `Choose one of ${KINDS.join(', ')}`,
});

/** A campaign as `POST …/campaigns` takes it: the confirmation is there from the event's first day. */
export const NewCampaignInput = NewCampaign.safeExtend({ kind: Kind }).meta({ id: 'NewCampaign' });
