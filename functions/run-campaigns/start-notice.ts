import { scheduleOccasion } from '#shared/domain/mail-key.ts';
import { NOTICE_KINDS, type NoticeKind } from '#shared/domain/mail-kinds.ts';
import { noticeKindOf } from '#shared/domain/notice.ts';
import { isUntouched, startRun } from '#shared/domain/run.ts';
import type { StartRun } from '#shared/queue/messages.ts';
import { walkOf } from '#shared/queue/walk.ts';
import type { StartRunDeps } from './start-due-run.ts';

export const isNotice = ({ campaignId }: Pick<StartRun, 'campaignId'>): boolean =>
  NOTICE_KINDS.some((kind) => kind === campaignId);

/**
 * Starts telling people of an event's present schedule, if that is due and was not started. A message about an earlier
 * schedule, or one that comes before its time, does nothing: each edit sends its own.
 */
export const startNotice =
  ({ events, runs, fanOut, now, logger }: StartRunDeps) =>
  async ({ eventId, campaignId, occasion }: StartRun): Promise<void> => {
    const event = await events.get(eventId, { consistent: true });
    if (!event) return;
    const known = await runs.get({ eventId, campaignId, occasion });
    if (known) {
      if (isUntouched(known)) await fanOut(walkOf(known, known.pass));
      return;
    }
    const epoch = Math.floor(now() / 1000);
    const { notice } = event;
    const isCurrent = occasion === scheduleOccasion(event) && campaignId === noticeKindOf(event);
    if (!notice || !isCurrent || epoch < notice.at) return;

    const mailing = { campaignId, kind: campaignId as NoticeKind };
    const run = startRun(event, mailing, { occasion, firedAt: notice.at, now: epoch });
    const outcome = await runs.startNotice(run, event.scheduleRevision);
    logger.info(`Notice ${outcome}`, { eventId, campaignId, occasion });
    if (outcome === 'moved-on') throw new Error('The event changed meanwhile: look again');
    if (outcome === 'started') await fanOut(walkOf(run, 1));
  };
