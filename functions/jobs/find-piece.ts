import { SHARDS } from '#shared/domain/ids.ts';
import { type Job, previewRemoval, stepOn } from '#shared/domain/job.ts';
import { filesOf } from '#shared/domain/job-files.ts';
import { isMeant, type Meant } from '#shared/domain/removal.ts';
import type { JobDeps } from './deps.ts';
import type { Work } from './work.ts';

/** Shown of those it means. */
const MOST_SHOWN = 50;

/** The next piece of finding whom a removal means: those of one shard, and at last how many those are. Ids only. */
export async function findPiece(deps: Pick<JobDeps, 'registrations' | 'files'>, work: Work): Promise<Job> {
  const { job, desk, now } = work;
  if (job.step < SHARDS) return lookThrough(deps, work, job.step);
  const all = await Promise.all(Array.from({ length: SHARDS }, (_, shard) => desk.meantIn(shard)));
  const meant = all.flat();
  await desk.keepMeant(meant);
  const shown = meant.slice(0, MOST_SHOWN).map(({ registrationId }) => registrationId);
  await deps.files.write(filesOf(job.jobId).excerpt, JSON.stringify(shown), 'application/json');
  return previewRemoval(job, meant.length, now());
}

async function lookThrough({ registrations }: Pick<JobDeps, 'registrations'>, work: Work, shard: number): Promise<Job> {
  const { job, event, desk, now } = work;
  if (!job.removal) throw new Error(`A removal that removes nobody: ${job.jobId}`);
  const meant: Meant[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await registrations.page(job.eventId, shard, after);
    for (const row of page.people) {
      const { registrationId, admissions } = row;
      if (isMeant(row, job.removal, { event, now: now() })) meant.push({ registrationId, admissions });
    }
    after = page.after;
  } while (after);
  await desk.keepMeantIn(shard, meant);
  return stepOn(job, now());
}
