import { Refusal } from '#shared/domain/errors.ts';
import { confirmMinutes, withImport } from '#shared/domain/finalise-attendance.ts';
import { applied, fail, finish, isLastStep, type Job, PIECE } from '#shared/domain/job.ts';
import type { Match } from '#shared/domain/match-attendance.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { JobDeps } from './deps.ts';
import type { Work } from './work.ts';

/** Writes under way at once. */
const AT_ONCE = 25;
const ATTEMPTS = 6;

type ApplyDeps = Pick<JobDeps, 'events' | 'registrations'>;

/** The next piece of applying: the minutes of some registrations, and at last that it is known who came. */
export async function applyPiece(deps: ApplyDeps, work: Work): Promise<Job> {
  const { job, desk, now } = work;
  if (isLastStep(job)) return finishImport(deps, work);
  const matches = await desk.matches();
  const piece = matches.slice(job.step * PIECE, (job.step + 1) * PIECE);
  const confirmed = await confirmAll(deps, job.eventId, piece);
  return applied(job, { confirmed, gone: piece.length - confirmed }, now());
}

/** How many of them have at least those minutes now; who was erased meanwhile has none. */
async function confirmAll({ registrations }: ApplyDeps, eventId: string, matches: readonly Match[]): Promise<number> {
  const minutes = new Map(matches.map((match) => [match.registrationId, match.minutes]));
  const rows = await registrations.getMany(matches.map(({ registrationId }) => ({ eventId, registrationId })));
  const confirm = (row: Registration) =>
    registrations.revise(row, (current) => confirmMinutes(current, minutes.get(row.registrationId) ?? 0));
  let confirmed = 0;
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const now = await Promise.all(rows.slice(start, start + AT_ONCE).map(confirm));
    confirmed += now.filter((row) => row !== undefined).length;
  }
  return confirmed;
}

/** Mail that waits for it is planned anew. */
async function finishImport({ events }: ApplyDeps, { job, now }: Work): Promise<Job> {
  const since = job.appliedAt ?? job.createdAt;
  for (let attempt = 1; ; attempt++) {
    const event = await events.get(job.eventId, { consistent: true });
    const text = await events.text(job.eventId, { consistent: true });
    if (!event || !text) throw new Error(`The event of a job is gone: ${job.jobId}`);
    try {
      const next = withImport(event, { since, now: now() });
      if (next) {
        await events.save(next, text, { revision: event.revision, fact: 'event.changed', planAt: now() });
      }
      return finish(job, now());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code !== 'stale-revision') return fail(job, error.message, now());
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
