import { expect, test } from 'vitest';
import type { JobDeps } from '#functions/jobs/deps.ts';
import { type Job, MOST_TRIES, PIECE } from '#shared/domain/job.ts';
import { dyingAt } from '#test/support/mortal.ts';
import { type Working, working } from '#test/support/working.ts';

/** Seconds after which a message comes back that a worker died of. */
const VISIBILITY = 75;
/** People enough for two pieces of applying, and the one that ends it. */
const COUNT = PIECE + 1;
const people = Array.from({ length: COUNT }, (_, n) => ({ name: `P${n}`, email: `p${n}@example.org` }));
const report = ['email,minutes', ...people.map(({ email }) => `${email},60`)].join('\n');

/** One invocation does one piece. */
const ONE_PIECE = { budget: 0 };

/** A worker that dies in the middle of a piece: it has read the job and its event, and said that it begins. */
async function dyingIn(world: Working, jobId: string): Promise<void> {
  const { jobs, events, registrations, files } = world.deps;
  const { mortal, died } = dyingAt(4, 'before');
  const over: Partial<JobDeps> = {
    jobs: { ...jobs, get: mortal(jobs.get), save: mortal(jobs.save) },
    events: { get: mortal(events.get), text: mortal(events.text), save: mortal(events.save) },
    registrations: {
      ...registrations,
      page: mortal(registrations.page),
      getMany: mortal(registrations.getMany),
      revise: mortal(registrations.revise),
    },
    files: { ...files, read: mortal(files.read), write: mortal(files.write) },
  };
  await Promise.race([world.work(jobId, { ...over, ...ONE_PIECE }), died]);
  world.pass(VISIBILITY);
}

/** A job whose next piece is the one asked for: of reading, or of applying. */
async function upTo(state: Job['state'], step: number) {
  const world = await working(people);
  const jobId = await world.upload(report);
  for (let reached = await world.job(jobId); reached.state !== state || reached.step !== step; ) {
    if (reached.state === 'previewed') await world.apply(jobId);
    else await world.work(jobId, ONE_PIECE);
    reached = await world.job(jobId);
  }
  return { world, jobId };
}

const PIECES = [
  ...Array.from({ length: 10 }, (_, step) => ['reading', step] as const),
  ...Array.from({ length: 3 }, (_, step) => ['applying', step] as const),
];

test.each(PIECES)(
  'a job of which every worker dies at the same piece (%s, %i) has failed after five tries, with a sentence that names the way out',
  async (state, step) => {
    const { world, jobId } = await upTo(state, step);
    for (let n = 0; n < MOST_TRIES; n++) {
      await dyingIn(world, jobId);
      expect(await world.job(jobId)).toMatchObject({ state, step, tries: n + 1 });
    }
    world.queue.length = 0;
    await world.work(jobId);
    const { failure, ...failed } = await world.job(jobId);
    expect(failed).toMatchObject({ state: 'failed', step });
    expect(failure).toMatch(/five tries came to no end/);
    expect(failure).toMatch(/import (it|the file) anew/i);
    // The message is done, and the job is over: nobody looks at it again before it is deleted.
    expect(world.queue).toEqual([]);
    await world.work(jobId);
    expect(await world.job(jobId)).toMatchObject({ state: 'failed', failure });
    expect(await world.jobs.due(world.now() + 3600)).toEqual([]);
  },
);

test.each(PIECES)('one try less, and it comes to its end as if nothing had been (%s, %i)', async (state, step) => {
  const { world, jobId } = await upTo(state, step);
  for (let n = 0; n < MOST_TRIES - 1; n++) await dyingIn(world, jobId);
  await world.work(jobId);
  if ((await world.job(jobId)).state === 'previewed') {
    await world.apply(jobId);
    await world.work(jobId);
  }
  expect(await world.job(jobId)).toMatchObject({ state: 'done', confirmed: COUNT, gone: 0 });
});

test('tries of one piece do not count against the next, and workers beside one another count as one', async () => {
  const { world, jobId } = await upTo('reading', 0);
  for (let step = 0; step < 10; step++) {
    for (let n = 0; n < MOST_TRIES - 1; n++) await dyingIn(world, jobId);
    await world.work(jobId, ONE_PIECE);
  }
  expect(await world.job(jobId)).toMatchObject({ state: 'previewed' });
  await world.apply(jobId);
  await Promise.all(Array.from({ length: 3 * MOST_TRIES }, () => world.work(jobId)));
  await world.work(jobId);
  expect(await world.job(jobId)).toMatchObject({ state: 'done', confirmed: COUNT, gone: 0 });
});
