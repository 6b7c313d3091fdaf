import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { inject } from 'vitest';
import type { Finding } from '#tools/doctor/finding.ts';
import type { Report } from '#tools/doctor/report.ts';

/** What the program left behind. */
export interface Seen {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run doctor` as somebody would start it, with an environment of its own: nothing of this machine's is found. */
export function runDoctor(args: readonly string[], env: Readonly<Record<string, string>> = localEnv()): Promise<Seen> {
  const bare = { PATH: dirname(process.execPath), HOME: '/nonexistent', TZ: 'UTC', AWS_EC2_METADATA_DISABLED: 'true' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['tools/doctor.ts', ...args],
      { env: { ...bare, ...env }, timeout: 90_000 },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });
}

/** The deployed app's AWS, and SES where the functions find it. */
export function localEnv(): Record<string, string> {
  const { env, sesUrl } = inject('localAws');
  return { ...env, AWS_ENDPOINT_URL_SESV2: sesUrl };
}

/** Its report as programs read it. */
export async function examined(args: readonly string[] = [], env?: Readonly<Record<string, string>>): Promise<Report> {
  const { stdout, stderr, code } = await runDoctor([...args, '--json'], env);
  try {
    const report = JSON.parse(stdout) as Report;
    if (report.exitCode !== code) throw new Error(`It ended with ${code}, but says ${report.exitCode}`);
    return report;
  } catch (cause) {
    throw new Error(`Doctor gave no report (${code}): ${stderr}`, { cause });
  }
}

/** What one check found. */
export const foundBy = ({ findings }: Report, check: string): Finding[] =>
  findings.filter((each) => each.check === check);

/** The findings that say something is or will be wrong, or could not be looked at. */
export const troubles = ({ findings }: Report): Finding[] =>
  findings.filter(({ status }) => status !== 'fine' && status !== 'note');
