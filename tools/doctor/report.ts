import { type Finding, STATUSES, type Status } from './finding.ts';

/** What a look at a stage came to. `--json` prints it as it is: fields are added, never renamed or removed. */
export interface Report {
  readonly v: 1;
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  /** ISO 8601. */
  readonly lookedAt: string;
  readonly exitCode: 0 | 1 | 2;
  readonly counts: Readonly<Record<Status, number>>;
  readonly findings: readonly Finding[];
}

/** 1 when somebody is hurt; else 2 when a part could not be looked at, so nobody knows; else 0. */
export const exitCodeOf = (findings: readonly Finding[]): 0 | 1 | 2 => {
  if (findings.some(({ status }) => status === 'hurts')) return 1;
  return findings.some(({ status }) => status === 'blind') ? 2 : 0;
};

/** The report of these findings. */
export function reportOf(
  findings: readonly Finding[],
  { stage, account, region, now }: { stage: string; account: string; region: string; now: number },
): Report {
  const count = (status: Status) => findings.filter((finding) => finding.status === status).length;
  return {
    v: 1,
    stage,
    account,
    region,
    lookedAt: new Date(now).toISOString(),
    exitCode: exitCodeOf(findings),
    counts: Object.fromEntries(STATUSES.map((status) => [status, count(status)])) as Record<Status, number>,
    findings,
  };
}
