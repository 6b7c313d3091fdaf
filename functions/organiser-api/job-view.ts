import * as z from 'zod';
import { ImportExcerpt } from '#shared/domain/import-excerpt.ts';
import { ImportCounts, Job, progressOf } from '#shared/domain/job.ts';
import { Removal } from '#shared/domain/removal.ts';
import { instantAt } from '#shared/domain/time.ts';

/** Where a file is to be sent. */
export const UploadView = z
  .object({ method: z.literal('PUT'), url: z.url(), bytes: z.int(), expiresAt: z.iso.datetime() })
  .meta({ id: 'Upload' });

/** Where a file lies ready. */
const DownloadView = z.object({ url: z.url(), expiresAt: z.iso.datetime() }).meta({ id: 'Download' });

const { jobId, eventId, kind, state, provider } = Job.shape;

/** Somebody whom a removal means; by name and address for who may see people. */
export const MeantView = z
  .object({ registrationId: z.string(), name: z.string().optional(), email: z.string().optional() })
  .meta({ id: 'MeantRegistration' });

/** Long work as the organiser sees it: how far it is, what it came to, and what to do next. */
export const JobView = z
  .object({
    jobId,
    eventId,
    kind,
    state,
    progress: z.number().min(0).max(1),
    next: z.string(),
    provider,
    counts: ImportCounts.optional(),
    applied: z.object({ confirmed: z.int().min(0), gone: z.int().min(0) }).optional(),
    action: Removal.shape.action.optional(),
    people: z.int().min(0).optional(),
    removed: z.object({ registrations: z.int().min(0), left: z.int().min(0) }).optional(),
    failure: z.string().optional(),
    createdAt: z.iso.datetime(),
    keptUntil: z.iso.datetime(),
    upload: UploadView.optional(),
    found: ImportExcerpt.optional(),
    filter: Removal.shape.filter.optional(),
    registrations: z.array(MeantView).optional(),
    download: DownloadView.optional(),
    links: z.object({ self: z.url(), event: z.url() }),
  })
  .meta({ id: 'Job' });
export type JobView = z.infer<typeof JobView>;

export const jobAddress = (id: string): string => `/api/v1/jobs/${id}`;

/** All of a job that names nobody. */
export function jobView(job: Job, { siteUrl }: { readonly siteUrl: string }): JobView {
  const { counts, confirmed, gone, failure, removal, people, removed, left = 0 } = job;
  return {
    jobId: job.jobId,
    eventId: job.eventId,
    kind: job.kind,
    state: job.state,
    progress: progressOf(job),
    next: nextOf(job),
    ...(job.provider && { provider: job.provider }),
    ...(counts && { counts }),
    ...(job.appliedAt !== undefined && !removal && { applied: { confirmed, gone } }),
    ...(removal && { action: removal.action }),
    ...(people !== undefined && { people }),
    ...(removed !== undefined && { removed: { registrations: removed, left } }),
    ...(failure !== undefined && { failure }),
    createdAt: instantAt(job.createdAt),
    keptUntil: instantAt(job.keptUntil),
    links: { self: `${siteUrl}${jobAddress(job.jobId)}`, event: `${siteUrl}/api/v1/events/${job.eventId}` },
  };
}

function nextOf(job: Job): string {
  if (job.removal) return nextOfRemoval(job);
  const { jobId: id, state: is, counts } = job;
  switch (is) {
    case 'awaiting-file':
      return `PUT the file to upload.url within a quarter of an hour, then POST ${jobAddress(id)}/start`;
    case 'reading':
      return 'It is being read: ask again in a few seconds';
    case 'previewed':
      return counts?.matched
        ? `Nothing counts yet. See what was found, then POST ${jobAddress(id)}/apply, or leave it`
        : 'Nobody in the file is registered for this event. See what was found, and import another file';
    case 'applying':
      return 'It is being applied: ask again in a few seconds';
    case 'done':
      return 'Nothing: it counts, and who came is final';
    case 'failed':
      return 'See why it failed, mend the file and import it anew';
  }
}

function nextOfRemoval({ jobId: id, state: is, people = 0 }: Job): string {
  switch (is) {
    case 'previewed':
      return people > 0
        ? `Nobody is removed yet. See whom it means, then POST ${jobAddress(id)}/apply with {"expect": ${people}}, or leave it`
        : 'The filter means nobody: there is nothing to do';
    case 'applying':
      return 'It is being applied: ask again in a few seconds';
    case 'done':
      return 'Nothing: they have no place any more, and were not mailed';
    case 'failed':
      return 'See why it failed, and ask for it anew';
    default:
      return 'It is being found out whom it means: ask again in a few seconds';
  }
}
