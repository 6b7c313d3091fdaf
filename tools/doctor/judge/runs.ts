import { countsOf, type Run } from '#shared/domain/run.ts';
import { fine, hurts, note, runbook, soon, type Verdict } from '../finding.ts';
import { counted, span } from '../words.ts';

export interface RunFacts {
  /** Runs that are not finished. */
  readonly unfinished: readonly Run[];
  /** Mail stops for everything: whatever waits, waits for that. */
  readonly paused: boolean;
}

/** Without a sign of life for so long, and waiting for nothing, a run is stuck: `sweep` looks after it every 5 minutes. */
const STUCK = 1200;

/** Whether every run that has begun goes on. `now` is epoch seconds. */
export function judgeRuns({ unfinished, paused }: RunFacts, now: number): Verdict[] {
  const found = unfinished.flatMap((run): Verdict[] => {
    const { eventId, campaignId, occasion, touchedAt, notAfter } = run;
    const [what, open] = [
      `Run ${campaignId}@${occasion} of event ${eventId}`,
      Math.max(0, countsOf(run).open - run.settledInPass),
    ];
    const people = open > 0 ? counted(open, 'person has', 'people have') : 'its people have';
    if (run.tooSlow)
      return [
        hurts(
          `${what} cannot be done in time: the last of ${counted(open, 'person', 'people')} will not get their mail.`,
          runbook('work-overdue'),
        ),
      ];
    if (run.waiting !== undefined)
      return [
        soon(
          `${what} waits, and ${people} not been sent it; ${notAfter > now ? `in ${span(notAfter - now)} it is too late for them` : 'it is too late for them'}.`,
          paused
            ? 'POST /api/v1/sending/resume'
            : `Resume what is paused: POST /api/v1/events/${eventId}/campaigns/${campaignId}/resume or …/events/${eventId}/resume; else the day’s quota is used up`,
        ),
      ];
    if (touchedAt < now - STUCK)
      return [
        hurts(
          `${what} has stood still for ${span(now - touchedAt)}: ${people} not been sent it.`,
          runbook('work-overdue'),
        ),
      ];
    return [];
  });
  if (found.length > 0) return found;
  if (unfinished.length > 0) return [note(`${counted(unfinished.length, 'run is', 'runs are')} under way.`)];
  return [fine('No run is under way, and none waits.')];
}

/** Mails of which nobody knows whether they were sent, by event. */
export interface HeldFacts {
  readonly looked: number;
  readonly held: readonly {
    readonly eventId: string;
    readonly campaignId: string;
    readonly runId: string;
    readonly mails: number;
  }[];
}

/** Whether an organiser has to decide about held mails. */
export function judgeHeld({ looked, held }: HeldFacts): Verdict[] {
  if (held.length === 0)
    return [fine(`No mail is held in the runs of ${counted(looked, 'event')}, past week and ahead.`)];
  return held.map(({ eventId, campaignId, runId, mails }) =>
    soon(
      `${counted(mails, 'mail')} of campaign ${campaignId} of event ${eventId} ${mails === 1 ? 'is' : 'are'} held: nobody knows whether ${mails === 1 ? 'it was' : 'they were'} sent, and who was missed goes without.`,
      `POST /api/v1/events/${eventId}/campaigns/${campaignId}/runs/${runId}/release; ${runbook('mail-given-up')}`,
    ),
  );
}
