import * as z from 'zod';
import { PROVIDERS } from './attendance-report.ts';
import { Refusal } from './errors.ts';
import { Id, SHARDS } from './ids.ts';
import { JobId, partsOf } from './job-id.ts';
import { Removal } from './removal.ts';
import type { Epoch } from './time.ts';

/** `previewed` waits for somebody's word; `reading` and `applying` are worked on. */
export const JobState = z.enum(['awaiting-file', 'reading', 'previewed', 'applying', 'done', 'failed']);
export type JobState = z.infer<typeof JobState>;

const Count = z.int().min(0);

/** What a report came to: its rows, whom they tell of, and who of them was found. */
export const ImportCounts = z.object({
  rows: Count,
  faults: Count,
  absent: Count,
  attendees: Count,
  /** Registrations that the report gives minutes. */
  matched: Count,
  ambiguous: Count,
  unknown: Count,
});
export type ImportCounts = z.infer<typeof ImportCounts>;

/** Long work on one event, done piece by piece. It holds ids and numbers; names and addresses are in its files alone. */
export const Job = z.object({
  jobId: JobId,
  eventId: Id,
  kind: z.enum(['attendance-import', 'removal']),
  state: JobState,
  /** Epoch seconds, all of them. */
  createdAt: z.int(),
  /** When a piece of it was last done. */
  touchedAt: z.int(),
  /** When it is deleted, with its files. */
  keptUntil: z.int(),
  /** Of a removal: what is to be done with whom, how many those are, and of them, who has no place now and who kept it. */
  removal: Removal.optional(),
  people: Count.optional(),
  removed: Count.optional(),
  left: Count.optional(),
  /** How large the file is to be; 0 where there is none. */
  bytes: z.int(),
  /** Which content of the file is meant: whatever is uploaded later is not read. */
  tag: z.string().optional(),
  /** How many pieces of the present state are done, of how many. */
  step: Count,
  steps: Count,
  provider: z.enum(PROVIDERS).optional(),
  counts: ImportCounts.optional(),
  /** When somebody had it applied. */
  appliedAt: z.int().optional(),
  /** Registrations that have their minutes, and that are gone meanwhile. */
  confirmed: Count,
  gone: Count,
  /** How often the piece that is next was begun, and when last; absent in jobs of earlier versions. */
  tries: Count.optional(),
  triedAt: z.int().optional(),
  /** Why it failed, for whoever sent the file. */
  failure: z.string().optional(),
});
export type Job = z.infer<typeof Job>;

const DAY = 24 * 3600;
const KEPT = 7 * DAY;
/** After so many quiet seconds somebody looks whether a job got lost. */
const QUIET = 300;
/** The file is read, each shard of the people is looked through, and what was found is written down. */
const READING = 1 + SHARDS + 1;
/** Registrations that are written in one piece. */
export const PIECE = 500;

/** A new job that waits for a file of this size. */
export const newJob = (jobId: string, bytes: number, now: Epoch): Job => ({
  jobId,
  eventId: partsOf(jobId).eventId,
  kind: 'attendance-import',
  state: 'awaiting-file',
  createdAt: now,
  touchedAt: now,
  keptUntil: now + KEPT,
  bytes,
  step: 0,
  steps: 0,
  confirmed: 0,
  gone: 0,
});

/** A new job that finds out at once whom a removal means: shard by shard, then it is written down. */
export const newRemoval = (jobId: string, removal: Removal, now: Epoch): Job => ({
  ...newJob(jobId, 0, now),
  kind: 'removal',
  state: 'reading',
  steps: SHARDS + 1,
  removal,
});

/** Whether pieces of it are still to be done without anybody's word. */
export const isWorking = ({ state }: Pick<Job, 'state'>): boolean => state === 'reading' || state === 'applying';

/** When to look at it, should nobody have done so: has it got lost, or is its time over? */
export const lookAt = (job: Job): Epoch =>
  Math.min(job.keptUntil, isWorking(job) ? job.touchedAt + QUIET : job.keptUntil);

/** How far it is with what it does now, or did last: 0 to 1. */
export const progressOf = ({ step, steps }: Pick<Job, 'step' | 'steps'>): number => (steps === 0 ? 0 : step / steps);

/** The file is there, and is read. Undefined when that has begun already. */
export const startReading = (job: Job, tag: string, now: Epoch): Job | undefined =>
  job.state === 'awaiting-file'
    ? { ...job, state: 'reading', tag, step: 0, steps: READING, touchedAt: now }
    : undefined;

/** So often a piece is begun that never comes to its end; then the job has failed. */
export const MOST_TRIES = 5;
/** Whoever begins a piece so soon after another does it beside them: their message came twice. Seconds; a worker runs for sixty. */
const BESIDE = 60;

