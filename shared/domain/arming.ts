import { firesAt } from './audience.ts';
import type { Campaign } from './campaign.ts';
import type { Event } from './event.ts';
import { occasionOf } from './occasion.ts';
import { type Epoch, epochOf } from './time.ts';

/** When a campaign fires next and for what, or why no clock fires it. */
export type Arming =
  | { readonly armed: true; readonly dueAt: Epoch; readonly occasion: string }
  | { readonly armed: false; readonly because: 'draft' | 'event-not-published' | 'no-clock' | 'time-passed' };

/**
 * Switching on is not sending: a campaign is armed only by a change that came before its fire time. Changes are its own
 * (made, switched on, edited) and its event's (published, rescheduled). A paused one stays armed: its run will wait. But
 * when a start is moved so near that how to join should have been told, it is told with the notice: who needs no notice,
 * for they know the new time, does not know yet how to join.
 */
export function armingOf(event: Event, campaign: Campaign): Arming {
  if (campaign.state === 'draft') return { armed: false, because: 'draft' };
  if (event.state !== 'published') return { armed: false, because: 'event-not-published' };
  const dueAt = firesAt(campaign, event);
  if (dueAt === undefined) return { armed: false, because: 'no-clock' };
  const [edited, moved] = [epochOf(campaign.changedAt), epochOf(event.timesChangedAt ?? event.createdAt)];
  const occasion = occasionOf(campaign.kind, event);
  if (dueAt > Math.max(edited, moved, epochOf(event.publishedAt ?? event.createdAt)))
    return { armed: true, dueAt, occasion };
  const noticeAt = event.notice?.at ?? Number.POSITIVE_INFINITY;
  if (campaign.kind === 'joining' && moved > edited && noticeAt < epochOf(event.startInstant))
    return { armed: true, dueAt: noticeAt, occasion };
  return { armed: false, because: 'time-passed' };
}
