import { expect, test } from 'vitest';
import type { JobView } from '#functions/organiser-api/job-view.ts';
import { crowd } from '#test/support/crowd.ts';
import { deployed, until } from '#test/support/deployed.ts';

const app = deployed();
const HOUR = 3_600_000;
const wall = (at: number) => new Date(at).toISOString().slice(0, 16);

/** An online event in UTC that ended an hour ago, and so many people who had a place at it. */
async function over(people: number) {
  const end = Date.now() - HOUR;
  const { eventId, slug } = await app.event({
    startsAt: wall(end - HOUR),
    endsAt: wall(end),
    timeZone: 'UTC',
    joining: { url: 'https://meet.example.org/1' },
  });
  const host = `${slug}.example.org`;
  await crowd(eventId, people, host);
  return { eventId, host, path: `/api/v1/events/${eventId}` };
}

/** Sends a report as an organiser does: says how large it is, uploads it, has it read. */
async function sent(path: string, report: Uint8Array): Promise<JobView> {
  const asked = await app.call<JobView>('POST', `${path}/attendance/import`, { body: { bytes: report.length } });
  expect(asked, JSON.stringify(asked.body)).toMatchObject({ status: 202 });
  const put = await fetch(String(asked.body.upload?.url), { method: 'PUT', body: report });
  expect(put.status, await put.text()).toBe(200);
  const started = await app.call<JobView>('POST', `/api/v1/jobs/${asked.body.jobId}/start`);
  expect(started, JSON.stringify(started.body)).toMatchObject({ status: 202 });
  return started.body;
}

/** Watches a job until it is so; resolves to it, and to every progress that was seen. */
async function watch(jobId: string, state: JobView['state']): Promise<{ job: JobView; seen: number[] }> {
  const seen: number[] = [];
  const job = await until(
    `the job to be ${state}`,
    async () => {
      const { body } = await app.call<JobView>('GET', `/api/v1/jobs/${jobId}`);
      if (body.state === 'failed' && state !== 'failed') throw new Error(body.failure);
      seen.push(body.progress);
      return body.state === state && body;
    },
    90_000,
  );
  return { job, seen };
}

const ROWS = 10_000;

test('10,000 rows are read and applied within a minute, and progress is seen to rise', async () => {
  const { eventId, host, path } = await over(ROWS);
  const lines = Array.from({ length: ROWS }, (_, n) => `person${n}@${host},Person ${n},${(n % 90) + 1}`);
  const began = performance.now();
  const { jobId } = await sent(path, Buffer.from(['email,name,minutes', ...lines].join('\n')));
  const read = await watch(jobId, 'previewed');
  expect(read.job).toMatchObject({ counts: { rows: ROWS, matched: ROWS, ambiguous: 0, unknown: 0, faults: 0 } });
  expect((await app.call('POST', `/api/v1/jobs/${jobId}/apply`)).status).toBe(202);
  const done = await watch(jobId, 'done');
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(done.seen).toEqual([...done.seen].sort((a, b) => a - b));
  expect(new Set(done.seen).size).toBeGreaterThan(3);
  expect(done.job.applied).toEqual({ confirmed: ROWS, gone: 0 });
}, 240_000);
