import { bouncesTooMuch } from '#shared/domain/run.ts';
import type { Logger } from '#shared/logger.ts';
import type { Count } from '#shared/metrics.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { RunId, RunStore } from '#shared/store/runs.ts';

interface BrakeDeps {
  readonly runs: Pick<RunStore, 'noteBounce'>;
  readonly campaigns: Pick<CampaignStore, 'get' | 'brake'>;
  readonly logger: Logger;
  readonly count: Count;
}

const BECAUSE = 'More than 5 % of its mails bounced for good';

/**
 * Counts a bounce against its run and pauses the campaign when there are too many. Never one that registrations trigger:
 * those have no run, and invented addresses must not stop real people's confirmations.
 */
export const bounceBrake =
  ({ runs, campaigns, logger, count }: BrakeDeps) =>
  async (id: RunId): Promise<void> => {
    const run = await runs.noteBounce(id);
    if (!run || !bouncesTooMuch(run)) return;
    const { eventId, campaignId } = id;
    const campaign = await campaigns.get(eventId, campaignId);
    if (campaign?.state !== 'active') return;
    if (!(await campaigns.brake(id, { revision: campaign.revision, because: BECAUSE }))) return;
    logger.warn('A campaign paused itself: too many of its mails bounced', { eventId, campaignId });
    count('CampaignPaused');
  };
export type Brake = ReturnType<typeof bounceBrake>;
