import type { Campaign } from './campaign.ts';
import type { Event } from './event.ts';
import type { Registration } from './registration.ts';
import { type Epoch, epochOf } from './time.ts';
import type { Timings } from './timings.ts';
import { fireTime, isDayScale } from './trigger.ts';

export type Gaps = Pick<Timings, 'dayScaleGap' | 'hourScaleGap'>;

/** When a person got their place. */
export const confirmedAtOf = ({ confirmedAt, registeredAt }: Registration): Epoch =>
  confirmedAt ?? epochOf(registeredAt);

const HALF_A_DAY = 12 * 3600;

/** How near to a mail of this campaign another one stands for it, seconds: people think of some in days, of some in hours. */
export function gapOf(
  { trigger }: Pick<Campaign, 'trigger'>,
  { event, firedAt, gaps }: { event: Pick<Event, 'startInstant'>; firedAt: Epoch; gaps: Gaps },
): number {
  const inDays = 'offset' in trigger ? isDayScale(trigger.offset) : epochOf(event.startInstant) - firedAt >= HALF_A_DAY;
  return inDays ? gaps.dayScaleGap : gaps.hourScaleGap;
}

/** A joining campaign, and whether it has a run for what it is sent for at present. */
export interface Joining {
  readonly campaign: Campaign;
  readonly hasRun: boolean;
}

/**
 * Whether a joining mail counts as sent to everybody already, so that whoever is written to now gets it along: its time is
 * past or it has a run, whether or not it was ever armed. A notice at `noticeAt` stands for it in good time, too.
 */
export function isFired(
  { campaign, hasRun }: Joining,
  { event, now, noticeAt, gaps }: { event: Event; now: Epoch; noticeAt?: Epoch | undefined; gaps: Gaps },
): boolean {
  if (campaign.state === 'draft') return false;
  if (hasRun) return true;
  const firedAt = fireTime(campaign.trigger, event);
  if (firedAt === undefined) return false;
  if (firedAt <= now) return true;
  return noticeAt !== undefined && firedAt - noticeAt <= gapOf(campaign, { event, firedAt, gaps });
}

/** Whether the notice that moved an event stands for a mail fired at that moment, as it says the same. */
export function isCovered(
  campaign: Pick<Campaign, 'trigger'>,
  { event, firedAt, gaps }: { event: Event; firedAt: Epoch; gaps: Gaps },
): boolean {
  const { notice } = event;
  if (!notice?.moves) return false;
  return Math.abs(firedAt - notice.at) <= gapOf(campaign, { event, firedAt, gaps });
}
