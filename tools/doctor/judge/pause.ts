import type { Control } from '#shared/domain/control.ts';
import { fine, hurts, runbook, type Verdict } from '../finding.ts';
import { span } from '../words.ts';

/** A refusal is noted for less than a minute, and anew by the next mail: between two of them it still stands. Seconds. */
const STANDS = 90;

/**
 * Whether somebody pressed the stop button, or SES takes no mail from our sender, which stops it, too. The reason somebody
 * gave is theirs and not shown. `now` is epoch milliseconds.
 */
export function judgePause(control: Control | undefined, now: number): Verdict[] {
  const found: Verdict[] = [];
  if (control?.paused) {
    const since = control.changedAt ? ` for ${span((now - Date.parse(control.changedAt)) / 1000)}` : '';
    found.push(
      hurts(
        `All sending has been paused${since}: nobody gets any mail until it is resumed, then all that is still owed leaves.`,
        'POST /api/v1/sending/resume, with a key that has sending:control',
      ),
    );
  }
  if ((control?.refusedUntil ?? 0) > now / 1000 - STANDS)
    found.push(
      hurts(
        'SES took no mail from our sender when it was last asked: nobody gets any; all that is owed leaves once the sender is verified.',
        runbook('not-verified'),
      ),
    );
  return found.length > 0 ? found : [fine('Sending is not paused, and SES does not refuse our sender.')];
}
