import { beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { chance } from '#shared/domain/ids.ts';
import { type Job, newJob, startReading, stepOn } from '#shared/domain/job.ts';
import { newJobId } from '#shared/domain/job-id.ts';
import { instantAt } from '#shared/domain/time.ts';
import { attendanceStore } from '#shared/store/attendance.ts';
import { eventStore } from '#shared/store/events.ts';
import { jobStore } from '#shared/store/jobs.ts';
import { toItem } from '#shared/store/registration-items.ts';
import type { Table } from '#shared/store/table.ts';
import { anEvent, aRegistration, aText, NOW_EPOCH } from './builders.ts';

/** What the stores of jobs and of who came promise, whatever engine the table runs on. */
export function describeJobStores(engine: string, open: () => Promise<Table>): void {
  describe(`the stores of jobs on ${engine}`, () => {
    let table: Table;
    let events: ReturnType<typeof eventStore>;
    let jobs: ReturnType<typeof jobStore>;
    let event: Event;
    beforeEach(async () => {
      table = await open();
      [events, jobs] = [eventStore(table), jobStore(table)];
      event = anEvent({ endInstant: '2026-11-22T13:00:00Z' });
      await events.create(event, aText());
    });
    const added = async (): Promise<Job> => {
      const job = newJob(newJobId(event.eventId, chance), 100, NOW_EPOCH);
      await jobs.add(job);
      return job;
    };
    const reading = (job: Job) => startReading(job, 'tag', NOW_EPOCH) as Job;
    const beginPurge = () =>
      events.save({ ...event, purgingAt: instantAt(NOW_EPOCH), revision: 3 }, aText(), {
        revision: 2,
        fact: undefined,
      });

    test('a job comes back as it was saved, by its id and with its event', async () => {
      const [first, second] = [await added(), await added()];
      expect(await jobs.get(first.jobId)).toEqual(first);
      const all = await jobs.ofEvent(event.eventId);
      expect(all.map(({ jobId }) => jobId).sort()).toEqual([first.jobId, second.jobId].sort());
      await jobs.remove(first.jobId);
      expect(await jobs.get(first.jobId)).toBeUndefined();
      expect(await jobs.ofEvent(event.eventId)).toEqual([second]);
    });

    test('of two who take it the same step further, one does', async () => {
      const job = await added();
      const results = await Promise.all([jobs.save(job, reading(job)), jobs.save(job, reading(job))]);
      expect(results.sort()).toEqual([false, true]);
      const read = reading(job);
      expect(await jobs.save(read, stepOn(read, NOW_EPOCH + 1))).toBe(true);
      expect(await jobs.save(read, stepOn(read, NOW_EPOCH + 2))).toBe(false);
      expect(await jobs.get(job.jobId)).toEqual(stepOn(read, NOW_EPOCH + 1));
    });

    test('nothing brings a deleted job back', async () => {
      const job = await added();
      await jobs.remove(job.jobId);
      expect(await jobs.save(job, reading(job))).toBe(false);
      expect(await jobs.get(job.jobId)).toBeUndefined();
    });

    test('it is listed by when somebody is to look at it: soon while it is worked on, else when its time is over', async () => {
      const [waiting, job] = [await added(), await added()];
      await jobs.save(job, reading(job));
      await expect.poll(() => jobs.due(NOW_EPOCH + 300)).toEqual([job.jobId]);
      expect(await jobs.due(NOW_EPOCH + 299)).toEqual([]);
      const all = await jobs.due(NOW_EPOCH + 7 * 24 * 3600);
      expect(all.sort()).toEqual([waiting.jobId, job.jobId].sort());
    });

    test('all jobs of an event can be called in, and none begins once its people are being purged', async () => {
      const job = await added();
      await beginPurge();
      expect(await jobs.callIn(event.eventId, NOW_EPOCH + 5)).toBe(1);
      await expect.poll(() => jobs.due(NOW_EPOCH + 5)).toEqual([job.jobId]);
      await expect(added()).rejects.toMatchObject({ code: 'not-the-time' });
      await jobs.remove(job.jobId);
      expect(await jobs.callIn(event.eventId, NOW_EPOCH + 5)).toBe(0);
    });

    test('one that is called for is due at once, and nothing is made of one that is gone', async () => {
      const job = reading(await added());
      await jobs.callFor(job.jobId, NOW_EPOCH + 5);
      await expect.poll(() => jobs.due(NOW_EPOCH + 5)).toEqual([job.jobId]);
      await jobs.remove(job.jobId);
      await jobs.callFor(job.jobId, NOW_EPOCH + 5);
      expect(await jobs.get(job.jobId)).toBeUndefined();
    });

    test('who came is counted once it is final, anew when its grounds change, and outlives the people', async () => {
      const attendance = attendanceStore(table);
      const { eventId } = event;
      const enrol = (given: object) =>
        table.put({ item: toItem(aRegistration({ eventId, ...given })), fact: undefined });
      for (const given of [
        { minutes: 40 },
        { minutes: 9 },
        {},
        { status: 'cancelled' },
        { erased: true, minutes: 1 },
      ]) {
        await enrol(given);
      }
      const final = { ...event, attendanceImportedAt: instantAt(NOW_EPOCH), attendanceFinalAt: instantAt(NOW_EPOCH) };
      expect(await attendance.counts(final, NOW_EPOCH - 1)).toBeUndefined();
      expect(await attendance.counts(final, NOW_EPOCH)).toEqual({ attended: 2, 'no-show': 1, unknown: 0 });
      await enrol({ minutes: 50 });
      expect(await attendance.counts(final, NOW_EPOCH)).toEqual({ attended: 2, 'no-show': 1, unknown: 0 });
      const stricter = { ...final, attendedFrom: 'provider-minutes:30' };
      expect(await attendance.counts(stricter, NOW_EPOCH)).toEqual({ attended: 2, 'no-show': 1, unknown: 1 });
      await beginPurge();
      await enrol({ minutes: 60 });
      const purging = { ...stricter, purgingAt: instantAt(NOW_EPOCH) };
      expect(await attendance.counts(purging, NOW_EPOCH)).toEqual({ attended: 2, 'no-show': 1, unknown: 1 });
      await attendance.counts(final, NOW_EPOCH);
      expect(await attendance.counts(purging, NOW_EPOCH)).toEqual({ attended: 2, 'no-show': 1, unknown: 1 });
    });
  });
}
