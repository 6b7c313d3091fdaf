import * as z from 'zod';
import { armingOf } from '#shared/domain/arming.ts';
import { firesAt } from '#shared/domain/audience.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { skippedTime } from '#shared/domain/skipped-time.ts';
import { instantAt } from '#shared/domain/time.ts';
import { momentOf } from '#shared/domain/when.ts';

/** Whether a campaign is armed, for when, and why not. */
export const Firing = z
  .object({
    armed: z.boolean(),
    at: z.iso.datetime().optional(),
    when: z.string().optional(),
    runId: z.string().optional(),
    because: z.enum(['draft', 'event-not-published', 'no-clock', 'time-passed', 'has-run']).optional(),
    note: z.string().optional(),
  })
  .meta({ id: 'Firing' });
export type Firing = z.infer<typeof Firing>;

type Because = NonNullable<Firing['because']>;

/** Why nothing is planned, in a sentence. */
export const WHY: Record<Exclude<Because, 'no-clock'>, string> = {
  draft: 'A draft sends nothing: activate it.',
  'event-not-published': 'The event is not published.',
  'time-passed': 'That time came before the last change, so it mails nobody.',
  'has-run': 'It has run for that already, and runs once.',
};

/** What the clock makes of a campaign as it is; `hasRun` says whether there is a run for an occasion. */
export function firingOf(event: Event, campaign: Campaign, hasRun: (occasion: string) => boolean): Firing {
  const arming = armingOf(event, campaign);
  const because = arming.armed ? (hasRun(arming.occasion) ? 'has-run' : undefined) : arming.because;
  const at = firesAt(campaign, event);
  const notes = [
    ...(because ? [because === 'no-clock' ? withoutClock(campaign) : WHY[because]] : []),
    ...(at === undefined ? [] : skipNote(event, campaign)),
    ...(because === undefined && (campaign.state === 'paused' || event.paused) ? [pauseNote(campaign)] : []),
  ];
  return {
    armed: because === undefined,
    ...(at !== undefined && { at: instantAt(at), when: momentOf(instantAt(at), event.timeZone) }),
    ...(arming.armed && { runId: arming.occasion }),
    ...(because && { because }),
    ...(notes.length > 0 && { note: notes.join(' ') }),
  };
}

const withoutClock = ({ trigger }: Campaign): string =>
  'on' in trigger ? 'It is sent to each person as they register.' : 'It is sent when it is triggered by hand.';

const pauseNote = ({ state }: Campaign): string =>
  `It fires on time, and its mails wait until the ${state === 'paused' ? 'campaign' : 'event'} is resumed.`;

function skipNote(event: Event, { trigger }: Campaign): string[] {
  const skipped = skippedTime(trigger, event);
  return skipped === undefined ? [] : [`The clocks skip ${skipped} on that day, so it moves forward.`];
}
