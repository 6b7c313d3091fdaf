import type { Removal, RemovalFilter } from '#shared/domain/removal.ts';
import type { AttendanceView } from './attendance-view.ts';
import type { Notes } from './field-notes.ts';
import type { AttendanceImport } from './import-attendance.ts';
import type { JobView, MeantView, UploadView } from './job-view.ts';
import type { Applying } from './jobs.ts';

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
    action: 'Of a removal: what is to be done.',
    people: 'Of a removal: how many it means, as `expect` takes it.',
    removed: 'Of a removal: who has no place any more, and who kept it because the filter means them no more.',
    failure: 'Why it failed.',
    createdAt: 'When it was made.',
    keptUntil: 'When it is deleted with its files, at the latest.',
    upload: 'Where to send the file.',
    found: 'The first of each kind, by row of the file. For keys with `registrations:read`.',
    filter: 'Of a removal: whom it means. For keys with `registrations:read`.',
    registrations: 'Of a removal: the first 50 of those it means; ids alone for keys without `registrations:read`.',
    download: 'All of it, as a CSV. For keys with `registrations:read`.',
    links: 'Where to go on.',
  } satisfies Notes<typeof JobView>,
  MeantRegistration: {
    registrationId: 'Who.',
    name: 'As they typed it.',
    email: 'Their address.',
  } satisfies Notes<typeof MeantView>,
  Removal: {
    action: '`cancel`: they lose their place, and may register again. `erase`: all that is kept about them is deleted.',
    filter: 'Whom you mean: at least one of these, and whoever is all of them.',
  } satisfies Notes<typeof Removal>,
  RemovalFilter: {
    bounced: 'Only whose mailbox refused mail for good.',
    neverDelivered:
      'Only whose address never showed a sign of life: no mail is known to have arrived there, and nobody pressed anything. Who registered within the last hour is left out. Where receipts are late, these may be real people.',
    name: 'Only whose whole name is of this pattern: plain text, in which `*` stands for anything. Capitals do not matter.',
    registeredAfter: 'Only who registered later.',
    registeredBefore: 'Only who registered before.',
  } satisfies Notes<typeof RemovalFilter>,
  Applying: {
    expect: 'How many it is to happen to, as the preview says. Needed for a removal.',
  } satisfies Notes<typeof Applying>,
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
