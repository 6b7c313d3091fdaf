import type { RouteDocs } from '#shared/http/route.ts';
import { applyingExample, previewedExample, readingExample } from './job-examples.ts';
import { JobView } from './job-view.ts';

const tag = 'Jobs';

export const getJobDocs: RouteDocs = {
  operationId: 'getJob',
  tag,
  summary: 'How far a job is, and what it found',
  description:
    '`next` says what to do. What was found, by name and address, is there for keys that have `registrations:read`, too: the first 50 of each kind, those matched by name alone first, and a download of all. Jobs and their files are deleted after a week, or with the people of their event.',
  answer: { status: 200, description: 'The job.', schema: JobView, example: previewedExample },
};

export const startJobDocs: RouteDocs = {
  operationId: 'startJob',
  tag,
  summary: 'Have the uploaded file read',
  description: 'Finds out who is meant, and changes nothing. Repeating it is harmless.',
  answer: {
    status: 202,
    description: 'It is being read.',
    schema: JobView,
    example: readingExample,
    headers: { location: 'Where the job is.' },
    repeated: { status: 200, description: 'That had begun: the job as it is.' },
  },
  refusals: ['invalid-transition', 'not-the-time', 'event-not-published'],
};

export const applyJobDocs: RouteDocs = {
  operationId: 'applyJob',
  tag,
  summary: 'Have what was found count',
  description:
    'Gives the registrations their minutes; then it is final who came, and mail that waited for it is sent. Ambiguous and unknown people are left out. Repeating it is harmless.',
  answer: {
    status: 202,
    description: 'It is being applied.',
    schema: JobView,
    example: applyingExample,
    headers: { location: 'Where the job is.' },
    repeated: { status: 200, description: 'That had begun: the job as it is.' },
  },
  refusals: ['invalid-transition', 'not-the-time', 'event-not-published'],
};
