import { applied, newJob, newRemoval, preview, startApplying, startReading, stepOn } from '#shared/domain/job.ts';
import { epochOf } from '#shared/domain/time.ts';
import { type JobView, jobView } from './job-view.ts';

const around = { siteUrl: 'https://events.example.org' };
const JOB_ID = '7f3kq9x2m4t8c1vz-5d0h6w2r9k3n8x1q';
const AT = epochOf('2026-02-19T15:04:00Z');
const ADA = { row: 14, name: 'Ada Moreau', email: 'ada.moreau@example.com', minutes: 187 };

const awaiting = () => newJob(JOB_ID, 49_152, AT);
const reading = () => startReading(awaiting(), '"9b2cf535f27731c9"', AT + 20) ?? awaiting();
const COUNTS = { rows: 231, faults: 1, absent: 61, attendees: 151, matched: 148, ambiguous: 1, unknown: 2 };
const previewed = () =>
  preview({ ...reading(), step: reading().steps - 1 }, { provider: 'zoom', counts: COUNTS }, AT + 22);
const applying = () => startApplying(previewed(), AT + 300) ?? previewed();

export const awaitingExample = (): JobView => ({
  ...jobView(awaiting(), around),
  upload: {
    method: 'PUT',
    url: `https://files.s3.eu-west-2.amazonaws.com/uploads/${JOB_ID}?X-Amz-Signature=…`,
    bytes: 49_152,
    expiresAt: '2026-02-19T15:19:00Z',
  },
});
export const readingExample = (): JobView => jobView(stepOn(reading(), AT + 21), around);
export const previewedExample = (): JobView => ({
  ...jobView(previewed(), around),
  found: {
    matched: [{ ...ADA, by: 'name', registrationId: '2m8r5w0yq6hd3n7b' }],
    ambiguous: [{ row: 80, name: 'Jo Smith', minutes: 90, registrationIds: ['0c4v8m1t7z3k9x5d', '6h2r9w5n1q8b3f7j'] }],
    unknown: [{ row: 97, name: 'iPad', minutes: 12 }],
    faults: [{ row: 120, reason: 'There is neither an address nor a name' }],
  },
  download: {
    url: `https://files.s3.eu-west-2.amazonaws.com/results/${JOB_ID}/findings.csv?X-Amz-Signature=…`,
    expiresAt: '2026-02-19T15:10:00Z',
  },
});
export const applyingExample = (): JobView =>
  jobView(applied(applying(), { confirmed: 148, gone: 0 }, AT + 302), around);

export const findingExample = (): JobView =>
  jobView(newRemoval(JOB_ID, { action: 'erase', filter: { bounced: true } }, AT), around);
