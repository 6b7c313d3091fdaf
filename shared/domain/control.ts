import * as z from 'zod';

/** The stop for everything. Absent means mail may flow. */
export const Control = z.object({
  paused: z.boolean(),
  changedAt: z.iso.datetime(),
  reason: z.string().max(500).optional(),
});
export type Control = z.infer<typeof Control>;
