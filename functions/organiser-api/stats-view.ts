import * as z from 'zod';
import { RUN_KINDS } from '#shared/domain/mail-kinds.ts';
import { progressOf, type Run, runState } from '#shared/domain/run.ts';
import { shownCounts } from '#shared/domain/run-counts.ts';
import { instantAt } from '#shared/domain/time.ts';
import { AttendanceView } from './attendance-view.ts';
import { RunView } from './run-view.ts';
import { SurveyTimes } from './survey-view.ts';

const { runId, state, progress, counts, firedAt } = RunView.shape;

/** How the runs of one campaign or notice went, and all of them together. */
export const CampaignStats = z
  .object({
    campaignId: z.string(),
    kind: z.enum(RUN_KINDS),
    runs: z.array(z.object({ runId, state, firedAt, counts, progress })),
    totals: counts,
  })
  .meta({ id: 'CampaignStats' });
export type CampaignStats = z.infer<typeof CampaignStats>;

/** An event in numbers. */
export const StatsView = z
  .object({
    seats: z.object({ capacity: z.int(), taken: z.int().min(0), waiting: z.int().min(0) }).optional(),
    attendance: AttendanceView.optional(),
    survey: z.object({ responses: z.int().min(0), ...SurveyTimes.shape }).optional(),
    campaigns: z.array(CampaignStats),
  })
  .meta({ id: 'Stats' });

/** Runs by what they are of: campaigns by number, then notices; of each the earliest first. */
export function campaignStats(runs: readonly Run[]): CampaignStats[] {
  const byCampaign = Map.groupBy(runs, ({ campaignId }) => campaignId);
  return [...byCampaign.values()].map(statsOf).sort(byNumber);
}

const byNumber = (a: CampaignStats, b: CampaignStats): number =>
  (Number(a.campaignId) || Number.POSITIVE_INFINITY) - (Number(b.campaignId) || Number.POSITIVE_INFINITY) ||
  a.campaignId.localeCompare(b.campaignId);

function statsOf(runs: readonly Run[]): CampaignStats {
  const [first] = runs;
  if (!first) throw new Error('A group has somebody in it');
  const { campaignId, kind } = first;
  const inOrder = [...runs].sort((a, b) => a.firedAt - b.firedAt);
  return {
    campaignId,
    kind,
    runs: inOrder.map((run) => ({
      runId: run.occasion,
      state: runState(run),
      firedAt: instantAt(run.firedAt),
      counts: shownCounts(run),
      progress: progressOf(run),
    })),
    totals: runs.map(shownCounts).reduce(added),
  };
}

const added = (a: ReturnType<typeof shownCounts>, b: ReturnType<typeof shownCounts>) => ({
  open: a.open + b.open,
  sent: a.sent + b.sent,
  skipped: a.skipped + b.skipped,
  failed: a.failed + b.failed,
  held: a.held + b.held,
});
