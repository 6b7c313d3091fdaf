import * as z from 'zod';

/** `?dryRun=true` asks what a request would cause, and changes nothing. */
export const DryRun = z.strictObject({
  dryRun: z.enum(['true', 'false'], { error: 'Write true or false' }).optional(),
});
export type DryRun = z.infer<typeof DryRun>;

export const isDryRun = ({ dryRun }: DryRun): boolean => dryRun === 'true';
