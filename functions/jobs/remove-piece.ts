import { type Job, PIECE, removedSome } from '#shared/domain/job.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { isRemoved, type Meant, removing } from '#shared/domain/removal.ts';
import type { JobDeps } from './deps.ts';
import type { Work } from './work.ts';

/** Writes under way at once. */
const AT_ONCE = 25;

type RemoveDeps = Pick<JobDeps, 'registrations' | 'eraser'>;

/**
 * The next piece of a removal. Nobody is touched who was not previewed, nor whom the filter means no more, and a piece that is
 * done again finds its people removed: it counts the same, and takes up what was left undone.
 */
export async function removePiece(deps: RemoveDeps, work: Work): Promise<Job> {
  const { job, desk, now } = work;
  const piece = (await desk.meant()).slice(job.step * PIECE, (job.step + 1) * PIECE);
  const rows = await deps.registrations.rows(
    piece.map(({ registrationId }) => ({ eventId: job.eventId, registrationId })),
  );
  const byId = new Map(rows.map((row) => [row.registrationId, row]));
  let removed = 0;
  for (let start = 0; start < piece.length; start += AT_ONCE) {
    const some = piece.slice(start, start + AT_ONCE);
    const done = await Promise.all(
      some.map((meant) => removeOne(deps, work, { meant, row: byId.get(meant.registrationId) })),
    );
    removed += done.filter(Boolean).length;
  }
  return removedSome(job, { removed, left: piece.length - removed }, now());
}

async function removeOne(
  { registrations, eraser }: RemoveDeps,
  { job, event, now }: Work,
  { meant, row }: { meant: Meant; row: Registration | undefined },
): Promise<boolean> {
  const { removal, eventId } = job;
  if (!removal) throw new Error(`A removal that removes nobody: ${job.jobId}`);
  if (!row) return true;
  const after = await registrations.revise(row, removing(removal, meant, { event, now: now() }));
  if (removal.action === 'erase' && (!after || after.erased)) {
    const tombstone = await registrations.tombstone(eventId, meant.registrationId);
    if (tombstone) await eraser.removeTraces(tombstone);
    if (tombstone) await eraser.removeRow(tombstone);
  }
  return isRemoved(after, removal, meant);
}
