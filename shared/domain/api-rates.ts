import * as z from 'zod';
import type { Epoch } from './time.ts';

const Rate = z.object({ limit: z.int().min(1), seconds: z.int().min(1) });
export type Rate = z.infer<typeof Rate>;

/**
 * How often one API key may ask: to see something, to make or change something, to have one person's mail sent again, and to
 * start mail to many. What a busy integration does in its worst minute stays below; a key in the wrong hands does not get far.
 */
export const ApiRates = z.object({
  read: Rate.default({ limit: 600, seconds: 60 }),
  act: Rate.default({ limit: 240, seconds: 60 }),
  mail: Rate.default({ limit: 60, seconds: 60 }),
  send: Rate.default({ limit: 60, seconds: 3600 }),
});
export type ApiRates = z.infer<typeof ApiRates>;
export type RateName = keyof ApiRates;

/** So many resends to one person, and moves of their address, whoever asks for them. */
export const PER_PERSON = {
  resend: { limit: 3, seconds: 3600 },
  move: { limit: 5, seconds: 3600 },
} as const satisfies Record<string, Rate>;

/** How many of `wanted` requests, which are part of `spent`, are within the rate. */
export const withinRate = ({ limit }: Rate, { spent, wanted }: { spent: number; wanted: number }): number =>
  Math.max(0, Math.min(wanted, limit - (spent - wanted)));

/** Seconds until the rate's present window is over: 1 at least. */
export const secondsLeft = ({ seconds }: Rate, now: Epoch): number => seconds - (Math.floor(now) % seconds);
