import type { Campaign } from './campaign.ts';
import type { Event } from './event.ts';
import { missingShards, type Run } from './run.ts';
import type { Epoch } from './time.ts';

/**
 * Work by what it is, how many seconds after its time it is later than it should ever be, and who waits for it then. The
 * table lists whatever is owed until it is done, so this sees what a lost message leaves behind, and a message that fails
 * again and again, which SQS leaves out of the age of its oldest message.
 */
export const OVERDUE = {
  mail: { after: 600, hurt: 'Somebody has been waiting for a confirmation, or for a mail they asked for.' },
  seat: {
    after: 600,
    hurt: 'Somebody who wants a place at a capped event has neither a seat nor a place in the queue.',
  },
  links: { after: 600, hurt: 'Somebody who asked for their lost link has not been looked up, and waits for it.' },
  erasure: { after: 900, hurt: 'Somebody had their data deleted, and some of it is still there.' },
  plan: { after: 900, hurt: 'An event or a campaign was changed, and its mails are still timed as before.' },
  start: { after: 600, hurt: 'A reminder, a way in or a survey is due, and nobody has been sent it yet.' },
  notice: { after: 600, hurt: 'People have not been told that their event moved, or is off.' },
  walk: { after: 900, hurt: 'Some of the people a campaign is for were not looked up: they wait for its mail.' },
  run: { after: 900, hurt: 'A campaign has not come to its end in time: some of its people may be left out.' },
  'too-slow': {
    after: 0,
    hurt: 'A campaign has more people than can be written to in time: the last of them will not get its mail.',
  },
  stopped: {
    after: 0,
    hurt: 'A campaign stopped itself because too many of its mails bounced: the rest of its people wait for it.',
  },
  sorting: {
    after: 900,
    hurt: 'Earlier answers are not sorted by what people chose: mail to some of them waits for it.',
  },
  job: {
    after: 900,
    hurt: 'An attendance report is not read or not applied, and mail to those who came waits for it; or registrations that were to be removed are still there.',
  },
} as const satisfies Record<string, { after: number; hurt: string }>;
export type Work = keyof typeof OVERDUE;

/** Something that is overdue: since when, and of which event. */
export interface Overdue {
  readonly work: Work;
  readonly since: Epoch;
  readonly eventId: string;
}

/** For so long a campaign that stopped itself is told of; then it is its organiser's decision, and hides nothing else. */
const TOLD_FOR = 3600;

/** What is overdue about a run that is not finished. What somebody stopped, with their hand, waits for them. */
export function overdueRun(
  run: Run,
  surroundings: { campaign: Campaign | undefined; event: Event | undefined; paused: boolean; now: Epoch },
): Overdue | undefined {
  const { campaign, event, now } = surroundings;
  const { eventId, notAfter, startedAt, touchedAt } = run;
  const held = campaign?.state === 'paused';
  if (now >= notAfter + OVERDUE.run.after) return { work: 'run', since: notAfter, eventId };
  if (held && campaign.pausedBecause !== undefined && now - touchedAt < TOLD_FOR)
    return { work: 'stopped', since: touchedAt, eventId };
  if (held || surroundings.paused || event?.paused || run.waiting !== undefined) return undefined;
  if (run.tooSlow) return { work: 'too-slow', since: startedAt, eventId };
  const unseen = run.pass === 1 && missingShards(run).length > 0;
  return unseen && now - startedAt >= OVERDUE.walk.after ? { work: 'walk', since: startedAt, eventId } : undefined;
}
