import { attendanceFinalAt } from '#shared/domain/attendance.ts';
import { AttendanceCounts, attendanceCounter, groundsOf } from '#shared/domain/attendance-counts.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { ALL_SHARDS, keys } from './keys.ts';
import { registrationStore } from './registrations.ts';
import { type Table, TransactionRefused } from './table.ts';

/** How many came, at rest. */
export function attendanceStore(table: Table) {
  const { page } = registrationStore(table);

  const counted = async (event: Event, now: Epoch): Promise<AttendanceCounts> => {
    const counter = attendanceCounter(event, now);
    const walk = async (shard: number) => {
      let after: Record<string, unknown> | undefined;
      do {
        const { people, after: next } = await page(event.eventId, shard, after);
        for (const row of people) counter.add(row);
        after = next;
      } while (after);
    };
    await Promise.all(ALL_SHARDS.map(walk));
    return counter.counts;
  };

  return {
    /**
     * Who came, counted; undefined until it is final. Counted by a walk through everybody when first asked for, and kept:
     * whoever purges an event's people asks before, and the counts outlive them.
     */
    async counts(event: Event, now: Epoch): Promise<AttendanceCounts | undefined> {
      if (now < attendanceFinalAt(event)) return undefined;
      const key = keys.attendance(event.eventId);
      const [kept, grounds] = [await table.get(key, { consistent: true }), groundsOf(event)];
      if (event.purgingAt !== undefined || kept?.grounds === grounds) return kept && AttendanceCounts.parse(kept);
      const counts = await counted(event, now);
      const stillThere = { ...keys.event(event.eventId), when: [{ is: 'absent', path: ['purgingAt'] }] } as const;
      await table
        .transact([{ put: { item: { ...key, ...counts, grounds }, fact: undefined } }, { check: stillThere }])
        .catch((error: unknown) => {
          // Somebody else keeps them just now, or the people are being purged: then these may be too low.
          if (!(error instanceof TransactionRefused)) throw error;
        });
      return counts;
    },
  };
}
export type AttendanceStore = ReturnType<typeof attendanceStore>;
