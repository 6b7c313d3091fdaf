import * as z from 'zod';
import type { Epoch } from './time.ts';

/*
 * What is remembered of a request that its caller gave a name to: that it is under way, or what became of it. Never what
 * was said or answered, nor the name itself, which may be somebody's address for all we know.
 */

/** The note of one named request; epochs in seconds. */
export const RequestNote = z.object({
  state: z.enum(['under-way', 'done']),
  /** A keyed hash of the body. */
  bodyHash: z.string(),
  /** Six random characters of whoever is at it. */
  owner: z.string(),
  /** Until then nobody else may take it up. */
  heldUntil: z.int(),
  status: z.int().optional(),
  /** The address of what was made: ids alone. */
  location: z.string().optional(),
});
export type RequestNote = z.infer<typeof RequestNote>;

/** What became of a request that was acted on. */
export interface RequestOutcome {
  readonly status: number;
  readonly location?: string | undefined;
}

/** How long a name is remembered. */
export const REMEMBERED = 24 * 3600;
/** Longer than a function may run: whoever is at it by then died on the way, and the next may do it. */
const DEAD_AFTER = 30;

/** The note of a request that begins now. */
export const noteOf = (bodyHash: string, owner: string, now: Epoch): RequestNote => ({
  state: 'under-way',
  bodyHash,
  owner,
  heldUntil: now + DEAD_AFTER,
});

/** What a request finds that was named before: another one's name, one that is under way, or what it did. */
export type Finding = 'another' | 'under-way' | 'done';

/** Reads what is known of a name, for a request with this body. */
export function findingOf(known: RequestNote, bodyHash: string): Finding {
  if (known.bodyHash !== bodyHash) return 'another';
  return known.state;
}
