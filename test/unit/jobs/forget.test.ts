import { expect, test } from 'vitest';
import { careForJobs } from '#functions/sweep/care-for-jobs.ts';
import { purge } from '#functions/sweep/purge.ts';
import { chance } from '#shared/domain/ids.ts';
import { newJob } from '#shared/domain/job.ts';
import { newJobId } from '#shared/domain/job-id.ts';
import { instantAt } from '#shared/domain/time.ts';
import { countStore } from '#shared/store/counts.ts';
import { eraser } from '#shared/store/eraser.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import { type Working, working } from '#test/support/working.ts';

const REPORT = 'email,minutes\nada@example.org,62';
const ADA = [{ name: 'Ada', email: 'ada@example.org' }];
const DAY = 24 * 3600;

/** One look of the sweep, and the worker's at every job it was told of. */
async function sweepAndWork(world: Working): Promise<number> {
  const told: unknown[] = [];
  const workOn: Parameters<typeof careForJobs>[0]['workOn'] = async (messages) =>
    void told.push(...messages.map(({ body }) => body));
  await careForJobs({ jobs: world.jobs, workOn }, world.now());
  for (const message of told) await world.work((message as { jobId: string }).jobId);
  return told.length;
}

/** One round of the purge. */
const purgeNow = (world: Working) =>
  purge(
    {
      events: world.events,
      registrations: world.registrations,
      counts: countStore(world.table),
      surveyAnswers: surveyAnswerStore(world.table),
      eraser: eraser(world.table),
      jobs: world.jobs,
      clock: world.clock,
      logger: world.logger,
    },
    world.now(),
  );

const beginPurge = async (world: Working) => world.events.beginPurge(await world.stored(), world.now());

test('a job whose message was lost is worked on after five quiet minutes, and not before', async () => {
  const world = await working(ADA);
  const jobId = await world.upload(REPORT);
  world.pass(299);
  expect(await sweepAndWork(world)).toBe(0);
  world.pass(1);
  expect(await sweepAndWork(world)).toBe(1);
  expect(await world.job(jobId)).toMatchObject({ state: 'previewed' });
  world.pass(3600);
  expect(await sweepAndWork(world)).toBe(0);
});

test('after a week a job is deleted with its files, whatever became of it', async () => {
  const world = await working(ADA);
  await world.imported(REPORT);
  await world.upload(REPORT);
  const waiting = newJob(newJobId(world.eventId, chance), 9, world.now());
  await world.jobs.add(waiting);
  world.pass(7 * DAY - 1);
  await sweepAndWork(world);
  expect(await world.jobs.ofEvent(world.eventId)).toHaveLength(3);
  expect(world.kept.size).toBeGreaterThan(0);
  world.pass(1);
  await sweepAndWork(world);
  expect(await world.jobs.ofEvent(world.eventId)).toEqual([]);
  expect([...world.kept.keys()]).toEqual([]);
});

test('a purge takes an event’s jobs and their files along, and is not over before they are gone', async () => {
  const world = await working(ADA, { retentionDays: 1 });
  await world.imported(REPORT);
  await world.upload(REPORT);
  await world.events.purgeOn(world.eventId, world.now());
  world.pass(DAY);
  await purgeNow(world);
  expect(await world.minutes()).toEqual({});
  expect(world.kept.size).toBeGreaterThan(0);
  expect(await world.stored()).not.toHaveProperty('purgedAt');
  expect(await sweepAndWork(world)).toBe(2);
  await purgeNow(world);
  expect([...world.kept.keys()]).toEqual([]);
  expect(await world.jobs.ofEvent(world.eventId)).toEqual([]);
  expect(await world.stored()).toMatchObject({ purgedAt: instantAt(world.now()) });
});

test('once a purge has begun no minutes are written, and no job begins', async () => {
  const world = await working(ADA);
  const jobId = await world.upload(REPORT);
  await world.work(jobId);
  await world.apply(jobId);
  await beginPurge(world);
  await world.work(jobId);
  expect(await world.minutes()).toEqual({ Ada: undefined });
  expect(await world.jobs.get(jobId)).toBeUndefined();
  await expect(world.jobs.add(newJob(newJobId(world.eventId, chance), 9, world.now()))).rejects.toMatchObject({
    code: 'not-the-time',
  });
});

test('a message about a job there is not, or that waits for somebody’s word, does nothing', async () => {
  const world = await working(ADA);
  await world.work(newJobId(world.eventId, chance));
  const jobId = await world.upload(REPORT);
  await world.work(jobId);
  const before = await world.job(jobId);
  await world.work(jobId);
  expect(await world.job(jobId)).toEqual(before);
});
