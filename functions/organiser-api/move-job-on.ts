import { isWorking, type Job } from '#shared/domain/job.ts';
import { accepted, type HttpResponse, ok } from '#shared/http/reply.ts';
import type { FirstJobNudge } from '#shared/queue/messages.ts';
import type { Deps } from './deps.ts';
import { jobAddress, jobView } from './job-view.ts';
import { found, NO_SUCH_JOB } from './no-such-event.ts';

type MoveDeps = Pick<Deps, 'jobs' | 'workOn' | 'siteUrl'>;

/**
 * Takes a job a step further and has it worked on: 202. Where it is under way already, 200 and the job as it is; whoever
 * repeats a request may do so because the message was lost, so it goes out again.
 */
export async function moveJobOn(
  deps: MoveDeps,
  jobId: string,
  step: (job: Job) => Promise<Job | undefined>,
): Promise<HttpResponse> {
  const job = found(await deps.jobs.get(jobId), NO_SUCH_JOB);
  const next = await step(job);
  const moved = next !== undefined && (await deps.jobs.save(job, next));
  const current = moved ? next : found(await deps.jobs.get(jobId), NO_SUCH_JOB);
  if (isWorking(current)) await deps.workOn([{ body: { v: 1, jobId } satisfies FirstJobNudge }]);
  return (moved ? accepted : ok)(jobView(current, deps), { location: jobAddress(jobId) });
}
