import type { Clock } from '#shared/clock.ts';
import { isRefusing } from '#shared/domain/control.ts';
import { type ReceiptsSeen, sightOf } from '#shared/domain/in-doubt.ts';
import { type Late, latePeople } from '#shared/domain/late-people.ts';
import { isMailDue, type Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { Logger } from '#shared/logger.ts';
import type { Outgoing, QueueSender } from '#shared/queue/sender.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { ControlStore } from '#shared/store/control.ts';
import type { Eraser } from '#shared/store/eraser.ts';
import { ALL_SHARDS } from '#shared/store/keys.ts';
import type { PacerStore } from '#shared/store/pacer.ts';
import type { ReceiptsStore } from '#shared/store/receipts.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { RunStore } from '#shared/store/runs.ts';
import type { SortingStore } from '#shared/store/sortings.ts';
import { type CareForJobsDeps, careForJobs } from './care-for-jobs.ts';
import { type CareDeps, careForRuns } from './care-for-runs.ts';
import { type CareForWishesDeps, careForWishes } from './care-for-wishes.ts';
import { type ForgetDeps, forgetAddresses } from './forget-addresses.ts';
import { type LapseDeps, letLapse } from './let-lapse.ts';
import { type LookOutDeps, lookOut } from './look-out.ts';
import { type PlanAgainDeps, planAgain } from './plan-again.ts';
import { type PurgeDeps, purge } from './purge.ts';
import { type RetuneDeps, retune } from './retune.ts';
import { type SortDeps, sortAnswers } from './sort-answers.ts';
import { type WalkOnDeps, walkOn } from './walk-on.ts';
import { type DeadLettersDeps, watchDeadLetters } from './watch-dead-letters.ts';
import { type WatchWorkDeps, watchWork } from './watch-work.ts';

export interface SweepDeps
  extends CareDeps,
    CareForJobsDeps,
    CareForWishesDeps,
    PlanAgainDeps,
    WalkOnDeps,
    RetuneDeps,
    LookOutDeps,
    LapseDeps,
    ForgetDeps,
    PurgeDeps,
    SortDeps,
    DeadLettersDeps,
    WatchWorkDeps {
  readonly runs: RunStore;
  readonly events: PlanAgainDeps['events'] & LookOutDeps['events'] & PurgeDeps['events'] & SortDeps['events'];
  readonly campaigns: Pick<CampaignStore, 'overdue' | 'get'>;
  readonly pacer: PacerStore;
  readonly registrations: Pick<
    RegistrationStore,
    'owed' | 'rows' | 'page' | 'unconfirmed' | 'leftLongAgo' | 'get' | 'revise' | 'addOrganiser' | 'detailsOf'
  >;
  readonly eraser: Eraser;
  readonly jobs: CareForJobsDeps['jobs'] & PurgeDeps['jobs'];
  readonly control: Pick<ControlStore, 'get'>;
  readonly sortings: SortingStore;
  readonly receipts: ReceiptsStore;
  /** How many messages the receipts' queue holds, in whatever state, and how many its dead-letter queue. */
  readonly receiptsWaiting: () => Promise<{ waiting: number; deadLetters: number }>;
  readonly nudgeAdmit: QueueSender;
  readonly nudgeLane: QueueSender;
  readonly timings: Timings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The minute's round: notes whether receipts have caught up, then nudges whoever is owed a mail or a decision for longer
 * than it should take. Nothing is lost for good by a message that is: what is owed is listed until it is settled. A part
 * that fails holds up no other.
 */
export const sweep = (deps: SweepDeps) => {
  const watchLetters = watchDeadLetters(deps);
  // Asked once a round: what it finds is also looked at for what is late.
  let unsorted: Awaited<ReturnType<SortingStore['due']>> = [];
  const due = async (before: Epoch) => (unsorted = await deps.sortings.due(before));
  const sort = sortAnswers({ ...deps, sortings: { ...deps.sortings, due } });
  const sortings = { due: async (before: Epoch) => unsorted.filter(({ at }) => at <= before) };
  /** `resumed`: mail flows again just now, so what is owed is owed at once. */
  return async ({ resumed }: { resumed: boolean }): Promise<void> => {
    const { control, timings, clock, logger } = deps;
    const now = Math.floor(clock.now() / 1000);
    const failed: unknown[] = [];
    const each = (part: Promise<void>) => part.catch((error: unknown) => void failed.push(error));
    await each(watchLetters(now));
    await each(watchReceipts(deps, now));
    await each(retune(deps, clock.now()));
    await each(sort(now));
    await each(planAgain(deps, { now, timings }));
    await each(lookOut(deps, now));
    await each(careForJobs(deps, now));
    await each(careForWishes(deps, now));
    await each(walkOn(deps, now));
    const stop = await control.get();
    const paused = (stop?.paused ?? false) || isRefusing(stop, now);
    await each(careForRuns(deps, { now, stalled: timings.stalled, paused }));
    const dueBefore = resumed ? now : now - timings.sweepAfter;
    const late = latePeople(now);
    const counts = await Promise.all(
      ALL_SHARDS.map((shard) => nudgeShard(deps, { shard, dueBefore, paused, now, late })),
    );
    const nudged = counts.reduce((sum, count) => sum + count, 0);
    logger.info('Swept', { nudged, paused, resumed });
    if (!resumed) await each(watchWork({ ...deps, sortings }, { now, paused, late: late.all() }));
    await each(letLapse(deps, now));
    await each(forgetAddresses(deps, now));
    await each(purge(deps, now));
    if (failed.length > 0) throw new AggregateError(failed, 'Parts of the round failed');
  };
};

async function watchReceipts({ receipts, receiptsWaiting }: SweepDeps, now: number): Promise<void> {
  const seen: ReceiptsSeen = sightOf(await receipts.get(), { now, ...(await receiptsWaiting()) });
  await receipts.set(seen);
}

interface Round {
  readonly dueBefore: number;
  readonly paused: boolean;
  readonly now: number;
  /** Takes those who are owed something since long ago. */
  readonly late: Late;
}

async function nudgeShard(
  { registrations, eraser, nudgeAdmit, nudgeLane }: SweepDeps,
  { shard, dueBefore, paused, now, late }: Round & { readonly shard: number },
): Promise<number> {
  let nudged = 0;
  let after: Record<string, unknown> | undefined;
  do {
    const page = await registrations.owed(shard, dueBefore, after);
    const rows = await registrations.rows(page.people);
    late.note(rows);
    for (const tombstone of rows.filter(({ erased }) => erased)) await goOnErasing(eraser, tombstone);
    const seats = rows.filter(({ greetDue }) => greetDue?.has(SEAT_DUE)).map((row) => seatNudge(row, now));
    const mails = paused ? [] : rows.filter(owesMail).map(mailNudge);
    await Promise.all([nudgeAdmit(seats), nudgeLane(mails)]);
    nudged += seats.length + mails.length;
    after = page.after;
  } while (after);
  return nudged;
}

const owesMail = ({ greetDue }: Registration): boolean => [...(greetDue ?? [])].some(isMailDue);

/** Takes up an erasure that got lost on its way. A seat is freed by `admit`, and the row with it. */
async function goOnErasing(eraser: SweepDeps['eraser'], tombstone: Registration): Promise<void> {
  await eraser.removeTraces(tombstone);
  await eraser.removeRow(tombstone);
}

const mailNudge = ({ eventId, registrationId }: Registration): Outgoing => ({
  body: { v: 1, eventId, registrationId },
});

const seatNudge = ({ eventId, registrationId }: Registration, now: number): Outgoing => ({
  body: { v: 1, eventId, registrationId },
  group: eventId,
  deduplication: `sweep-${registrationId}-${now}`,
});
