import type { LatePeople } from '#shared/domain/late-people.ts';
import { isNoticeKind } from '#shared/domain/mail-kinds.ts';
import { OVERDUE, type Overdue, overdueRun, type Work } from '#shared/domain/overdue.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { Count } from '#shared/metrics.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { JobStore } from '#shared/store/jobs.ts';
import type { RunStore } from '#shared/store/runs.ts';
import type { SortingStore } from '#shared/store/sortings.ts';

export interface WatchWorkDeps {
  readonly events: Pick<EventStore, 'get' | 'unplanned' | 'untold'>;
  readonly campaigns: Pick<CampaignStore, 'get' | 'overdue'>;
  readonly runs: Pick<RunStore, 'unfinished'>;
  readonly jobs: Pick<JobStore, 'due'>;
  readonly sortings: Pick<SortingStore, 'due'>;
  readonly logger: Logger;
  readonly count: Count;
}

interface Seen {
  readonly now: Epoch;
  /** Whether all mail is stopped. */
  readonly paused: boolean;
  /** People who are owed something since long ago. */
  readonly late: readonly LatePeople[];
}

/** One thing that is overdue, or what so many people wait for. */
type Found = Overdue & { readonly number?: number };

const sum = (found: readonly Found[]): number => found.reduce((all, { number = 1 }) => all + number, 0);

/**
 * Says of each kind of work that is overdue how much, since when, of which event, and who waits for it. Nothing is counted
 * while there is none, so the alarm goes out by itself. What somebody stopped is not overdue.
 */
export async function watchWork(deps: WatchWorkDeps, seen: Seen): Promise<void> {
  const found: Found[] = (await Promise.all([listed(deps, seen), ofRuns(deps, seen), ofPeople(deps, seen)])).flat();
  for (const work of Object.keys(OVERDUE) as Work[]) {
    const such = found.filter((each) => each.work === work).sort((a, b) => a.since - b.since);
    const [oldest] = such;
    if (!oldest) continue;
    const { eventId, since } = oldest;
    const { hurt } = OVERDUE[work];
    deps.logger.error('Work is overdue', { work, number: sum(such), lateFor: seen.now - since, eventId, hurt });
  }
  if (found.length > 0) deps.count('WorkOverdue', sum(found));
}

/** What the index of what is due lists although it was due long ago. */
async function listed({ events, campaigns, jobs, sortings }: WatchWorkDeps, { now }: Seen): Promise<Overdue[]> {
  const before = (work: Work) => now - OVERDUE[work].after;
  const as = (work: Work) => (eventId: string) => ({ work, since: before(work), eventId });
  const [plans, starts, notices, works, sorts] = await Promise.all([
    events.unplanned(before('plan')),
    campaigns.overdue(before('start')),
    events.untold(before('notice')),
    jobs.due(before('job')),
    sortings.due(before('sorting')),
  ]);
  return [
    ...plans.map(as('plan')),
    ...starts.map(({ eventId }) => as('start')(eventId)),
    ...notices.map(as('notice')),
    ...sorts.map(({ eventId }) => as('sorting')(eventId)),
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

/** Each event and each campaign that somebody has waited for is read once, however many people do. */
async function ofPeople({ events, campaigns }: WatchWorkDeps, { paused, late }: Seen): Promise<Found[]> {
  const held = new Map<string, Promise<boolean>>();
  const once = (name: string, read: () => Promise<boolean>): Promise<boolean> => {
    const known = held.get(name) ?? read();
    held.set(name, known);
    return known;
  };
  const isHeld = async (eventId: string, campaign: string): Promise<boolean> =>
    (await once(eventId, async () => (await events.get(eventId))?.paused ?? false)) ||
    // Automatic kinds have no item of their own.
    (/^\d+$/.test(campaign) &&
      once(`${eventId} ${campaign}`, async () => (await campaigns.get(eventId, campaign))?.state === 'paused'));
  const isStopped = async ({ work, eventId, campaigns: owed }: LatePeople): Promise<boolean> => {
    if (work !== 'mail') return false;
    return paused || (await Promise.all(owed.map((campaign) => isHeld(eventId, campaign)))).every(Boolean);
  };
  const looked = late.map(async (each) => ((await isStopped(each)) ? [] : [each]));
  return (await Promise.all(looked)).flat();
}
