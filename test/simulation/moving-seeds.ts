import { execFileSync } from 'node:child_process';

/** How many histories each commit adds to those that every commit lives through. */
export const MOVING = 500;

/** Away from the seeds that people try by hand. */
const BLOCK = 1000;

/**
 * The first of the seeds that a commit chooses: the same for the same commit, wherever and however often it is tried, others
 * for the next one. Of a commit's name its first eight hexadecimal digits count.
 */
export const firstOf = (commit: string): number => (Number.parseInt(commit.slice(0, 8), 16) + 1) * BLOCK + 1;

/** The name of the commit that is checked out; of no commit where there is no repository, as in an archive of the files. */
export function presentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '00000000';
  }
}
