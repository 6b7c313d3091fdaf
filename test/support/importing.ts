import { workOn } from '#functions/jobs/work-on.ts';
import { filesOf } from '#shared/domain/job-files.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { jobStore } from '#shared/store/jobs.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { recordedLog } from './http.ts';
import type { OrganiserApi } from './organiser-api.ts';

/** An event that has ended by the API's clock. */
export const PAST = { startsAt: '2026-11-20T09:30', endsAt: '2026-11-20T13:00' };

/** Imports of attendance reports over an organiser's API, with the worker of jobs at hand. */
export function importing(api: OrganiserApi) {
  const { table, files, clock } = api;
  const work = workOn({
    jobs: jobStore(table),
    events: eventStore(table),
    registrations: registrationStore(table),
    eraser: eraser(table),
    files,
    again: async () => {},
    clock: { now: () => clock.now, monotonic: () => 0, sleep: async () => {} },
    logger: recordedLog(),
    budget: 25,
  });

  const steps = {
    /** A job whose file is uploaded. */
    async uploaded(eventId: string, report: string): Promise<string> {
      const bytes = Buffer.from(report);
      const { status, body } = await api.post(`/events/${eventId}/attendance/import`, { bytes: bytes.length });
      if (status !== 202) throw new Error(`The import was refused: ${JSON.stringify(body)}`);
      api.kept.set(filesOf(body.jobId).upload, bytes);
      return body.jobId;
    },
    /** What the worker does with every message there is. */
    async work(): Promise<void> {
      for (const message of api.nudged.splice(0)) await work(message);
    },
    /** A job that waits for somebody's word. */
    async previewed(eventId: string, report: string): Promise<string> {
      const jobId = await steps.uploaded(eventId, report);
      await api.post(`/jobs/${jobId}/start`);
      await steps.work();
      return jobId;
    },
  };
  return steps;
}
