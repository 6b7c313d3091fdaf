import { shardOf } from '#shared/domain/ids.ts';
import { ALL_SHARDS, keys } from '#shared/store/keys.ts';
import type { Item, Key } from '#shared/store/table.ts';
import type { History } from './history.ts';
import type { Setting } from './setting.ts';
import type { Commit } from './sim-table.ts';
import { isOfPeople, whose } from './traces.ts';

const DAY = 24 * 3600_000;

/** When an event's people may be purged, epoch milliseconds; undefined while it has no end that is known. */
export const purgedFrom = ({ state, endInstant, retentionDays }: Item): number | undefined =>
  state === 'published' || state === 'cancelled'
    ? Date.parse(String(endInstant)) + Number(retentionDays) * DAY
    : undefined;

/** Nobody is purged before their time, nobody is left after it, and the counts are those of the moment it began. */
export function purges({ time, faults, violated }: Setting, past: History) {
  function eventWritten(before: Item, after: Item): void {
    const eventId = String(after.eventId);
    if (before.purgingAt === undefined && after.purgingAt !== undefined) {
      const from = purgedFrom(before);
      if (from === undefined || time.now() < from) violated('a purge before its time', { before, after });
    }
    if (before.purgingAt !== undefined && before.purgingAt !== after.purgingAt)
      violated('a purge that began is forgotten', { before, after });
    if (before.purgedAt !== undefined || after.purgedAt === undefined) return;
    faults.note('people are purged');
    const left = leftOf(eventId);
    if (left.length > 0) violated('a purge is over, and not everybody is gone', left);
    const counted = past.latest(keys.counts(eventId));
    if (!ALL_SHARDS.every((shard) => counted?.[String(shard)])) violated('a purge kept no counts', counted);
  }

  function leftOf(eventId: string): Item[] {
    const people = new Set(past.everyRowOf(eventId).map(({ sk }) => sk.slice('REG#'.length)));
    return past.items((item) => isOfPeople(item, eventId) || (item.sk === 'ADDR' && people.has(whose(item) ?? '')));
  }

  /** As many of each kind as there were, give or take those who became another in the meantime. */
  function countsWritten(before: Item | undefined, after: Item): void {
    const eventId = after.pk.slice('EVENT#'.length);
    const began = Date.parse(String(past.latest(keys.event(eventId))?.purgingAt));
    if (Number.isNaN(began)) violated('people are counted who are not being purged', after);
    for (const shard of ALL_SHARDS) {
      const [was, is] = [before?.[String(shard)], after[String(shard)]] as [unknown, Counts | undefined];
      if (was !== undefined && JSON.stringify(was) !== JSON.stringify(is)) violated('people are counted anew', after);
      if (was !== undefined || !is) continue;
      const rows = past.everyRowOf(eventId).filter(({ sk }) => shardOf(sk.slice('REG#'.length)) === shard);
      const fits = (count: number, are: (row: Item | undefined) => boolean) =>
        rows.filter((key) => past.alwaysFrom(key, began, time.now(), are)).length <= count &&
        count <= rows.filter((key) => past.everSince(key, began, are)).length;
      const isRight =
        Object.entries(is.registrations).every(([status, count]) =>
          fits(count, (row) => isPerson(row) && row.status === status),
        ) && fits(is.answeredSurvey, (row) => isPerson(row) && row.answeredSurvey === true);
      if (!isRight) violated('the counts are not of those who were there', { is, rows: rows.map((key) => now(key)) });
    }
  }
  const now = (key: Key) => past.latest(key);

  return {
    committed({ before, after }: Commit): void {
      if (after?.sk === 'EVENT' && before) eventWritten(before, after);
      if (after?.sk === 'COUNTS') countsWritten(before, after);
    },
    /** Everything that is left of an event's people. */
    leftOf,
  };
}

interface Counts {
  readonly registrations: Readonly<Record<string, number>>;
  readonly answeredSurvey: number;
}
const isPerson = (row: Item | undefined): row is Item => row !== undefined && !row.erased;
