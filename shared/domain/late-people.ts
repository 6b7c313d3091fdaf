import { readMailKey } from './mail-key.ts';
import { OVERDUE } from './overdue.ts';
import { ERASE_DUE, isMailDue, type Registration, SEAT_DUE } from './registration.ts';
import type { Epoch } from './time.ts';

/** People of one event who have waited too long for the same. */
export interface LatePeople {
  readonly work: 'mail' | 'seat' | 'erasure';
  readonly eventId: string;
  /** What their mails belong to: a stop of all of it is a reason to wait. */
  readonly campaigns: readonly string[];
  /** Since when the first of them waits. */
  readonly since: Epoch;
  readonly number: number;
}

/** An event's people differ in little of what they wait for, so this is hundreds of events at least. */
const MOST_KINDS = 1000;

/**
 * Counts who has waited too long, by event and what they wait for: however many wait for what somebody stopped, they hide
 * nobody else. What it keeps does not grow with the people; kinds of waiting beyond the first thousand are left out.
 */
export function latePeople(now: Epoch) {
  const kinds = new Map<string, LatePeople>();

  const add = (each: Pick<LatePeople, 'work' | 'eventId' | 'campaigns' | 'since'>): void => {
    const name = [each.eventId, each.work, ...each.campaigns].join(' ');
    const known = kinds.get(name);
    if (!known && kinds.size >= MOST_KINDS) return;
    const since = Math.min(each.since, known?.since ?? each.since);
    kinds.set(name, { ...each, since, number: (known?.number ?? 0) + 1 });
  };

  return {
    note(rows: readonly Registration[]): void {
      for (const { eventId, greetDue = new Set<string>(), greetDueAt: since = now } of rows) {
        const campaigns = [...new Set([...greetDue].filter(isMailDue).map((key) => readMailKey(key).campaign))].sort();
        const isLate = (work: LatePeople['work']) => now - since >= OVERDUE[work].after;
        if (campaigns.length > 0 && isLate('mail')) add({ work: 'mail', eventId, campaigns, since });
        const other = greetDue.has(ERASE_DUE) ? 'erasure' : greetDue.has(SEAT_DUE) ? 'seat' : undefined;
        if (other && isLate(other)) add({ work: other, eventId, campaigns: [], since });
      }
    },
    all: (): LatePeople[] => [...kinds.values()],
  };
}
export type Late = ReturnType<typeof latePeople>;
