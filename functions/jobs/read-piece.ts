import { readReport } from '#shared/attendance/read-report.ts';
import { isUnreadable } from '#shared/attendance/unreadable.ts';
import { SHARDS } from '#shared/domain/ids.ts';
import { fail, type Job, stepOn } from '#shared/domain/job.ts';
import { filesOf } from '#shared/domain/job-files.ts';
import { type Candidate, mayMean } from '#shared/domain/match-attendance.ts';
import type { JobDeps } from './deps.ts';
import { previewReport } from './preview-report.ts';
import type { Work } from './work.ts';

type ReadDeps = Pick<JobDeps, 'registrations' | 'files'>;

/** The next piece of reading: the file itself, then whom of each shard it may mean, then who that is. */
export async function readPiece(deps: ReadDeps, work: Work): Promise<Job> {
  const { step } = work.job;
  if (step === 0) return readFile(deps, work);
  return step <= SHARDS ? lookThrough(deps, work, step - 1) : previewReport(deps, work);
}

async function readFile({ files }: ReadDeps, { job, desk, now }: Work): Promise<Job> {
  const bytes = await files.read(filesOf(job.jobId).upload, job.tag);
  if (!bytes) return fail(job, 'The file was replaced or deleted after it was to be read: import it anew', now());
  const report = readReport(bytes);
  if (isUnreadable(report)) return fail(job, report.unreadable, now());
  await desk.keepReport(report);
  return stepOn(job, now());
}

/** Page by page: in memory are those whom the report may mean, not everybody. */
async function lookThrough({ registrations }: ReadDeps, { job, desk, now }: Work, shard: number): Promise<Job> {
  const { attendees } = await desk.report();
  const isMeant = mayMean(attendees);
  const candidates: Candidate[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await registrations.page(job.eventId, shard, after);
    for (const row of page.people) {
      const { registrationId, name, email, status } = row;
      if (isMeant(row)) candidates.push({ registrationId, name, email, status });
    }
    after = page.after;
  } while (after);
  await desk.keepCandidates(shard, candidates);
  return stepOn(job, now());
}
