import type { Event } from './event.ts';
import { epochOf, instantAt } from './time.ts';
import { fireTime, type Trigger } from './trigger.ts';
import { clockOf } from './when.ts';

/**
 * The wall time a trigger asks for where the clocks skip it on that day, "01:30": it fires at the next one there is.
 * Undefined where the clocks show what was asked for, or nothing was.
 */
export function skippedTime(
  trigger: Trigger,
  event: Pick<Event, 'startInstant' | 'endInstant' | 'timeZone'>,
): string | undefined {
  const [wanted, firesAt] = [wantedTime(trigger, event), fireTime(trigger, event)];
  if (wanted === undefined || firesAt === undefined) return undefined;
  return clockOf(instantAt(firesAt), event.timeZone) === wanted ? undefined : wanted;
}

function wantedTime(
  trigger: Trigger,
  { startInstant, endInstant, timeZone }: Pick<Event, 'startInstant' | 'endInstant' | 'timeZone'>,
): string | undefined {
  if (!('offset' in trigger)) return 'at' in trigger ? trigger.at.slice(-'00:00'.length) : undefined;
  if (trigger.offset.startsWith('PT')) return undefined;
  const anchor = 'before' in trigger ? startInstant : endInstant;
  return trigger.at ?? clockOf(instantAt(epochOf(anchor)), timeZone);
}
