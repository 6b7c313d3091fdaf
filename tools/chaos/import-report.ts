import { type Heard, insist } from './visitors.ts';
import type { World } from './world.ts';

interface Job {
  readonly jobId: string;
  readonly state: string;
  readonly upload?: { readonly url: string };
}
interface Report {
  readonly eventId: string;
  readonly people: number;
  readonly heard: Heard;
}

const DONE_WITHIN_MS = 600_000;

/**
 * An organiser imports a report of everybody's minutes, and has it applied; how many seconds that took, or undefined where it
 * did not come to an end.
 */
export async function importReport(world: World, { eventId, people, heard }: Report): Promise<number | undefined> {
  const began = performance.now();
  const lines = Array.from(
    { length: people },
    (_, n) => `person${n}@${eventId}.example.org,Person ${n},${(n % 60) + 1}`,
  );
  const report = Buffer.from(['email,name,minutes', ...lines].join('\n'));
  const headers = { authorization: `Bearer ${world.apiKey}` };
  const ask = (path: string, more: { method?: string; body?: unknown } = {}) =>
    insist<Job>({ siteUrl: world.siteUrl, heard }, { path: `/api/v1${path}`, headers, ...more });
  const job = await ask(`/events/${eventId}/attendance/import`, { body: { bytes: report.length } });
  if (!job?.upload) return undefined;
  await fetch(job.upload.url, { method: 'PUT', body: report });
  const until = async (state: string): Promise<boolean> => {
    while (performance.now() - began < DONE_WITHIN_MS) {
      const found = await ask(`/jobs/${job.jobId}`, { method: 'GET' });
      if (found?.state === state) return true;
      if (found?.state === 'failed') return false;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return false;
  };
  await ask(`/jobs/${job.jobId}/start`);
  if (!(await until('previewed'))) return undefined;
  await ask(`/jobs/${job.jobId}/apply`);
  return (await until('done')) ? Math.round((performance.now() - began) / 1000) : undefined;
}
