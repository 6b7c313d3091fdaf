import { type Control, isRefusing } from '#shared/domain/control.ts';
import { fine, hurts, runbook, type Verdict } from '../finding.ts';
import { span } from '../words.ts';

/**
 * Whether somebody pressed the stop button, or SES takes no mail from our sender. The reason that was given for a stop is its
 * giver's and not shown. `now` in epoch milliseconds.
 */
export function judgePause(
  control: Pick<Control, 'paused' | 'changedAt' | 'refusedUntil'> | undefined,
  now: number,
): Verdict[] {
  if (control?.paused) {
    const since = control.changedAt ? ` for ${span((now - Date.parse(control.changedAt)) / 1000)}` : '';
    return [
      hurts(
        `All sending has been paused${since}: nobody gets any mail until it is resumed, then all that is still owed leaves.`,
        'POST /api/v1/sending/resume, with a key that has sending:control',
      ),
    ];
  }
  if (isRefusing(control, Math.floor(now / 1000)))
    return [
      hurts(
        'SES takes no mail from our sender: nobody gets any mail until it is verified, then all that is still owed leaves.',
        runbook('not-verified'),
      ),
    ];
  return [fine('Sending is not paused.')];
}
