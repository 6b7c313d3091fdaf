import { ensureOver } from '#shared/domain/finalise-attendance.ts';
import { ImportExcerpt } from '#shared/domain/import-excerpt.ts';
import { type Job, startApplying } from '#shared/domain/job.ts';
import { filesOf } from '#shared/domain/job-files.ts';
import { instantAt } from '#shared/domain/time.ts';
import { ok } from '#shared/http/reply.ts';
import { type Route, route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { applyJobDocs, getJobDocs, startJobDocs } from './job-docs.ts';
import { jobView } from './job-view.ts';
import { moveJobOn } from './move-job-on.ts';
import { found, NO_SUCH_JOB } from './no-such-event.ts';
import { JobPath } from './paths.ts';
import { seesPeople } from './show-registration.ts';
import { startedJob } from './started-job.ts';

/** How long an address of what was found is good, in seconds. */
const OPEN = 300;

/** Long work: see how far it is, have it begin, and have it count. */
export function jobs(deps: Deps): Route[] {
  const access = { path: JobPath, scope: 'registrations:write' } as const;
  const now = () => Math.floor(deps.now() / 1000);
  return [
    route('GET', '/api/v1/jobs/{jobId}', { ...access, docs: getJobDocs }, async ({ path: { jobId }, event }) => {
      const job = found(await deps.jobs.get(jobId), NO_SUCH_JOB);
      const mayRead = seesPeople(event.caller);
      return ok({ ...jobView(job, deps), ...(mayRead && (await foundBy(deps, job, now()))) });
    }),
    route('POST', '/api/v1/jobs/{jobId}/start', { ...access, docs: startJobDocs }, ({ path: { jobId } }) =>
      moveJobOn(deps, jobId, (job) => startedJob(deps, job, now())),
    ),
    route('POST', '/api/v1/jobs/{jobId}/apply', { ...access, docs: applyJobDocs }, ({ path: { jobId } }) =>
      moveJobOn(deps, jobId, async (job) => {
        const next = startApplying(job, now());
        if (next) ensureOver(found(await deps.events.get(job.eventId, { consistent: true })), now());
        return next;
      }),
    ),
  ];
}

/** Names and addresses, from the job's files; nothing once those are gone. */
async function foundBy({ files }: Pick<Deps, 'files'>, { jobId, counts, eventId }: Job, now: number) {
  if (!counts) return {};
  const names = filesOf(jobId);
  const excerpt = await files.read(names.excerpt);
  if (!excerpt) return {};
  const url = await files.download(names.findings, { saveAs: `attendance-${eventId}.csv`, seconds: OPEN });
  return {
    found: ImportExcerpt.parse(JSON.parse(Buffer.from(excerpt).toString())),
    download: { url, expiresAt: instantAt(now + OPEN) },
  };
}
