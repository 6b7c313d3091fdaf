import type { AttendanceView } from './attendance-view.ts';
import type { Notes } from './field-notes.ts';
import type { AttendanceImport } from './import-attendance.ts';
import type { JobView, UploadView } from './job-view.ts';

/** What each field about attendance and jobs means. */
export const JOB_NOTES = {
  Attendance: {
    final: 'Whether it is final who came. Until then everybody is `unknown`.',
    finalAt: 'Since when, or from when on: a day after the end unless an import or you say so before.',
    importedAt: 'When a provider’s report was last imported.',
    counts:
      'Of those with a place: how many came, how many did not, and of how many nobody can tell. Once it is final.',
  } satisfies Notes<typeof AttendanceView>,
  AttendanceImport: {
    bytes: 'How large the file is. S3 takes one of exactly this size.',
  } satisfies Notes<typeof AttendanceImport>,
  Job: {
    jobId: 'Its event’s id and its own.',
    eventId: 'Of which event.',
    kind: 'What it does.',
    state:
      '`awaiting-file`, `reading`, `previewed` (nothing counts before you apply it), `applying`, `done`, or `failed`.',
    progress: 'How far it is with what it does now: reading, then applying. 1 is all of it.',
    next: 'What to do now, in a sentence.',
    provider: 'Whose report it is; `other` is any table of people and minutes.',
    counts:
      'Rows about people, of them rows that could not be used, and rows of people who did not come; attendees; registrations they are, and attendees who may be several or are nobody registered.',
    applied: 'Registrations that have their minutes, and those that are gone meanwhile.',
    failure: 'Why it failed.',
    createdAt: 'When it was made.',
    keptUntil: 'When it is deleted with its files, at the latest.',
    upload: 'Where to send the file.',
    found: 'The first of each kind, by row of the file. For keys with `registrations:read`.',
    download: 'All of it, as a CSV. For keys with `registrations:read`.',
    links: 'Where to go on.',
  } satisfies Notes<typeof JobView>,
  Upload: {
    method: 'How.',
    url: 'Where. Whoever has this address may upload, and needs no key.',
    bytes: 'How large the file must be.',
    expiresAt: 'Until when.',
  } satisfies Notes<typeof UploadView>,
  Download: {
    url: 'Where. Whoever has this address may download, and needs no key.',
    expiresAt: 'Until when.',
  },
};
