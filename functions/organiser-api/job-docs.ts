import type { RouteDocs } from '#shared/http/route.ts';
import { applyingExample, findingExample, previewedExample, readingExample } from './job-examples.ts';
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

export const removeRegistrationsDocs: RouteDocs = {
  operationId: 'removeRegistrations',
  tag: 'Registrations',
  summary: 'Cancel or erase many, without mail',
  description:
    'Against junk. Finds out whom the filter means (all of it, if it says several things), and changes nothing: a job that lists the first 50 and says how many there are; `POST /jobs/{jobId}/apply` with that number then removes these, and nobody else. Whoever corrected their address, came back, or is meant no more since keeps their place. Nobody is told, calendars keep what they were sent, and seats go to the next in line.',
  requests: {
    'whose mail came back': { action: 'erase', filter: { bounced: true } },
    'a night of nonsense': {
      action: 'cancel',
      filter: {
        neverDelivered: true,
        name: '*casino*',
        registeredAfter: '2026-02-10T22:00:00Z',
        registeredBefore: '2026-02-11T06:00:00Z',
      },
    },
  },
  answer: {
    status: 202,
    description: 'It is being found out whom it means.',
    schema: JobView,
    example: findingExample,
    headers: { location: 'Where the job is.' },
  },
  refusals: ['event-over', 'not-the-time'],
};

export const applyJobDocs: RouteDocs = {
  operationId: 'applyJob',
  tag,
  summary: 'Have what was found count',
  description:
    'Gives the registrations their minutes; then it is final who came, and mail that waited for it is sent. Ambiguous and unknown people are left out. Of a removal: cancels or erases whom it found, without mail, and only with `expect`, their number. Repeating it is harmless.',
  requests: { 'an import': {}, 'a removal of 148': { expect: 148 } },
  answer: {
    status: 202,
    description: 'It is being applied.',
    schema: JobView,
    example: applyingExample,
    headers: { location: 'Where the job is.' },
    repeated: { status: 200, description: 'That had begun: the job as it is.' },
  },
  refusals: ['invalid-transition', 'not-the-time', 'event-not-published', 'expectation-needed', 'event-over'],
};
