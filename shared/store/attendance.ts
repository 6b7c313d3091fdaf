import { attendanceFinalAt } from '#shared/domain/attendance.ts';
import type { Event } from '#shared/domain/event.ts';
import { addCounts, NO_PEOPLE, PeopleCounts, withPerson } from '#shared/domain/people-counts.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { countStore } from './counts.ts';
import { ALL_SHARDS, keys } from './keys.ts';
import { registrationStore } from './registrations.ts';
import { type Table, TransactionRefused } from './table.ts';

const Kept = PeopleCounts.pick({ attendance: true });

/** What counts rest on besides the people: counts made on other grounds are to be made anew. */
const groundsOf = (event: Event): string => {
  const { attendedFrom, attendanceImportedAt, format, joining } = event;
  return JSON.stringify([attendedFrom, attendanceImportedAt, format, joining?.url !== undefined]);
};

/** How many came, at rest. */
export function attendanceStore(table: Table) {
  const { page } = registrationStore(table);
  const purged = countStore(table);

  const counted = async (event: Event, now: Epoch): Promise<PeopleCounts> => {
    const ofShard = async (shard: number) => {
      let sum = NO_PEOPLE;
      let after: Record<string, unknown> | undefined;
      do {
        const { people, after: next } = await page(event.eventId, shard, after);
        sum = people.reduce((each, row) => withPerson(each, row, event, now), sum);
        after = next;
      } while (after);
      return sum;
    };
    return (await Promise.all(ALL_SHARDS.map(ofShard))).reduce(addCounts);
  };

  return {
    /**
     * Who came of those with a place, counted; undefined until that is final. Counted by a walk through everybody when
     * first asked for, and kept; once they are purged, as they were counted then.
     */
    async counts(event: Event, now: Epoch): Promise<PeopleCounts['attendance'] | undefined> {
      if (now < attendanceFinalAt(event)) return undefined;
      const { eventId } = event;
      const key = keys.attendance(eventId);
      const kept = await table.get(key, { consistent: true });
      if (event.purgingAt !== undefined) {
        return (await purged.get(eventId))?.attendance ?? (kept && Kept.parse(kept).attendance);
      }
      const grounds = groundsOf(event);
      if (kept?.grounds === grounds) return Kept.parse(kept).attendance;
      const { attendance } = await counted(event, now);
      const stillThere = { ...keys.event(eventId), when: [{ is: 'absent', path: ['purgingAt'] }] } as const;
      await table
        .transact([{ put: { item: { ...key, attendance, grounds }, fact: undefined } }, { check: stillThere }])
        .catch((error: unknown) => {
          // Somebody else keeps them just now, or the people are being purged: then these may be too low.
          if (!(error instanceof TransactionRefused)) throw error;
        });
      return attendance;
    },
  };
}
export type AttendanceStore = ReturnType<typeof attendanceStore>;
