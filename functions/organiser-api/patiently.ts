import { Refusal } from '#shared/domain/errors.ts';
import { TransactionRefused } from '#shared/store/table.ts';
import type { Deps } from './deps.ts';

/** Together these waits come to 3.6 s at most, which leaves a request most of its time. */
const WAITS = [0, 50, 100, 200, 400, 400, 400, 400, 400, 400, 400, 400];

/**
 * Does it again, after a short wait by chance, for as long as others are quicker, which it says by resolving to nothing:
 * what they changed is read first. Throws `stale-revision` when its patience is at an end.
 */
export async function patiently<Done>(
  { sleep, chance }: Pick<Deps, 'sleep' | 'chance'>,
  attempt: () => Promise<Done | undefined>,
): Promise<Done> {
  for (const wait of WAITS) {
    const done = await attempt();
    if (done !== undefined) return done;
    await sleep(Math.round((wait * (chance(1)[0] ?? 0)) / 255));
  }
  throw new Refusal('stale-revision', 'Others keep changing this at the moment: try again');
}

/** Whether a write came to be; false where somebody else was quicker. */
export async function saved(write: Promise<unknown>): Promise<boolean> {
  try {
    return (await write) !== false;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'stale-revision') return false;
    if (error instanceof TransactionRefused && error.conflict) return false;
    throw error;
  }
}
