import * as z from 'zod';
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
import { ensureRemovable } from './remove-registrations.ts';
import { seesPeople } from './show-registration.ts';
import { startedJob } from './started-job.ts';

/** How long an address of what was found is good, in seconds. */
const OPEN = 300;

/** How many people it is to happen to, by whoever has it happen. */
export const Applying = z.strictObject({ expect: z.int().min(0).optional() }).meta({ id: 'Applying' });

/** Long work: see how far it is, have it begin, and have it count. */
export function jobs(deps: Deps): Route[] {
  const access = { path: JobPath, scope: 'registrations:write' } as const;
  const applying = { ...access, body: Applying.optional(), docs: applyJobDocs } as const;
  const now = () => Math.floor(deps.now() / 1000);
  return [
    route('GET', '/api/v1/jobs/{jobId}', { ...access, docs: getJobDocs }, async ({ path: { jobId }, event }) => {
      const job = found(await deps.jobs.get(jobId), NO_SUCH_JOB);
      const mayRead = seesPeople(event.caller);
      if (job.removal) return ok({ ...jobView(job, deps), ...(await meantBy(deps, job, mayRead)) });
      return ok({ ...jobView(job, deps), ...(mayRead && (await foundBy(deps, job, now()))) });
    }),
    route('POST', '/api/v1/jobs/{jobId}/start', { ...access, docs: startJobDocs }, ({ path: { jobId } }) =>
      moveJobOn(deps, jobId, (job) => startedJob(deps, job, now())),
    ),
    route('POST', '/api/v1/jobs/{jobId}/apply', applying, ({ path: { jobId }, body }) =>
      moveJobOn(deps, jobId, async (job) => {
        const next = startApplying(job, now(), body?.expect);
        if (!next) return undefined;
        const event = found(await deps.events.get(job.eventId, { consistent: true }));
        if (job.removal) ensureRemovable(event, job.removal, deps.now());
        else ensureOver(event, now());
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

/** The first of those a removal means: ids, and for who may see people what it asked for, and who they are as they are now. */
async function meantBy({ files, registrations }: Pick<Deps, 'files' | 'registrations'>, job: Job, mayRead: boolean) {
  const { jobId, eventId, removal, people } = job;
  const filter = mayRead && removal ? { filter: removal.filter } : {};
  const excerpt = people === undefined ? undefined : await files.read(filesOf(jobId).excerpt);
  if (!excerpt) return filter;
  const ids = z.array(z.string()).parse(JSON.parse(Buffer.from(excerpt).toString()));
  const rows = mayRead ? await registrations.getMany(ids.map((registrationId) => ({ eventId, registrationId }))) : [];
  const byId = new Map(rows.map(({ registrationId, name, email }) => [registrationId, { name, email }]));
  return { ...filter, registrations: ids.map((registrationId) => ({ registrationId, ...byId.get(registrationId) })) };
}
