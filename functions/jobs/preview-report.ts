import { writeFindings } from '#shared/attendance/write-findings.ts';
import { excerptOf } from '#shared/domain/import-excerpt.ts';
import { type Job, preview } from '#shared/domain/job.ts';
import { filesOf } from '#shared/domain/job-files.ts';
import { matchAttendees } from '#shared/domain/match-attendance.ts';
import type { JobDeps } from './deps.ts';
import type { Work } from './work.ts';

/** Finds out who the attendees are, and writes down what there is to apply and what there is to see. */
export async function previewReport({ files }: Pick<JobDeps, 'files'>, { job, desk, now }: Work): Promise<Job> {
  const report = await desk.report();
  const names = filesOf(job.jobId);
  const candidates = await Promise.all(names.candidates.map((_, shard) => desk.candidates(shard)));
  const { matches, findings } = matchAttendees(report.attendees, candidates.flat());
  await desk.keepMatches(matches);
  await files.write(names.excerpt, JSON.stringify(excerptOf(findings, report.faults)), 'application/json');
  await files.write(names.findings, writeFindings(findings, report.faults), 'text/csv; charset=utf-8');
  const { rows, absent, attendees, faults, provider } = report;
  const having = (outcome: string) => findings.filter((each) => each.outcome === outcome).length;
  const counts = {
    rows,
    faults: faults.length,
    absent,
    attendees: attendees.length,
    matched: matches.length,
    ambiguous: having('ambiguous'),
    unknown: having('unknown'),
  };
  return preview(job, { provider, counts }, now());
}
