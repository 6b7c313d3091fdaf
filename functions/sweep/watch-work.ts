import { CONFIRMATION_CAMPAIGN, readMailKey } from '#shared/domain/mail-key.ts';
import { isNoticeKind } from '#shared/domain/mail-kinds.ts';
import { OVERDUE, type Overdue, overdueRun, type Work } from '#shared/domain/overdue.ts';
import { ERASE_DUE, isMailDue, type Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { Count } from '#shared/metrics.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { JobStore } from '#shared/store/jobs.ts';
import type { RunStore } from '#shared/store/runs.ts';

export interface WatchWorkDeps {
  readonly events: Pick<EventStore, 'get' | 'unplanned' | 'untold'>;
  readonly campaigns: Pick<CampaignStore, 'get' | 'overdue'>;
  readonly runs: Pick<RunStore, 'unfinished'>;
  readonly jobs: Pick<JobStore, 'due'>;
  readonly logger: Logger;
  readonly count: Count;
}

interface Seen {
  readonly now: Epoch;
  /** Whether all mail is stopped. */
  readonly paused: boolean;
  /** People who are owed something since long ago. */
  readonly late: readonly Registration[];
}

/**
 * Says of each kind of work that is overdue how much, since when, of which event, and who waits for it. Nothing is counted
 * while there is none, so the alarm goes out by itself. What somebody stopped is not overdue.
 */
export async function watchWork(deps: WatchWorkDeps, seen: Seen): Promise<void> {
  const found = (await Promise.all([listed(deps, seen), ofRuns(deps, seen), ofPeople(deps, seen)])).flat();
  for (const work of Object.keys(OVERDUE) as Work[]) {
    const [oldest, ...more] = found.filter((each) => each.work === work).sort((a, b) => a.since - b.since);
    if (!oldest) continue;
    const { eventId, since } = oldest;
    const { hurt } = OVERDUE[work];
    deps.logger.error('Work is overdue', { work, number: more.length + 1, lateFor: seen.now - since, eventId, hurt });
  }
  if (found.length > 0) deps.count('WorkOverdue', found.length);
}

/** What the index of what is due lists although it was due long ago. */
async function listed({ events, campaigns, jobs }: WatchWorkDeps, { now }: Seen): Promise<Overdue[]> {
  const before = (work: Work) => now - OVERDUE[work].after;
  const as = (work: Work) => (eventId: string) => ({ work, since: before(work), eventId });
  const [plans, starts, notices, works] = await Promise.all([
    events.unplanned(before('plan')),
    campaigns.overdue(before('start')),
    events.untold(before('notice')),
    jobs.due(before('job')),
  ]);
  return [
    ...plans.map(as('plan')),
    ...starts.map(({ eventId }) => as('start')(eventId)),
    ...notices.map(as('notice')),
    ...works.map((jobId) => as('job')(jobId.split('-')[0] ?? jobId)),
  ];
}

async function ofRuns({ events, campaigns, runs }: WatchWorkDeps, { now, paused }: Seen): Promise<Overdue[]> {
  const looked = (await runs.unfinished()).map(async (run): Promise<Overdue[]> => {
    const { eventId, campaignId } = run;
    const [event, campaign] = await Promise.all([
      events.get(eventId),
      isNoticeKind(campaignId) ? undefined : campaigns.get(eventId, campaignId),
    ]);
    const overdue = overdueRun(run, { campaign, event, paused, now });
    return overdue ? [overdue] : [];
  });
  return (await Promise.all(looked)).flat();
}

async function ofPeople({ events, campaigns }: WatchWorkDeps, { now, paused, late }: Seen): Promise<Overdue[]> {
  const held = new Map<string, ReadonlySet<string>>();
  for (const eventId of new Set(late.map((row) => row.eventId))) {
    const [event, confirmation] = await Promise.all([
      events.get(eventId),
      campaigns.get(eventId, CONFIRMATION_CAMPAIGN),
    ]);
    if (event?.paused) held.set(eventId, ALL);
    else if (confirmation?.state === 'paused') held.set(eventId, new Set([CONFIRMATION_CAMPAIGN]));
  }
  return late.flatMap((row) => {
    const { eventId, greetDueAt = now } = row;
    const stopped = paused ? ALL : held.get(eventId);
    return workOf(row, (campaign) => stopped === ALL || (stopped?.has(campaign) ?? false))
      .filter((work) => now - greetDueAt >= OVERDUE[work].after)
      .map((work) => ({ work, since: greetDueAt, eventId }));
  });
}

const ALL: ReadonlySet<string> = new Set();

function workOf({ greetDue = new Set() }: Registration, isStopped: (campaign: string) => boolean): Work[] {
  const mails = [...greetDue].filter(isMailDue).filter((key) => !isStopped(readMailKey(key).campaign));
  return [
    ...(mails.length > 0 ? (['mail'] as const) : []),
    ...(greetDue.has(ERASE_DUE) ? (['erasure'] as const) : greetDue.has(SEAT_DUE) ? (['seat'] as const) : []),
  ];
}
