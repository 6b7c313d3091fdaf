import type { RouteDocs } from '#shared/http/route.ts';
import { AttendanceView } from './attendance-view.ts';
import { awaitingExample } from './job-examples.ts';
import { JobView } from './job-view.ts';

const tag = 'Attendance';

export const importDocs: RouteDocs = {
  operationId: 'importAttendance',
  tag,
  summary: 'Import a provider’s attendance report',
  description:
    'Takes the reports of Zoom, Teams and GoTo as they export them, and any CSV with the columns `email` or `name`, and `minutes`; UTF-8, UTF-16 or Windows encoding; comma, semicolon or tab. PUT the file to `upload.url` without an API key, then start the job. Nothing counts before it is applied. Possible once the event has ended, and as often as there are reports: minutes are never lowered.',
  requests: { 'A report of 48 KB': { bytes: 49_152 } },
  answer: {
    status: 202,
    description: 'A job that waits for the file.',
    schema: JobView,
    example: awaitingExample,
    headers: { location: 'Where the job is.' },
  },
  refusals: ['not-the-time', 'event-not-published'],
};

export const finaliseDocs: RouteDocs = {
  operationId: 'finaliseAttendance',
  tag,
  summary: 'Say that it is final who came',
  description:
    'Mail to those who came, or to those who did not, waits for this, for an import, or for a day after the end. What is final stays so since when it was.',
  answer: {
    status: 200,
    description: 'It is final.',
    schema: AttendanceView,
    example: () => ({ final: true, finalAt: '2026-02-19T15:10:00Z' }),
  },
  refusals: ['not-the-time', 'event-not-published'],
};
