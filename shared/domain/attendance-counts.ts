import * as z from 'zod';
import { attendanceFinalAt, attendanceOf } from './attendance.ts';
import type { Event } from './event.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

const Count = z.int().min(0);

/** How many came, how many did not, and of how many with a place nobody can tell. */
export const AttendanceCounts = z.object({ attended: Count, noShow: Count, unknown: Count });
export type AttendanceCounts = z.infer<typeof AttendanceCounts>;

/** What counts rest on besides the people: counts made on other grounds are to be made anew. */
export const groundsOf = (event: Event): string => {
  const { attendedFrom, attendanceImportedAt, format, joining } = event;
  return JSON.stringify([
    attendedFrom,
    attendanceImportedAt,
    format,
    joining?.url !== undefined,
    attendanceFinalAt(event),
  ]);
};

/** Counts people one by one. */
export function attendanceCounter(event: Event, now: Epoch) {
  const counts: AttendanceCounts = { attended: 0, noShow: 0, unknown: 0 };
  return {
    counts,
    add(row: Registration): void {
      if (row.erased) return;
      const attendance = attendanceOf(event, row, now);
      if (attendance === 'attended') counts.attended++;
      else if (attendance === 'no-show') counts.noShow++;
      else if (row.status === 'confirmed') counts.unknown++;
    },
  };
}
