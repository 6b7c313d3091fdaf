import * as z from 'zod';
import { ATTENDANCES, attendanceOf } from './attendance.ts';
import type { Event } from './event.ts';
import { type Registration, Status } from './registration.ts';
import type { Epoch } from './time.ts';

const Count = z.int().min(0);

/** How many people there are of each kind: numbers only, so that they may be kept when the people are not. */
export const PeopleCounts = z.object({
  registrations: z.record(Status, Count),
  /** Of those with a place. */
  attendance: z.record(z.enum(ATTENDANCES), Count),
  answeredSurvey: Count,
});
export type PeopleCounts = z.infer<typeof PeopleCounts>;

export const NO_PEOPLE: PeopleCounts = {
  registrations: { applied: 0, confirmed: 0, waitlisted: 0, cancelled: 0 },
  attendance: { attended: 0, 'no-show': 0, unknown: 0 },
  answeredSurvey: 0,
};

/** The counts with one person more, as of `now`. */
export function withPerson(counts: PeopleCounts, row: Registration, event: Event, now: Epoch): PeopleCounts {
  const { registrations, attendance, answeredSurvey } = counts;
  const came = attendanceOf(event, row, now);
  return {
    registrations: { ...registrations, [row.status]: registrations[row.status] + 1 },
    attendance: row.status === 'confirmed' ? { ...attendance, [came]: attendance[came] + 1 } : attendance,
    answeredSurvey: answeredSurvey + (row.answeredSurvey ? 1 : 0),
  };
}

/** Both together. */
export const addCounts = (a: PeopleCounts, b: PeopleCounts): PeopleCounts => ({
  registrations: added(a.registrations, b.registrations),
  attendance: added(a.attendance, b.attendance),
  answeredSurvey: a.answeredSurvey + b.answeredSurvey,
});

const added = <Name extends string>(a: Record<Name, number>, b: Record<Name, number>): Record<Name, number> =>
  Object.fromEntries(Object.entries(a).map(([name, count]) => [name, Number(count) + b[name as Name]])) as Record<
    Name,
    number
  >;
