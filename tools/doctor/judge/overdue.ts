import { fine, hurts, runbook, type Verdict } from '../finding.ts';
import { span } from '../words.ts';
import type { Armed } from './schedules.ts';

/** The things of the table's list that a clock should have come back for by now. */
export interface OverdueFacts {
  readonly campaigns: readonly Armed[];
  /** Events to be planned, and events whose people were to be told of a change, with when that was due. */
  readonly plans: readonly { readonly eventId: string; readonly dueAt: number }[];
  readonly notices: readonly { readonly eventId: string; readonly dueAt: number }[];
  readonly purges: readonly { readonly eventId: string; readonly dueAt: number }[];
}

/** Minutes that `sweep` needs at most to see what was lost. */
const GRACE = 300;
/** A purge of many people takes several rounds. */
const PURGE_GRACE = 6 * 3600;

/** Whether anything is past its time that neither its clock nor `sweep` has begun. */
export function judgeOverdue({ campaigns, plans, notices, purges }: OverdueFacts, now: number): Verdict[] {
  const late = (dueAt: number) => span(now - dueAt);
  const over = <T extends { readonly dueAt: number }>(all: readonly T[], grace = GRACE) =>
    all.filter(({ dueAt }) => dueAt < now - grace);
  const found = [
    ...over(campaigns).map(({ eventId, campaignId, dueAt }) =>
      hurts(
        `Campaign ${campaignId} of event ${eventId} was due ${late(dueAt)} ago and has not started: nobody has been sent it.`,
        runbook('work-overdue'),
      ),
    ),
    ...over(notices).map(({ eventId, dueAt }) =>
      hurts(
        `People of event ${eventId} were to be told of a change ${late(dueAt)} ago, and nobody has begun to: they go by what is true no more.`,
        runbook('work-overdue'),
      ),
    ),
    ...over(plans).map(({ eventId, dueAt }) =>
      hurts(
        `Event ${eventId} was changed ${late(dueAt)} ago and its mails are still timed as before.`,
        runbook('work-overdue'),
      ),
    ),
    ...over(purges, PURGE_GRACE).map(({ eventId, dueAt }) =>
      hurts(
        `People of event ${eventId} were to be forgotten ${late(dueAt)} ago and are still kept: they were promised otherwise.`,
        runbook('sweep-silent'),
      ),
    ),
  ];
  return found.length > 0 ? found : [fine('Nothing that was due has been left undone.')];
}
