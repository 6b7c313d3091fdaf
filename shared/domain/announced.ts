import * as z from 'zod';
import type { Epoch } from './time.ts';

/** For so long the same words to the same people are taken for a slip of the hand: seconds. */
export const SAME_WITHIN = 24 * 3600;

/** Which run said some words to some people first, and until when another that says the same has to be meant. */
export const Announced = z.object({
  campaignId: z.string(),
  occasion: z.string(),
  at: z.int(),
  until: z.int(),
});
export type Announced = z.infer<typeof Announced>;

/** The note of a run that begins now. */
export const announcedBy = (run: { campaignId: string; occasion: string; startedAt: Epoch }): Announced => ({
  campaignId: run.campaignId,
  occasion: run.occasion,
  at: run.startedAt,
  until: run.startedAt + SAME_WITHIN,
});
