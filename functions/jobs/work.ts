import type { Event } from '#shared/domain/event.ts';
import type { Job } from '#shared/domain/job.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Desk } from './desk.ts';

/** A job as it was read for its next piece, and what lies ready for it. */
export interface Work {
  readonly job: Job;
  readonly event: Event;
  readonly desk: Desk;
  readonly now: () => Epoch;
}
