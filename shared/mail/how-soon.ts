import { type Epoch, epochOf, instantAt } from '#shared/domain/time.ts';
import { clockOf, dayOf, zoneName } from '#shared/domain/when.ts';
import type { MailView } from './mail-view.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long it is to the start, in seconds. */
export const untilStart = ({ event, now }: Pick<MailView, 'event' | 'now'>): number =>
  epochOf(event.startInstant) - now;

/** Minutes count now, not days: nobody plans any more, everybody wants to get in. */
export const isSoon = (view: Pick<MailView, 'event' | 'now'>): boolean => untilStart(view) < 90 * MINUTE;

/** "Starts in one hour", "Today at 14:00 GMT", "Tomorrow at 09:30 GMT", "In 5 days": days as they are where the event is. */
export function howSoon(view: Pick<MailView, 'event' | 'now'>): string {
  const { startInstant, timeZone } = view.event;
  if (isSoon(view)) return untilStart(view) < 3 * MINUTE ? 'Starts now' : `Starts in ${roughly(untilStart(view))}`;
  const days = dayNumber(epochOf(startInstant), timeZone) - dayNumber(view.now, timeZone);
  if (days > 1) return `In ${days} days`;
  return `${days === 1 ? 'Tomorrow' : 'Today'} at ${clockOf(startInstant, timeZone)} ${zoneName(startInstant, timeZone)}`;
}

/** A length of time as people say it: "3 days", "23 hours", "one hour", "25 minutes". */
export function roughly(seconds: number): string {
  if (seconds >= 48 * HOUR) return `${Math.round(seconds / DAY)} days`;
  if (seconds >= 90 * MINUTE) return `${Math.round(seconds / HOUR)} hours`;
  const minutes = Math.round(seconds / MINUTE);
  if (minutes >= 55 && minutes <= 65) return 'one hour';
  return minutes === 1 ? 'one minute' : `${minutes < 10 ? minutes : Math.round(minutes / 5) * 5} minutes`;
}

/** Days since 1970 as a calendar on the wall there counts them: "18 Feb 2027" is a date that every engine reads. */
const dayNumber = (at: Epoch, timeZone: string): number =>
  Date.parse(`${dayOf(instantAt(at), timeZone, true).replace(/^\S+ /, '')} UTC`) / (DAY * 1000);
