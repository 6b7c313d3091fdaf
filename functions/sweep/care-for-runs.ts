import { waitsForAnswers } from '#shared/domain/chosen-audience.ts';
import { isNoticeKind, MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { mailingOf } from '#shared/domain/mailing.ts';
import type { Pacer } from '#shared/domain/pacer.ts';
import { careFor, countsOf, missingShards, type Run } from '#shared/domain/run.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { Count } from '#shared/metrics.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { walkOf } from '#shared/queue/walk.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { PacerStore } from '#shared/store/pacer.ts';
import type { RunStore } from '#shared/store/runs.ts';
import type { SortingStore } from '#shared/store/sortings.ts';

export interface CareDeps {
  readonly runs: RunStore;
  readonly events: Pick<EventStore, 'get'>;
  readonly campaigns: Pick<CampaignStore, 'get'>;
  readonly pacer: Pick<PacerStore, 'get'>;
  readonly sortings: Pick<SortingStore, 'ensure'>;
  readonly fanOut: (messages: readonly Outgoing[]) => Promise<void>;
  readonly logger: Logger;
  readonly count: Count;
}

/**
 * Looks after every run that is not finished: sends its walks again where they got lost, begins another pass where people
 * are open, wakes it when what stopped it is gone or its time is over, and ends it when nobody is unaccounted. One run's
 * trouble is not another's: what failed is thrown once all were looked after.
 */
export async function careForRuns(
  deps: CareDeps,
  { now, stalled, paused }: { now: Epoch; stalled: number; paused: boolean },
): Promise<void> {
  const pace = await deps.pacer.get();
  const noQuota = pace?.quotaLeft !== undefined && pace.quotaLeft < 1;
  const failed: unknown[] = [];
  for (const run of await deps.runs.unfinished()) {
    try {
      const { campaign, event } = await read(deps, run);
      if (!mailingOf(run, campaign)) await deps.runs.finish(run, now);
      else {
        const sorts = event !== undefined && waitsForAnswers(campaign?.audience, event);
        if (sorts) await deps.sortings.ensure(run.eventId, now);
        const stopped = sorts || paused || noQuota || (event?.paused ?? false) || campaign?.state === 'paused';
        await care(deps, run, { now, stopped, ...patienceWith(run, pace, stalled) });
        if (!stopped && pace) await warnIfTooSlow(deps, run, { now, rate: pace.rate });
      }
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, 'Some runs could not be looked after');
}

async function read({ events, campaigns }: CareDeps, { eventId, campaignId }: Run) {
  const [event, campaign] = await Promise.all([
    events.get(eventId, { consistent: true }),
    isNoticeKind(campaignId) ? undefined : campaigns.get(eventId, campaignId),
  ]);
  return { event, campaign };
}

/** What a lane that was kept away may leave to its runs is looked after so much sooner: nothing else is to be waited for. */
const SOONER = 5;

/**
 * Since when a run is quiet, and how long it may be. `bulk` is not stuck while `timed` keeps it away. Its messages that came
 * back too often meanwhile are dropped, so its people are looked for soon after. Lane `now` is no reason to wait: somebody
 * registers every few minutes for ever, and a run that got lost would be lost as long.
 */
function patienceWith(run: Run, pace: Pacer | undefined, stalled: number): { quietSince: Epoch; stalled: number } {
  const isBulk = MAIL_RULES[run.kind].lane === 'bulk';
  const timedUntil = isBulk && pace ? Math.floor(pace.timedUntil / 1000) : 0;
  return {
    quietSince: Math.max(run.touchedAt, timedUntil),
    stalled: timedUntil > run.touchedAt ? stalled / SOONER : stalled,
  };
}

async function care(
  { runs, fanOut, logger }: CareDeps,
  run: Run,
  { now, stopped, quietSince, stalled }: { now: Epoch; stopped: boolean; quietSince: Epoch; stalled: number },
): Promise<void> {
  const { eventId, campaignId, occasion } = run;
  const say = (what: string) => logger.info(what, { eventId, campaignId, occasion, pass: run.pass });
  if (run.waiting !== undefined) {
    if (stopped && now < run.notAfter) return;
    const next = await runs.nextPass(run, now);
    if (next) await fanOut(walkOf(next, next.pass, missingShards(next)));
    return say('A waiting run goes on');
  }
  switch (careFor({ ...run, touchedAt: quietSince }, now, stalled)) {
    case 'nothing':
      return;
    case 'walk-missing':
      await runs.touch(run, now);
      await fanOut(walkOf(run, run.pass, missingShards(run)));
      return say('A walk got lost and is sent again');
    case 'next-pass': {
      const next = await runs.nextPass(run, now);
      if (next) await fanOut(walkOf(next, next.pass, missingShards(next)));
      return say('Another pass over the people of a run');
    }
    case 'finish':
      await runs.finish(run, now);
      return logger.info('Run finished', { eventId, campaignId, occasion, ...countsOf(run) });
  }
}

/** Says so, once, when a run cannot be done in time at the present rate. */
async function warnIfTooSlow(
  { runs, logger, count }: CareDeps,
  run: Run,
  { now, rate }: { now: Epoch; rate: number },
): Promise<void> {
  const left = Math.max(0, countsOf(run).open - run.settledInPass);
  if (run.tooSlow || now + left / rate <= run.notAfter) return;
  await runs.markTooSlow(run);
  const { eventId, campaignId, occasion } = run;
  logger.warn('A run cannot be done before its mails are too late', { eventId, campaignId, occasion, left, rate });
  count('RunTooSlow');
}
