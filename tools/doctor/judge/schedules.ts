import { fine, runbook, soon, type Verdict } from '../finding.ts';
import { counted, moment, some } from '../words.ts';

/** A campaign that a clock is to fire. */
export interface Armed {
  readonly eventId: string;
  readonly campaignId: string;
  /** Epoch seconds. */
  readonly dueAt: number;
}

/** A schedule of the stage's group. */
export interface Clock {
  readonly name: string;
  readonly enabled: boolean;
  /** When it speaks, epoch seconds; undefined where that was not asked. */
  readonly at?: number | undefined;
}

export interface ScheduleFacts {
  readonly group: string;
  readonly armed: readonly Armed[];
  readonly clocks: readonly Clock[];
  /** Events whose campaigns are being planned just now: they may differ for a moment. */
  readonly planning: ReadonlySet<string>;
}

/** Armed and its clock set a moment apart: what is younger, or due so soon, may be either. Seconds. */
const MOMENT = 120;
/** How late `sweep` starts what no clock has. */
const LATE = '2 to 3 minutes';

/** Whether every armed campaign has its clock, at the right time, and every clock its campaign. `now` is epoch seconds. */
export function judgeSchedules({ group, armed, clocks, planning }: ScheduleFacts, now: number): Verdict[] {
  const byName = new Map(clocks.map((clock) => [clock.name, clock]));
  const names = new Set(armed.map(nameOf));
  const settled = armed.filter(({ eventId, dueAt }) => dueAt > now + MOMENT && !planning.has(eventId));
  const without = settled.filter((each) => !byName.get(nameOf(each))?.enabled);
  const orphans = clocks.filter(
    ({ name, at }) => !names.has(name) && !planning.has(eventOf(name)) && (at === undefined || at > now + MOMENT),
  );
  const wrong = settled.filter((each) => {
    const clock = byName.get(nameOf(each));
    return clock?.enabled && clock.at !== undefined && clock.at !== each.dueAt;
  });
  const found = [
    ...without.map(({ eventId, campaignId, dueAt }) =>
      soon(
        `Campaign ${campaignId} of event ${eventId} is due at ${moment(dueAt)} UTC and has no schedule: its people get their mail ${LATE} late, when sweep starts it.`,
        `PATCH /api/v1/events/${eventId} with any field as it is sets it anew`,
      ),
    ),
    ...wrong.map(({ eventId, campaignId, dueAt }) =>
      soon(
        `The schedule of campaign ${campaignId} of event ${eventId} is not set to ${moment(dueAt)} UTC, when it is due: its people get their mail late.`,
        `PATCH /api/v1/events/${eventId} with any field as it is sets it anew`,
      ),
    ),
  ];
  if (orphans.length > 0) {
    const first = orphans[0]?.name ?? '';
    found.push(
      soon(
        `${counted(orphans.length, 'schedule belongs', 'schedules belong')} to no armed campaign: ${some(orphans.map(({ name }) => name))}. Nobody is mailed by ${orphans.length === 1 ? 'it' : 'them'}, but something was planned that is not there.`,
        `aws scheduler delete-schedule --group-name ${group} --name ${first}; ${runbook('work-overdue')}`,
      ),
    );
  }
  if (found.length > 0) return found;
  return [
    fine(
      `${counted(settled.length, 'armed campaign has its schedule', 'armed campaigns have their schedules')}, and no schedule is left over.`,
    ),
  ];
}

/** What the clock of a campaign is called. */
export const nameOf = ({ eventId, campaignId }: Pick<Armed, 'eventId' | 'campaignId'>): string =>
  `${eventId}-${campaignId}`;

const eventOf = (name: string): string => name.split('-')[0] ?? '';
