import type { Event } from './event.ts';
import { isOnline } from './gate.ts';
import { type Epoch, epochOf } from './time.ts';

const HOUR = 3600;
/** So long before the start the organiser is told that people do not know where to join. */
const BEFORE = [24 * HOUR, 2 * HOUR];

/** Whether people will want to join, and nobody can tell them where. */
export const lacksJoiningAddress = (event: Pick<Event, 'state' | 'format' | 'joining'>): boolean =>
  event.state === 'published' && isOnline(event) && event.joining?.url === undefined;

/** When to look next whether the joining address is there; undefined when it is, or when it is too late to look. */
export function lookoutAt(event: Event, after: Epoch): Epoch | undefined {
  if (!lacksJoiningAddress(event)) return undefined;
  const start = epochOf(event.startInstant);
  return BEFORE.map((before) => start - before).find((moment) => moment > after);
}
