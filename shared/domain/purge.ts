import type { Event } from './event.ts';
import { type Epoch, epochOf } from './time.ts';

const DAY = 24 * 3600;

/**
 * When what is kept of an event's people is deleted: so many days after its end, derived from the event as it is, so that
 * one that moves keeps its people. Undefined while there is no such moment: a postponed event forgets nobody. What has begun goes on.
 */
export function purgeAt({
  state,
  endInstant,
  retentionDays,
  purgingAt,
  purgedAt,
}: Pick<Event, 'state' | 'endInstant' | 'retentionDays' | 'purgingAt' | 'purgedAt'>): Epoch | undefined {
  if (state === 'draft' || state === 'postponed' || purgedAt !== undefined) return undefined;
  return purgingAt === undefined ? epochOf(endInstant) + retentionDays * DAY : epochOf(purgingAt);
}
