import { mayGoOn } from '#shared/domain/chains.ts';
import type { Event } from '#shared/domain/event.ts';
import { begin, isWorking, type Job } from '#shared/domain/job.ts';
import { allFilesOf } from '#shared/domain/job-files.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { JobNudge } from '#shared/queue/messages.ts';
import { applyPiece } from './apply-piece.ts';
import type { JobDeps } from './deps.ts';
import { deskOf } from './desk.ts';
import { findPiece } from './find-piece.ts';
import { readPiece } from './read-piece.ts';
import { removePiece } from './remove-piece.ts';

/**
 * Works on a job, piece by piece, until its state asks for somebody's word or the time of this invocation is up. A message
 * is a nudge: the job says what is to be done next. A piece may be done twice, after a crash or by two at once, and comes
 * to the same; the job moves on once. A job whose time is over is deleted with its files, and so is one whose event is
 * being purged.
 */
export const workOn = (deps: JobDeps) => {
  const { jobs, events, files, again, clock, logger, budget } = deps;
  const now = () => Math.floor(clock.now() / 1000);

  return async ({ jobId, links }: JobNudge): Promise<void> => {
    const started = clock.monotonic();
    const desk = deskOf(files, jobId);
    for (;;) {
      const job = await jobs.get(jobId);
      if (!job) return;
      const event = await events.get(job.eventId, { consistent: true });
      if (!event || isOver(job, event, now())) {
        await files.remove(allFilesOf(jobId));
        await jobs.remove(jobId);
        logger.info('Deleted a job', { jobId });
        return;
      }
      if (!isWorking(job)) return;
      const begun = begin(job, now());
      // Somebody else does the same pieces and is further: it is theirs.
      if (begun !== job && !(await jobs.save(job, begun))) return;
      if (!isWorking(begun)) {
        logger.error('Gave a job up: a piece of it never came to its end', { jobId, step: job.step });
        return;
      }
      const work = { job: begun, event, desk, now };
      const next = await pieceOf(job)(deps, work);
      if (!(await jobs.save(begun, next))) return;
      const { state, step, steps } = next;
      logger.info('Did a piece of a job', { jobId, state, step, steps });
      if (isWorking(next) && clock.monotonic() - started >= budget * 1000) {
        if (mayGoOn(links)) await again([{ body: { v: 1, jobId, links: links + 1 } satisfies JobNudge }]);
        // `sweep` begins a new chain of messages with it.
        else await jobs.callFor(jobId, now());
        return;
      }
    }
  };
};

/** What a job of this kind does next. */
const pieceOf = ({ kind, state }: Job) => {
  if (kind === 'removal') return state === 'reading' ? findPiece : removePiece;
  return state === 'reading' ? readPiece : applyPiece;
};

const isOver = ({ keptUntil }: Job, { purgingAt }: Event, now: Epoch): boolean =>
  now >= keptUntil || purgingAt !== undefined;
