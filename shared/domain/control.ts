import * as z from 'zod';
import type { Epoch } from './time.ts';

/** What holds for all mail: the stop for everything, and a refusal of our sender. Absent means mail may flow. */
export const Control = z.object({
  paused: z.boolean().default(false),
  /** When somebody paused or resumed, or SES first refused our sender; absent while neither ever happened. */
  changedAt: z.iso.datetime().optional(),
  reason: z.string().max(500).optional(),
  /** SES takes no mail from our sender: until then nobody asks it again, epoch seconds. */
  refusedUntil: z.number().optional(),
});
export type Control = z.infer<typeof Control>;

/** Whether SES refused our sender so shortly before that there is no point in asking again yet. */
export const isRefusing = (control: Control | undefined, now: Epoch): boolean => (control?.refusedUntil ?? 0) > now;