/**
 * Somebody begins the next piece: it says so before they do, so that a worker that dies of a piece counts, too. A job whose
 * piece was begun too often has failed: no message of it goes round for ever.
 */
export function begin(job: Job, now: Epoch): Job {
  const { tries = 0, triedAt = now, state } = job;
  if (tries > 0 && now - triedAt < BESIDE) return job;
  if (tries < MOST_TRIES) return { ...job, tries: tries + 1, triedAt: now };
  if (job.removal) return fail(job, NOT_REMOVED, now);
  return fail(job, state === 'applying' ? NOT_APPLIED : NOT_READ, now);
}

const NOT_READ =
  'The file could not be read: five tries came to no end. Check that it is the report as the provider exports it, leave out columns of long texts, and import it anew';
const NOT_APPLIED =
  'Not all of it could be applied: five tries came to no end. What was applied stays. Import the file anew: nobody is counted twice';

const NOT_REMOVED =
  'Not all of it could be done: five tries came to no end. Whoever was removed stays removed. Ask for it anew: it finds who is left';

/** One piece further. */
export const stepOn = (job: Job, now: Epoch): Job => ({ ...job, step: job.step + 1, touchedAt: now, tries: 0 });

/** All is read: it waits for somebody's word. */
export const preview = (job: Job, found: Required<Pick<Job, 'counts' | 'provider'>>, now: Epoch): Job => ({
  ...stepOn(job, now),
  ...found,
  state: 'previewed',
});

/** It is known whom a removal means: it waits for somebody's word. */
export const previewRemoval = (job: Job, people: number, now: Epoch): Job => ({
  ...stepOn(job, now),
  people,
  state: 'previewed',
});

/**
 * What was previewed is applied. Undefined when that has begun already. Throws `invalid-transition`, and `expectation-needed`
 * where it is to happen to other than so many people; a removal takes no word without a number.
 */
export function startApplying(job: Job, now: Epoch, expect?: number): Job | undefined {
  if (job.state === 'applying' || job.state === 'done') return undefined;
  if (job.state === 'failed') throw new Refusal('invalid-transition', `The job has failed: ${job.failure}`);
  if (job.removal) return startRemoving(job, now, expect);
  if (job.state !== 'previewed' || !job.counts)
    throw new Refusal('invalid-transition', 'There is nothing to apply before the file is uploaded and read');
  const { matched } = job.counts;
  if (expect !== undefined && expect !== matched) throw otherThan(expect, matched);
  if (matched === 0)
    throw new Refusal('invalid-transition', 'Nobody in the file is registered for this event: is it the right one?');
  const steps = Math.ceil(matched / PIECE) + 1;
  return { ...job, state: 'applying', step: 0, steps, appliedAt: now, touchedAt: now };
}

function startRemoving(job: Job, now: Epoch, expect: number | undefined): Job {
  const { state, people } = job;
  if (state !== 'previewed' || people === undefined)
    throw new Refusal('invalid-transition', 'It is not known yet whom it means: ask again in a few seconds');
  if (expect !== people) throw otherThan(expect, people);
  if (people === 0) throw new Refusal('invalid-transition', 'The filter means nobody: there is nothing to do');
  const steps = Math.ceil(people / PIECE);
  return { ...job, state: 'applying', step: 0, steps, appliedAt: now, touchedAt: now, removed: 0, left: 0 };
}

const otherThan = (expect: number | undefined, people: number): Refusal => {
  const why = expect === undefined ? '' : `, not ${expect}`;
  const detail = `It happens to ${people} ${people === 1 ? 'registration' : 'registrations'}${why}: send "expect": ${people} if you mean it`;
  return new Refusal('expectation-needed', detail, 'expect');
};

/** Another piece of a removal is done, and with the last of them all of it. */
export function removedSome(job: Job, { removed, left }: { removed: number; left: number }, now: Epoch): Job {
  const next = { ...stepOn(job, now), removed: (job.removed ?? 0) + removed, left: (job.left ?? 0) + left };
  return next.step === next.steps ? { ...next, state: 'done' } : next;
}

/** Whether all registrations are written, and only the event is left. */
export const isLastStep = ({ step, steps }: Pick<Job, 'step' | 'steps'>): boolean => step === steps - 1;

/** Another piece of the registrations is written. */
export const applied = (job: Job, { confirmed, gone }: Pick<Job, 'confirmed' | 'gone'>, now: Epoch): Job => ({
  ...stepOn(job, now),
  confirmed: job.confirmed + confirmed,
  gone: job.gone + gone,
});

export const finish = (job: Job, now: Epoch): Job => ({ ...stepOn(job, now), state: 'done' });

/** It cannot be done, and why: for whoever sent the file. */
export const fail = (job: Job, failure: string, now: Epoch): Job => ({
  ...job,
  state: 'failed',
  failure,
  touchedAt: now,
});
