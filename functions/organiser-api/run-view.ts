import * as z from 'zod';
import { isNoticeKind } from '#shared/domain/mail-kinds.ts';
import { progressOf, Run, runState } from '#shared/domain/run.ts';
import { shownCounts } from '#shared/domain/run-counts.ts';
import { instantAt } from '#shared/domain/time.ts';

const Count = z.int().min(0);

/** A run as the organiser sees it. */
export const RunView = z
  .object({
    runId: z.string(),
    campaignId: z.string(),
    eventId: z.string(),
    kind: Run.shape.kind,
    state: z.enum(['running', 'waiting', 'finished']),
    progress: z.number().min(0).max(1),
    counts: z.object({ open: Count, sent: Count, skipped: Count, failed: Count, held: Count }),
    firedAt: z.iso.datetime(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    notAfter: z.iso.datetime(),
    tooSlow: z.boolean(),
    links: z.object({ self: z.url(), campaign: z.url().optional() }),
  })
  .meta({ id: 'Run' });
export type RunView = z.infer<typeof RunView>;

/** How far a run is, and what became of its mails. */
export function runView(run: Run, { siteUrl }: { readonly siteUrl: string }): RunView {
  const { eventId, campaignId, occasion, kind, firedAt, startedAt, finishedAt, notAfter } = run;
  const campaign = `${siteUrl}/api/v1/events/${eventId}/campaigns/${campaignId}`;
  return {
    runId: occasion,
    campaignId,
    eventId,
    kind,
    state: runState(run),
    progress: progressOf(run),
    counts: shownCounts(run),
    firedAt: instantAt(firedAt),
    startedAt: instantAt(startedAt),
    ...(finishedAt !== undefined && { finishedAt: instantAt(finishedAt) }),
    notAfter: instantAt(notAfter),
    tooSlow: run.tooSlow ?? false,
    links: {
      self: `${campaign}/runs/${occasion}`,
      // A notice has no item to look at.
      ...(!isNoticeKind(kind) && { campaign }),
    },
  };
}
