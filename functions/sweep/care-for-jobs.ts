import type { Epoch } from '#shared/domain/time.ts';
import type { FirstJobNudge } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { JobStore } from '#shared/store/jobs.ts';

export interface CareForJobsDeps {
  readonly jobs: Pick<JobStore, 'due'>;
  /** Puts messages for `jobs`; throws when the queue did not take them all. */
  readonly workOn: (messages: readonly Outgoing[]) => Promise<void>;
}

/** Has every job looked at that got lost on the way, or whose time is over. */
export async function careForJobs({ jobs, workOn }: CareForJobsDeps, now: Epoch): Promise<void> {
  const due = await jobs.due(now);
  await workOn(due.map((jobId) => ({ body: { v: 1, jobId } satisfies FirstJobNudge })));
}
