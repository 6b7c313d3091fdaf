import { fine, hurts, note, runbook, soon, type Verdict } from '../finding.ts';
import { counted, span } from '../words.ts';

export interface QueueFacts {
  /** As the stack's outputs name it: LaneNow, Admit, … */
  readonly name: string;
  readonly waiting: number;
  /** Seconds; undefined where nobody measures it. */
  readonly oldest: number | undefined;
}

/** Who is hurt while messages lie there. */
const DEAD: Readonly<Record<string, string>> = {
  LaneNow: 'somebody is owed a confirmation or a mail they asked for',
  LaneTimed: 'some people were not sent a reminder or the way in',
  LaneBulk: 'some people were not sent a survey or an announcement',
  Admit: 'people who want a seat have neither a seat nor a place in the queue',
  Receipts: 'what became of some mails is unknown, and mails in doubt are held up',
  Publish: 'facts about registrations reached nobody',
  Campaigns: 'an event was not planned anew, a run not started, or some of its people not looked up',
  Jobs: 'an attendance report is not read or not applied',
};

/** The queues as `npm run dead-letters` calls them: LaneNow is `lane-now` there. */
const nameForTool = (name: string): string => name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
export const QUEUES_WITH_VICTIMS: readonly string[] = Object.keys(DEAD).map(nameForTool);

/** How long a message may wait before somebody feels it, seconds; the lanes `timed` and `bulk` wait for the rate. */
const PATIENCE: Readonly<Record<string, readonly [seconds: number, hurt: string, section: string]>> = {
  LaneNow: [300, 'people wait for the confirmation of what they did', 'work-overdue'],
  Admit: [300, 'people wait to hear whether they have a seat', 'work-overdue'],
  Receipts: [300, 'what became of mails is unread, and mails in doubt are held up', 'receipts-late'],
  Campaigns: [600, 'a campaign that is due has not started, or an event is still timed as before', 'work-overdue'],
};

/** Messages that nobody could deal with. */
export function judgeDeadLetters(queues: readonly QueueFacts[], stage: string): Verdict[] {
  const found = queues
    .filter(({ waiting }) => waiting > 0)
    .map(({ name, waiting, oldest }) => {
      const hurt = DEAD[name] ?? 'whoever they were about was passed over';
      const since = oldest === undefined ? '' : `, the oldest for ${span(oldest)}`;
      const look = `npm run dead-letters -- look ${nameForTool(name)} --stage ${stage}`;
      return hurts(
        `${counted(waiting, 'dead letter')} in ${name}${since}: ${hurt}.`,
        `${look}; ${runbook('dead-letters')}`,
      );
    });
  return found.length > 0 ? found : [fine(`No dead letters in ${counted(queues.length, 'queue')}.`)];
}

/** Messages that wait longer than somebody's patience. */
export function judgeQueues(queues: readonly QueueFacts[]): Verdict[] {
  const late = queues.flatMap(({ name, waiting, oldest = 0 }): Verdict[] => {
    const [patience, hurt, section] = PATIENCE[name] ?? [];
    if (patience === undefined || waiting === 0 || oldest <= patience) return [];
    return [
      hurts(
        `${counted(waiting, 'message')} wait in ${name}, the oldest for ${span(oldest)}: ${hurt}.`,
        runbook(section ?? ''),
      ),
    ];
  });
  if (late.length > 0) return late;
  const waiting = queues.reduce((sum, { waiting }) => sum + waiting, 0);
  const unmeasured = queues.filter((queue) => queue.waiting > 0 && queue.oldest === undefined).length;
  if (waiting === 0) return [fine(`Nothing waits in ${counted(queues.length, 'queue')}.`)];
  const many = waiting > 10_000 ? soon : undefined;
  const says = `${counted(waiting, 'message waits', 'messages wait')} in ${counted(queues.length, 'queue')}${unmeasured > 0 ? ', since when is not known' : ', none for long'}.`;
  return [many ? many(says, runbook('work-overdue')) : note(says)];
}
