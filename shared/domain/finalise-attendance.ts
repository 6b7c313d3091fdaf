import { attendanceFinalAt } from './attendance.ts';
import { Refusal } from './errors.ts';
import { type Event, phaseOf } from './event.ts';
import type { Registration } from './registration.ts';
import { type Epoch, epochOf, instantAt } from './time.ts';

/** Throws unless it can be said of this event now who came: it has ended, and its people are still there. */
export function ensureOver(event: Event, now: Epoch): void {
  if (event.purgingAt !== undefined)
    throw new Refusal('not-the-time', 'What was kept about the people of this event has been deleted');
  if (event.state !== 'published') throw new Refusal('event-not-published', `The event is ${event.state}: nobody came`);
  if (phaseOf(event, now * 1000) !== 'ended')
    throw new Refusal('not-the-time', `Who came is known after the end of the event, at ${event.endInstant}`);
}

/** Since when it is final, if it becomes so now. What is final already stays so since then: mail that waited has gone out. */
const finalSince = (event: Event, now: Epoch): Pick<Event, 'attendanceFinalAt'> =>
  now < attendanceFinalAt(event) ? { attendanceFinalAt: instantAt(now) } : {};

/** The event with its attendance final; undefined when it is so already. Throws as `ensureOver`. */
export function finalise(event: Event, now: Epoch): Event | undefined {
  ensureOver(event, now);
  const final = finalSince(event, now);
  return final.attendanceFinalAt === undefined ? undefined : { ...event, ...final, revision: event.revision + 1 };
}

/**
 * The event with a report imported and its attendance final; undefined when that is written down already, by this import,
 * applied `since`, or by one that was applied later. Throws as `ensureOver`.
 */
export function withImport(event: Event, { since, now }: { since: Epoch; now: Epoch }): Event | undefined {
  ensureOver(event, now);
  const { attendanceImportedAt: known } = event;
  if (known !== undefined && epochOf(known) >= since) return undefined;
  return { ...event, ...finalSince(event, now), attendanceImportedAt: instantAt(now), revision: event.revision + 1 };
}

/** A row with the minutes a report gives it: never fewer than it had. Undefined when it has as many. */
export function confirmMinutes(row: Registration, minutes: number): { row: Registration } | undefined {
  return row.minutes !== undefined && row.minutes >= minutes ? undefined : { row: { ...row, minutes } };
}
