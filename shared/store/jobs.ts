import { Refusal } from '#shared/domain/errors.ts';
import { Job, lookAt } from '#shared/domain/job.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { allPages } from './all-pages.ts';
import { keys } from './keys.ts';
import { ConditionFailed, type Key, type Path, type Table, TransactionRefused } from './table.ts';

const DUE = 'job';

/** A job as its item: listed by when somebody is to look at it. */
const itemOf = (job: Job) => ({ ...keys.job(job.jobId), ...job, due: DUE, dueAt: lookAt(job) });

const jobIdOf = ({ pk, sk }: Key): string => `${pk.slice('EVENT#'.length)}-${sk.slice('JOB#'.length)}`;

/** Jobs at rest. */
export function jobStore(table: Table) {
  const set = (job: Job) => {
    const { pk: _, sk: __, ...attributes } = itemOf(job);
    return Object.entries(attributes).flatMap(([field, value]): (readonly [Path, unknown])[] =>
      value === undefined ? [] : [[[field], value]],
    );
  };

  const ofEvent = async (eventId: string): Promise<Job[]> => {
    const range = { partition: keys.event(eventId).pk, prefix: 'JOB#', consistent: true };
    return (await allPages(table, range)).map((item) => Job.parse(item));
  };

  return {
    async get(jobId: string): Promise<Job | undefined> {
      const item = await table.get(keys.job(jobId), { consistent: true });
      return item && Job.parse(item);
    },

    /** Saves a new job, unless its event's people are being purged: throws `not-the-time`. */
    async add(job: Job): Promise<void> {
      try {
        await table.transact([
          { put: { item: itemOf(job), when: [{ is: 'absent' }], fact: undefined } },
          { check: { ...keys.event(job.eventId), when: [{ is: 'absent', path: ['purgingAt'] }] } },
        ]);
      } catch (error) {
        if (!(error instanceof TransactionRefused && error.failed[1])) throw error;
        throw new Refusal('not-the-time', 'What was kept about the people of this event is being deleted');
      }
    },

    /** Takes a job one step further; says whether it still stood where it was read. */
    async save(read: Job, next: Job): Promise<boolean> {
      const when = [
        { is: 'equal', path: ['state'], value: read.state },
        { is: 'equal', path: ['step'], value: read.step },
      ] as const;
      try {
        await table.update({ ...keys.job(read.jobId), set: set(next), when, fact: undefined });
        return true;
      } catch (error) {
        if (error instanceof ConditionFailed) return false;
        throw error;
      }
    },

    ofEvent,

    /** Jobs that somebody is to look at by now, those first that waited longest. */
    async due(now: Epoch): Promise<string[]> {
      const { items } = await table.query({ index: 'due', partition: DUE, atMost: now, limit: 100 });
      return items.map(jobIdOf);
    },

    /**
     * Has every job of an event looked at by now: one whose event is being purged is deleted then, with its files. Says how
     * many are left, so whoever purges is done when it says none.
     */
    async callIn(eventId: string, now: Epoch): Promise<number> {
      const jobs = await ofEvent(eventId);
      for (const { jobId } of jobs) {
        await table.update({ ...keys.job(jobId), set: [[['dueAt'], now]], when: [{ is: 'there' }], fact: undefined });
      }
      return jobs.length;
    },

    /** Has a job looked at as soon as somebody looks; nothing where it is gone. */
    async callFor(jobId: string, now: Epoch): Promise<void> {
      try {
        await table.update({ ...keys.job(jobId), set: [[['dueAt'], now]], when: [{ is: 'there' }], fact: undefined });
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
      }
    },

    async remove(jobId: string): Promise<void> {
      await table.remove(keys.job(jobId));
    },
  };
}
export type JobStore = ReturnType<typeof jobStore>;
