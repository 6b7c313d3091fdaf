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
  /** When it was first asked for, however often it was taken up since; older notes say it by `heldUntil` alone. */
  askedAt: z.int().optional(),
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
  askedAt: now,
});

/** When the request of this note was first asked for. */
export const askedAtOf = ({ askedAt, heldUntil, state }: RequestNote): Epoch =>
  askedAt ?? heldUntil - (state === 'done' ? REMEMBERED : DEAD_AFTER);

/** The note of a request that is taken up because whoever was at it died: the same one, as long as its name is remembered. */
export function takenUp(dead: RequestNote, note: RequestNote, now: Epoch): RequestNote {
  const askedAt = askedAtOf(dead);
  const isSame = findingOf(dead, note.bodyHash) === 'under-way' && askedAt >= now - REMEMBERED;
  return isSame ? { ...note, askedAt } : note;
}

/** What a request finds that was named before: another one's name, one that is under way, or what it did. */
export type Finding = 'another' | 'under-way' | 'done';

/** Reads what is known of a name, for a request with this body. */
export function findingOf(known: RequestNote, bodyHash: string): Finding {
  if (known.bodyHash !== bodyHash) return 'another';
  return known.state;
}
