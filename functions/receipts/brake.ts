import { mayTrip } from '#shared/domain/may-trip.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { bouncesTooMuch } from '#shared/domain/run.ts';
import type { Logger } from '#shared/logger.ts';
import type { Count } from '#shared/metrics.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { RunId, RunStore } from '#shared/store/runs.ts';

interface BrakeDeps {
  readonly runs: Pick<RunStore, 'get' | 'noteBounce'>;
  readonly campaigns: Pick<CampaignStore, 'get' | 'brake'>;
  /** Whether this is the first mail of the run that the mailbox behind an address sent back. */
  readonly isFirstOf: (id: RunId, email: string) => Promise<boolean>;
  readonly logger: Logger;
  readonly count: Count;
}

const BECAUSE = 'More than 5 % of its mails bounced for good';

/**
 * Counts a bounce against its run and pauses the campaign when there are too many. It counts mailboxes, not addresses, and
 * only those that somebody answers for: see `mayTrip`. Never one that registrations trigger: those have no run, and
 * invented addresses must not stop real people's mail.
 */
export const bounceBrake =
  ({ runs, campaigns, isFirstOf, logger, count }: BrakeDeps) =>
  async (id: RunId, person: Registration): Promise<void> => {
    if (!mayTrip(person) || !(await runs.get(id)) || !(await isFirstOf(id, person.email))) return;
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
