import * as z from 'zod';
import { attendanceFinalAt } from '#shared/domain/attendance.ts';
import type { Event } from '#shared/domain/event.ts';
import { PeopleCounts } from '#shared/domain/people-counts.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';

/** What is known about who came to an event. */
export const AttendanceView = z
  .object({
    final: z.boolean(),
    finalAt: z.iso.datetime(),
    importedAt: z.iso.datetime().optional(),
    counts: PeopleCounts.shape.attendance.optional(),
  })
  .meta({ id: 'Attendance' });
export type AttendanceView = z.infer<typeof AttendanceView>;

/** Whether it is final who came, and since when or from when on. */
export function attendanceView(event: Event, now: Epoch, counts?: PeopleCounts['attendance']): AttendanceView {
  const finalAt = attendanceFinalAt(event);
  const { attendanceImportedAt: importedAt } = event;
  return {
    final: now >= finalAt,
    finalAt: instantAt(finalAt),
    ...(importedAt !== undefined && { importedAt }),
    ...(counts && { counts }),
  };
}
