import { type Event, registrationClosesInstant } from './event.ts';
import { type Epoch, epochOf } from './time.ts';

/** Of an event that is over: nothing is left to be missed, and nobody waits for days. */
const AFTERWARDS = 3600;

/**
 * Seconds that a budget may hold up a mail about an event: half of what is left until registration closes, it begins or it
 * ends, whichever comes next. So every such mail is there in time for what it is about, however many were asked for.
 */
export function longestDelay(event: Event, now: Epoch): number {
  const marks = [registrationClosesInstant(event), event.startInstant, event.endInstant].map(epochOf);
  const next = marks.filter((mark) => mark > now).sort((a, b) => a - b)[0];
  return next === undefined ? AFTERWARDS : Math.floor((next - now) / 2);
}
