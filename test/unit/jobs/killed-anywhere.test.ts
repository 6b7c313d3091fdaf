import { expect, test } from 'vitest';
import type { JobDeps } from '#functions/jobs/deps.ts';
import { PIECE } from '#shared/domain/job.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { knowingOwnWrites } from '#shared/store/own-writes.ts';
import { losingEveryReply } from '#test/support/lost-replies.ts';
import { dyingAt } from '#test/support/mortal.ts';
import { type Working, working } from '#test/support/working.ts';

const crowd = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `P${n}`, email: `p${n}@example.org` }));
const reportOf = (people: readonly { email: string }[]) =>
  ['email,minutes', ...people.map(({ email }, n) => `${email},${(n % 60) + 1}`), 'nobody@example.org,3'].join('\n');

type Mortal = ReturnType<typeof dyingAt>['mortal'];

/** All ports of the worker, of which one call is its last. */
function mortalPorts({ deps }: Working, mortal: Mortal): JobDeps {
  const { jobs, events, registrations, files } = deps;
  const { page, getMany, revise } = registrations;
  return {
    ...deps,
    jobs: { ...jobs, get: mortal(jobs.get), save: mortal(jobs.save), remove: mortal(jobs.remove) },
    events: { get: mortal(events.get), text: mortal(events.text), save: mortal(events.save) },
    registrations: { ...registrations, page: mortal(page), getMany: mortal(getMany), revise: mortal(revise) },
    files: { look: files.look, read: mortal(files.read), write: mortal(files.write), remove: mortal(files.remove) },
    again: mortal(deps.again),
  };
}

/** What came of it all: nothing else of an import is ever seen. */
async function outcome(world: Working, jobId: string) {
  const { state, step, steps, counts, confirmed, gone } = await world.job(jobId);
  const { revision, attendanceFinalAt, attendanceImportedAt } = await world.stored();
  const event = { revision, attendanceFinalAt, attendanceImportedAt };
  return { job: { state, step, steps, counts, confirmed, gone }, event, minutes: await world.minutes() };
}

/** A whole import whose worker dies at its n-th call; its message is then delivered again. */
async function importing(count: number, at: { n: number; when: 'before' | 'after' } = { n: 0, when: 'before' }) {
  const people = crowd(count);
  const world = await working(people);
  const jobId = await world.upload(reportOf(people));
  const { mortal, died, calls } = dyingAt(at.n, at.when);
  const deliver = async () => {
    await Promise.race([world.work(jobId, mortalPorts(world, mortal)), died]);
    await world.work(jobId);
  };
  await deliver();
  expect((await world.job(jobId)).state).toBe('previewed');
  await world.apply(jobId);
  await deliver();
  return { calls: calls(), outcome: await outcome(world, jobId) };
}

test.each(['before', 'after'] as const)(
  'a worker killed %s any of its calls, and its message delivered again: it all comes to the same',
  async (when) => {
    const unharmed = await importing(4);
    expect(unharmed.outcome.job).toMatchObject({ state: 'done', confirmed: 4, gone: 0 });
    expect(unharmed.outcome.minutes).toEqual({ P0: 1, P1: 2, P2: 3, P3: 4 });
    expect(unharmed.calls).toBeGreaterThan(60);
    for (let n = 1; n <= unharmed.calls; n++) {
      expect((await importing(4, { n, when })).outcome, `call ${n}`).toEqual(unharmed.outcome);
    }
  },
);

test('a worker killed between two pieces: nobody is left out or counted twice', async () => {
  const count = PIECE + 2;
  const unharmed = await importing(count);
  expect(unharmed.outcome.job).toMatchObject({ state: 'done', confirmed: count, steps: 3 });
  // The second piece: its two people, the event and the job at the end.
  for (const n of [13, 11, 9]) {
    const harmed = await importing(count, { n: unharmed.calls - n, when: 'after' });
    expect(harmed.outcome).toEqual(unharmed.outcome);
  }
});

test('workers with copies of each message come to the same, and count nobody twice', async () => {
  const people = crowd(40);
  const world = await working(people);
  const jobId = await world.upload(reportOf(people));
  await Promise.all([world.work(jobId), world.work(jobId), world.work(jobId)]);
  await world.work(jobId);
  await world.apply(jobId);
  await Promise.all([world.work(jobId), world.work(jobId), world.work(jobId)]);
  await world.work(jobId);
  expect(await outcome(world, jobId)).toEqual((await importing(40)).outcome);
});

test('a job whose every reply is lost once goes on at once: one message takes it to where it asks for a word', async () => {
  let marks = 0;
  const table = knowingOwnWrites(losingEveryReply(memoryTable()), () => `m${++marks}`);
  const people = crowd(4);
  const world = await working(people, {}, table);
  const jobId = await world.upload(reportOf(people));
  await world.work(jobId);
  expect((await world.job(jobId)).state).toBe('previewed');
  await world.apply(jobId);
  await world.work(jobId);
  expect((await world.job(jobId)).state).toBe('done');
  expect(await world.minutes()).toEqual({ P0: 1, P1: 2, P2: 3, P3: 4 });
});
