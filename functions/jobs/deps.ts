import type { Clock } from '#shared/clock.ts';
import type { Files } from '#shared/files/files.ts';
import type { Logger } from '#shared/logger.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { Eraser } from '#shared/store/eraser.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { JobStore } from '#shared/store/jobs.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

/** What the worker of jobs works with. */
export interface JobDeps {
  readonly jobs: Pick<JobStore, 'get' | 'save' | 'remove' | 'callFor'>;
  readonly events: Pick<EventStore, 'get' | 'text' | 'save'>;
  readonly registrations: Pick<RegistrationStore, 'page' | 'getMany' | 'revise' | 'rows' | 'tombstone'>;
  readonly eraser: Pick<Eraser, 'removeTraces' | 'removeRow'>;
  readonly files: Files;
  /** Puts the rest of the work back into this queue. */
  readonly again: (messages: readonly Outgoing[]) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Seconds after which the rest is left to a message of its own. */
  readonly budget: number;
}
