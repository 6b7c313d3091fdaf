import * as z from 'zod';
import { ensureOver } from '#shared/domain/finalise-attendance.ts';
import { type Job, newJob } from '#shared/domain/job.ts';
import { filesOf, MOST_BYTES } from '#shared/domain/job-files.ts';
import { newJobId } from '#shared/domain/job-id.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import { accepted } from '#shared/http/reply.ts';
import { type Again, route } from '#shared/http/route.ts';
import { importDocs } from './attendance-docs.ts';
import type { Deps } from './deps.ts';
import { jobAddress, jobView } from './job-view.ts';
import { found, NO_SUCH_JOB } from './no-such-event.ts';
import { EventPath } from './paths.ts';

const BYTES = `Enter the size of the file in bytes: 1 to ${MOST_BYTES} (${MOST_BYTES / 1024 / 1024} MB)`;

/** What somebody says of the report they are going to upload. */
export const AttendanceImport = z
  .strictObject({ bytes: z.int({ error: BYTES }).min(1, { error: BYTES }).max(MOST_BYTES, { error: BYTES }) })
  .meta({ id: 'AttendanceImport' });

/** How long the address for the upload is good, in seconds. */
const OPEN = 900;

/** A job that waits for the provider's report, and the address to upload it to. */
export const importAttendance = ({ events, jobs, files, siteUrl, chance, now: clock }: Deps) => {
  const awaiting = async (job: Job, now: Epoch) => {
    const { jobId, bytes } = job;
    const url = await files.upload(filesOf(jobId).upload, { bytes, seconds: OPEN });
    const upload = { method: 'PUT' as const, url, bytes, expiresAt: instantAt(now + OPEN) };
    return accepted({ ...jobView(job, { siteUrl }), upload }, { location: jobAddress(jobId) });
  };
  /** The job there is, and an address that is good for as long as a first one. */
  const again: Again = async ({ location = '' }) => {
    const jobId = location.slice(location.lastIndexOf('/') + 1);
    return awaiting(found(await jobs.get(jobId), NO_SUCH_JOB), Math.floor(clock() / 1000));
  };
  return route(
    'POST',
    '/api/v1/events/{eventId}/attendance/import',
    { path: EventPath, body: AttendanceImport, scope: 'registrations:write', docs: importDocs, again },
    async ({ path: { eventId }, body: { bytes } }) => {
      const now = Math.floor(clock() / 1000);
      ensureOver(found(await events.get(eventId, { consistent: true })), now);
      const job = newJob(newJobId(eventId, chance), bytes, now);
      await jobs.add(job);
      return awaiting(job, now);
    },
  );
};
