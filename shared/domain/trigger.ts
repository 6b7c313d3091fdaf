import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import type { Event } from './event.ts';
import { type Epoch, epochOf, instantOf, WallTime } from './time.ts';

/** How long before or after: `P2D`, `P1W` count calendar days at the same wall time; `PT90M`, `PT24H` are elapsed time. */
export const Offset = z
  .string()
  .regex(/^P(\d{1,3}D|\d{1,2}W|T(?=\d)(\d{1,4}H)?(\d{1,5}M)?)$/, {
    error: 'Enter a duration like P1D (calendar days), PT24H or PT30M (elapsed time)',
  })
  .refine((offset) => /[1-9]/.test(offset), { error: 'The duration must be longer than nothing' });

/** Wall time of a day: "09:00". */
export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Enter a time of day like 09:00' });

const timed = { offset: Offset, at: ClockTime.optional() };

/** What makes a campaign fire. */
export const Trigger = z.union([
  z.strictObject({ on: z.literal('registration') }),
  z.strictObject({ before: z.literal('start'), ...timed }),
  z.strictObject({ after: z.literal('end'), ...timed }),
  z.strictObject({ at: WallTime }),
  z.strictObject({ manual: z.literal(true) }),
]);
export type Trigger = z.infer<typeof Trigger>;

const isCalendar = (offset: string): boolean => !offset.startsWith('PT');

/** Days matter to a day-scale offset, minutes to an hour-scale one: from twelve hours on, people think in days. */
export function isDayScale(offset: string): boolean {
  return isCalendar(offset) || Temporal.Duration.from(offset).total('hours') >= 12;
}

/** What is wrong with a trigger beside its shape; undefined when nothing is. */
export function triggerFault(trigger: Trigger): string | undefined {
  const at = 'offset' in trigger ? trigger.at : undefined;
  if (at === undefined || !('offset' in trigger) || isCalendar(trigger.offset)) return undefined;
  return `A time of day goes with calendar days: write P1D at ${at}, or ${trigger.offset} without it`;
}

/**
 * When a trigger fires for an event, epoch seconds; undefined for those no clock fires. Calendar days are counted in the
 * event's zone; a wall time the clocks skip moves forward, one they repeat means the earlier (Temporal's "compatible").
 */
export function fireTime(
  trigger: Trigger,
  event: Pick<Event, 'startInstant' | 'endInstant' | 'timeZone'>,
): Epoch | undefined {
  if ('at' in trigger && !('offset' in trigger)) return epochOf(instantOf(trigger.at, event.timeZone));
  if ('before' in trigger) return moved(event.startInstant, event.timeZone, trigger, -1);
  if ('after' in trigger) return moved(event.endInstant, event.timeZone, trigger, 1);
  return undefined;
}

function moved(
  anchor: string,
  zone: string,
  { offset, at }: { offset: string; at?: string | undefined },
  direction: 1 | -1,
): Epoch {
  const duration = Temporal.Duration.from(offset);
  const signed = direction === 1 ? duration : duration.negated();
  if (!isCalendar(offset)) return Math.floor(Temporal.Instant.from(anchor).add(signed).epochMilliseconds / 1000);
  const there = Temporal.Instant.from(anchor).toZonedDateTimeISO(zone).toPlainDateTime().add(signed);
  const wall = at === undefined ? there : there.withPlainTime(at);
  return Math.floor(wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds / 1000);
}
