/**
 * How a thing is. `fine`; `note`: worth knowing, nobody is hurt by it; `soon`: somebody will be, unless it is mended;
 * `hurts`: somebody is; `blind`: it could not be looked at, so nobody knows.
 */
export const STATUSES = ['fine', 'note', 'soon', 'hurts', 'blind'] as const;
export type Status = (typeof STATUSES)[number];

/** The chapters of a report, in its order. */
export const GROUPS = [
  'Deployment',
  'Mail',
  'Capacity',
  'Queues and alarms',
  'Campaigns',
  'Keys and secrets',
  'Clocks',
] as const;
export type Group = (typeof GROUPS)[number];

/** What one look found: a sentence that says what is so and who is hurt, and the way out where there is one to take. */
export interface Verdict {
  readonly status: Status;
  readonly says: string;
  readonly wayOut?: string;
}

/** A verdict with the check that came to it. */
export interface Finding extends Verdict {
  readonly check: string;
  readonly group: Group;
}

const verdict =
  (status: Status) =>
  (says: string, wayOut?: string): Verdict => ({ status, says, ...(wayOut !== undefined && { wayOut }) });

export const fine = verdict('fine');
export const note = verdict('note');
export const soon: (says: string, wayOut: string) => Verdict = verdict('soon');
export const hurts: (says: string, wayOut: string) => Verdict = verdict('hurts');
export const blind = verdict('blind');

/** Where the runbook says what to do. */
export const runbook = (section: string): string => `docs/runbook.md#${section}`;
