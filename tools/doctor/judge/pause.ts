import type { Control } from '#shared/domain/control.ts';
import { fine, hurts, type Verdict } from '../finding.ts';
import { span } from '../words.ts';

/** Whether somebody pressed the stop button. The reason they gave is theirs and not shown. */
export function judgePause(control: Pick<Control, 'paused' | 'changedAt'> | undefined, now: number): Verdict[] {
  if (!control?.paused) return [fine('Sending is not paused.')];
  const since = span((now - Date.parse(control.changedAt)) / 1000);
  return [
    hurts(
      `All sending has been paused for ${since}: nobody gets any mail until it is resumed, then all that is still owed leaves.`,
      'POST /api/v1/sending/resume, with a key that has sending:control',
    ),
  ];
}
