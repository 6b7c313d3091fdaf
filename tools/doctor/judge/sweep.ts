import { fine, hurts, note, runbook, soon, type Verdict } from '../finding.ts';
import { span } from '../words.ts';

export interface SweepFacts {
  /** The clocks that wake it every minute, and whether they are switched on. */
  readonly rules: readonly { readonly name: string; readonly enabled: boolean }[];
  /** When it last said that it had swept, epoch milliseconds; undefined if not in the minutes that were looked at. */
  readonly lastSwept: number | undefined;
  /** When it was deployed last: before that there is nothing to find. */
  readonly deployedAt: number;
  /** The emulator may have been started only just now, which nothing tells. */
  readonly local: boolean;
}

const NOBODY = 'mails, seats and campaigns that failed once stay undone';
/** How many minutes of its log are read. */
export const SWEEP_MINUTES = 10;
const SILENT = 3 * 60_000;

/** Whether the minute's round is made. `now` is epoch milliseconds. */
export function judgeSweep({ rules, lastSwept, deployedAt, local }: SweepFacts, now: number): Verdict[] {
  const off = rules.find(({ enabled }) => !enabled);
  if (rules.length === 0)
    return [hurts(`No rule wakes sweep any more: ${NOBODY}.`, 'Deploy again, with --revert-drift')];
  if (off)
    return [
      hurts(
        `The rule that wakes sweep every minute is switched off: ${NOBODY}.`,
        `aws events enable-rule --name ${off.name}`,
      ),
    ];
  const ago = now - (lastSwept ?? 0);
  if (ago <= SILENT) return [fine(`Sweep was round ${span(ago / 1000)} ago.`)];
  if (lastSwept === undefined && now - deployedAt < SILENT)
    return [note('Sweep has not been round yet: it was deployed only just now.')];
  const silent =
    lastSwept === undefined
      ? `Sweep has not been round for ${SWEEP_MINUTES} minutes or more`
      : `Sweep was last round ${span(ago / 1000)} ago, not every minute`;
  if (local)
    return [
      soon(
        `${silent}: unless npm start was only just now, ${NOBODY}.`,
        `Look again in a minute; ${runbook('sweep-silent')}`,
      ),
    ];
  return [hurts(`${silent}: ${NOBODY}.`, runbook('sweep-silent'))];
}
