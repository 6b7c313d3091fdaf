import * as z from 'zod';
import { AttendanceReport } from '#shared/domain/attendance-report.ts';
import { filesOf } from '#shared/domain/job-files.ts';
import { Candidate, Match } from '#shared/domain/match-attendance.ts';
import { Meant } from '#shared/domain/removal.ts';
import type { Files } from '#shared/files/files.ts';

/** What one piece of a job leaves for the next, kept in files: whoever goes on, here or in another process, finds it. */
export interface Desk {
  report(): Promise<AttendanceReport>;
  keepReport(report: AttendanceReport): Promise<void>;
  candidates(shard: number): Promise<Candidate[]>;
  keepCandidates(shard: number, candidates: readonly Candidate[]): Promise<void>;
  matches(): Promise<Match[]>;
  keepMatches(matches: readonly Match[]): Promise<void>;
  /** Whom of a shard a removal means. */
  meantIn(shard: number): Promise<Meant[]>;
  keepMeantIn(shard: number, meant: readonly Meant[]): Promise<void>;
  /** Whom it means at all. */
  meant(): Promise<Meant[]>;
  keepMeant(meant: readonly Meant[]): Promise<void>;
}

const JSON_TYPE = 'application/json';

/** The desk of one job, for as long as one invocation works on it: what it wrote or read once it has at hand. */
export function deskOf(files: Pick<Files, 'read' | 'write'>, jobId: string): Desk {
  const names = filesOf(jobId);
  const atHand = new Map<string, unknown>();

  const keep = async (name: string, thing: unknown): Promise<void> => {
    await files.write(name, JSON.stringify(thing), JSON_TYPE);
    atHand.set(name, thing);
  };
  const take = async <Schema extends z.ZodType>(name: string, schema: Schema): Promise<z.infer<Schema>> => {
    if (!atHand.has(name)) {
      const bytes = await files.read(name);
      if (!bytes) throw new Error(`A file of this job is gone: ${name}`);
      atHand.set(name, schema.parse(JSON.parse(Buffer.from(bytes).toString())));
    }
    return atHand.get(name) as z.infer<Schema>;
  };
  const shardFile = (shard: number): string => {
    const name = names.candidates[shard];
    if (name === undefined) throw new Error(`There is no shard ${shard}`);
    return name;
  };

  return {
    report: () => take(names.report, AttendanceReport),
    keepReport: (report) => keep(names.report, report),
    candidates: (shard) => take(shardFile(shard), z.array(Candidate)),
    keepCandidates: (shard, candidates) => keep(shardFile(shard), candidates),
    matches: () => take(names.matches, z.array(Match)),
    keepMatches: (matches) => keep(names.matches, matches),
    meantIn: (shard) => take(shardFile(shard), z.array(Meant)),
    keepMeantIn: (shard, meant) => keep(shardFile(shard), meant),
    meant: () => take(names.matches, z.array(Meant)),
    keepMeant: (meant) => keep(names.matches, meant),
  };
}
