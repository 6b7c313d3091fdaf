import { SHARDS } from './ids.ts';

/** No report of a provider is larger: 32 MB is a line of 300 bytes for each of 100,000 people. */
export const MOST_BYTES = 32 * 1024 * 1024;

/** The names of a job's files: ids only, as S3's logs may show them. */
export const filesOf = (jobId: string) => ({
  /** What was sent to us. */
  upload: `uploads/${jobId}`,
  /** What it says. */
  report: `results/${jobId}/report.json`,
  /** Whom of each shard it may mean. */
  candidates: Array.from({ length: SHARDS }, (_, shard) => `results/${jobId}/candidates-${shard}.json`),
  /** What is to be written. */
  matches: `results/${jobId}/matches.json`,
  /** For the organiser: the first of each kind, and all of them. */
  excerpt: `results/${jobId}/excerpt.json`,
  findings: `results/${jobId}/findings.csv`,
});

export const allFilesOf = (jobId: string): string[] => Object.values(filesOf(jobId)).flat();
