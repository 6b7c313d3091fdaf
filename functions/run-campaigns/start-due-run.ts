import { armingOf } from '#shared/domain/arming.ts';
import { isUntouched, startRun } from '#shared/domain/run.ts';
import type { Logger } from '#shared/logger.ts';
import type { StartRun } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { walkOf } from '#shared/queue/walk.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { RunStore } from '#shared/store/runs.ts';
import { isNotice, startNotice } from './start-notice.ts';

export interface StartRunDeps {
  readonly events: Pick<EventStore, 'get'>;
  readonly campaigns: Pick<CampaignStore, 'get'>;
  readonly runs: Pick<RunStore, 'get' | 'start' | 'startNotice'>;
  /** Puts messages that walk through a run's people; throws when the queue did not take them all. */
  readonly fanOut: (messages: readonly Outgoing[]) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly logger: Logger;
}

/**
 * Starts the run a clock asked for, if it is due: the fire time is computed anew, so that an early, stale, repeated or
 * forged message does no harm. Only what is armed for this occasion starts: switching on is not sending. A run that was
 * started and has walked nowhere yet is sent on its way again: whoever started it may have died before that.
 */
export const startDueRun =
  ({ events, campaigns, runs, fanOut, now, logger }: StartRunDeps) =>
  async (message: StartRun): Promise<void> => {
    if (isNotice(message)) return startNotice({ events, campaigns, runs, fanOut, now, logger })(message);
    const { eventId, campaignId, occasion } = message;
    const [event, campaign] = await Promise.all([
      events.get(eventId, { consistent: true }),
      campaigns.get(eventId, campaignId),
    ]);
    if (!event || !campaign) return;
    if (campaign.dueOccasion !== occasion) {
      const known = await runs.get({ eventId, campaignId, occasion });
      if (known && isUntouched(known)) await fanOut(walkOf(known, known.pass));
      return;
    }
    const arming = armingOf(event, campaign);
    const epoch = Math.floor(now() / 1000);
    if (!arming.armed || arming.occasion !== occasion || epoch < arming.dueAt) return;

    const run = startRun(event, campaign, { occasion, firedAt: arming.dueAt, now: epoch });
    const { startRevision, endRevision } = event;
    const read = { startRevision, endRevision, campaignRevision: campaign.revision, armed: true };
    const outcome = await runs.start(run, read);
    logger.info(`Run ${outcome}`, { eventId, campaignId, occasion });
    if (outcome === 'moved-on') throw new Error('The event or the campaign changed meanwhile: look again');
    if (outcome === 'started') await fanOut(walkOf(run, 1));
  };
