import type { Epoch } from '#shared/domain/time.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { WalkStore } from '#shared/store/walks.ts';

export interface WalkOnDeps {
  readonly walks: Pick<WalkStore, 'left' | 'takeUp'>;
  /** Puts messages that walk through a run's people; throws when the queue did not take them all. */
  readonly fanOut: (messages: readonly Outgoing[]) => Promise<void>;
}

/** Has every walk go on whose chain of messages was long enough. Killed in between, a walk repeats people, it never loses them. */
export async function walkOn({ walks, fanOut }: WalkOnDeps, now: Epoch): Promise<void> {
  for (const walk of await walks.left(now)) {
    await fanOut([{ body: JSON.parse(walk.message) }]);
    await walks.takeUp(walk);
  }
}
