import * as z from 'zod';
import { requiredLine } from './text.ts';
import { gmtRefusal, instantOf, TimeZone, WallTime } from './time.ts';

export const EventFormat = z.enum(['online', 'in-person', 'hybrid'], {
  error: 'Choose online, in-person or hybrid',
});
export type EventFormat = z.infer<typeof EventFormat>;

export const EventState = z.enum(['draft', 'published', 'postponed', 'cancelled']);
export type EventState = z.infer<typeof EventState>;

/** What people are told: when, where and whether. Every one an event had is kept by its `scheduleRevision`. */
export const Schedule = z.object({
  startsAt: WallTime,
  endsAt: WallTime,
  timeZone: TimeZone,
  place: requiredLine('Place', 200),
  format: EventFormat,
  state: EventState,
});
export type Schedule = z.infer<typeof Schedule>;

/** The instants of a schedule, derived from its wall times. */
export const instantsOf = ({ startsAt, endsAt, timeZone }: Pick<Schedule, 'startsAt' | 'endsAt' | 'timeZone'>) => ({
  startInstant: instantOf(startsAt, timeZone),
  endInstant: instantOf(endsAt, timeZone),
});

const LONGEST_DAYS = 31;

/** What is wrong with these times, as field and sentence; empty when nothing is. */
export function scheduleFaults(
  schedule: Pick<Schedule, 'startsAt' | 'endsAt' | 'timeZone'>,
): { field: 'endsAt' | 'timeZone'; message: string }[] {
  const hint = gmtRefusal(schedule.timeZone, schedule.startsAt) ?? gmtRefusal(schedule.timeZone, schedule.endsAt);
  if (hint) return [{ field: 'timeZone', message: hint }];
  const { startInstant, endInstant } = instantsOf(schedule);
  const days = (Date.parse(endInstant) - Date.parse(startInstant)) / 86_400_000;
  if (days <= 0) return [{ field: 'endsAt', message: 'The end must be after the start' }];
  if (days > LONGEST_DAYS) return [{ field: 'endsAt', message: `An event lasts ${LONGEST_DAYS} days at most` }];
  return [];
}

/** The schedule in a wider record, such as an event. */
export const scheduleOf = ({ startsAt, endsAt, timeZone, place, format, state }: Schedule): Schedule => ({
  startsAt,
  endsAt,
  timeZone,
  place,
  format,
  state,
});
