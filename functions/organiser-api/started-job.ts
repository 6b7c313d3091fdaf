import { Refusal } from '#shared/domain/errors.ts';
import { ensureOver } from '#shared/domain/finalise-attendance.ts';
import { type Job, startReading } from '#shared/domain/job.ts';
import { filesOf } from '#shared/domain/job-files.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';

/** The job with its file there to be read; undefined when that has begun. Throws `invalid-transition` while there is none. */
export async function startedJob(
  { events, files }: Pick<Deps, 'events' | 'files'>,
  job: Job,
  now: Epoch,
): Promise<Job | undefined> {
  if (job.state !== 'awaiting-file') return undefined;
  ensureOver(found(await events.get(job.eventId, { consistent: true })), now);
  const file = await files.look(filesOf(job.jobId).upload);
  if (!file) throw new Refusal('invalid-transition', 'Nothing is uploaded yet: PUT the file to upload.url first');
  if (file.bytes !== job.bytes) {
    const sizes = `${file.bytes} bytes, not the ${job.bytes} you said`;
    throw new Refusal('invalid-transition', `The file that was uploaded has ${sizes}: import it anew`);
  }
  return startReading(job, file.tag, now);
}
