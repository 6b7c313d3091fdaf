import type { JobDeps } from '#functions/jobs/deps.ts';
import { workOn } from '#functions/jobs/work-on.ts';
import type { Event } from '#shared/domain/event.ts';
import { chance } from '#shared/domain/ids.ts';
import { type Job, newJob, newRemoval, startApplying, startReading } from '#shared/domain/job.ts';
import { filesOf } from '#shared/domain/job-files.ts';
import { newJobId } from '#shared/domain/job-id.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Removal } from '#shared/domain/removal.ts';
import { type Epoch, epochOf } from '#shared/domain/time.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { jobStore } from '#shared/store/jobs.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import type { Table } from '#shared/store/table.ts';
import { anEvent, aRegistration, aText } from './builders.ts';
import { recordedLog } from './http.ts';
import { memoryFiles } from './memory-files.ts';
import { virtualClock } from './virtual-clock.ts';

/** An hour after the end of an event with these people: a report can be uploaded, and the worker can work on it. */
export async function working(
  people: readonly Partial<Registration>[] = [],
  given: Partial<Event> = {},
  table: Table = memoryTable(),
) {
  const [events, jobs, registrations] = [eventStore(table), jobStore(table), registrationStore(table)];
  const { files, kept } = memoryFiles();
  const event = anEvent({ joining: { url: 'https://meet.example.org/1', opensBefore: 'PT15M' }, ...given });
  const { eventId } = event;
  await events.create(event, aText());
  const rows = people.map((each) => aRegistration({ eventId, ...each }));
  for (const row of rows) await table.put({ item: toItem(row), fact: undefined });
  const { clock, pass } = virtualClock((epochOf(event.endInstant) + 3600) * 1000);
  const now = (): Epoch => Math.floor(clock.now() / 1000);
  const queue: Outgoing[] = [];
  const logger = recordedLog();
  const deps: JobDeps = {
    jobs,
    events,
    registrations,
    eraser: eraser(table),
    files,
    again: async (messages) => void queue.push(...messages),
    clock,
    logger,
    budget: 25,
  };

  const job = async (jobId: string): Promise<Job> => {
    const found = await jobs.get(jobId);
    if (!found) throw new Error('There is no such job');
    return found;
  };
  const move = async (jobId: string, step: (read: Job) => Job | undefined): Promise<void> => {
    const read = await job(jobId);
    const next = step(read);
    if (!next || !(await jobs.save(read, next))) throw new Error(`The job is ${read.state}`);
  };

  return {
    table,
    event,
    eventId,
    rows,
    events,
    jobs,
    registrations,
    files,
    kept,
    clock,
    pass,
    now,
    queue,
    logger,
    deps,
    job,

    /** A report that is uploaded and to be read. */
    async upload(report: string | Uint8Array): Promise<string> {
      const bytes = Buffer.from(report);
      const jobId = newJobId(eventId, chance);
      await jobs.add(newJob(jobId, bytes.length, now()));
      const { upload } = filesOf(jobId);
      kept.set(upload, bytes);
      const tag = (await files.look(upload))?.tag ?? '';
      await move(jobId, (read) => startReading(read, tag, now()));
      return jobId;
    },
    /** A removal of which it is to be found out whom it means. */
    async remove(removal: Removal): Promise<string> {
      const jobId = newJobId(eventId, chance);
      await jobs.add(newRemoval(jobId, removal, now()));
      return jobId;
    },
    /** What was found is to count. */
    apply: (jobId: string, expect?: number) => move(jobId, (read) => startApplying(read, now(), expect)),
    /** One invocation of the worker. */
    work: (jobId: string, over: Partial<JobDeps> = {}, links = 0) =>
      workOn({ ...deps, ...over })({ v: 1, jobId, links }),
    /** Reads and applies a report without mishap. */
    async imported(report: string | Uint8Array): Promise<Job> {
      const jobId = await this.upload(report);
      await this.work(jobId);
      await this.apply(jobId);
      await this.work(jobId);
      return job(jobId);
    },
    /** Everybody's minutes, by name. */
    async minutes(): Promise<Record<string, number | undefined>> {
      const { people: all } = await registrations.list(eventId, { limit: 1_000_000 });
      return Object.fromEntries(all.map(({ name, minutes }) => [name, minutes]));
    },
    stored: async (): Promise<Event> => (await events.get(eventId)) as Event,
  };
}
export type Working = Awaited<ReturnType<typeof working>>;
