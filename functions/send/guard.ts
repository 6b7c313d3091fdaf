import type { Clock } from '#shared/clock.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { waitsForAnswers } from '#shared/domain/chosen-audience.ts';
import { type Control, isRefusing } from '#shared/domain/control.ts';
import type { Event } from '#shared/domain/event.ts';
import { CONFIRMATION_CAMPAIGN } from '#shared/domain/mail-key.ts';
import { isNoticeKind } from '#shared/domain/mail-kinds.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { ControlStore } from '#shared/store/control.ts';
import type { EventStore } from '#shared/store/events.ts';

/** What must be true of the world for a mail to go, read at one moment. */
export interface Guard {
  readonly event: Event | undefined;
  readonly campaign: Campaign | undefined;
  readonly control: Control | undefined;
  /** The event's confirmation, where the mail is one of many and waits for it. */
  readonly confirmation: Campaign | undefined;
  /** SES refused our sender a moment ago: it is not asked again yet. */
  readonly refused: boolean;
  /** Monotonic milliseconds at which the oldest of these readings was asked for. */
  readonly readAt: number;
}

interface GuardDeps {
  readonly events: Pick<EventStore, 'get'>;
  readonly campaigns: Pick<CampaignStore, 'get'>;
  readonly control: Pick<ControlStore, 'get'>;
  readonly clock: Clock;
  /** Seconds one reading is shared. */
  readonly fresh: number;
}

/** Reads event, campaign and stop with consistent reads, and shares one reading for at most `fresh` seconds. */
export function guards({ events, campaigns, control, clock, fresh }: GuardDeps) {
  const readings = new Map<string, { readAt: number; guard: Promise<Guard> }>();

  const read = async (eventId: string, campaign: string, readAt: number): Promise<Guard> => {
    const hasItem = /^\d+$/.test(campaign);
    const isOfMany = (hasItem && campaign !== CONFIRMATION_CAMPAIGN) || isNoticeKind(campaign);
    const [event, item, stop, confirmation] = await Promise.all([
      events.get(eventId, { consistent: true }),
      hasItem ? campaigns.get(eventId, campaign) : undefined,
      control.get(),
      isOfMany ? campaigns.get(eventId, CONFIRMATION_CAMPAIGN) : undefined,
    ]);
    const refused = isRefusing(stop, Math.floor(clock.now() / 1000));
    return { event, campaign: item, control: stop, confirmation, refused, readAt };
  };

  /** `anew` asks again even if a reading is fresh; `since` if it is older than that, monotonic milliseconds. */
  return (eventId: string, campaign: string, { anew = false, since = 0 } = {}): Promise<Guard> => {
    const now = clock.monotonic();
    for (const [key, { readAt }] of readings) if (now - readAt > fresh * 1000) readings.delete(key);
    const key = `${eventId} ${campaign}`;
    const known = readings.get(key);
    if (known && !anew && known.readAt >= since) return known.guard;
    const guard = read(eventId, campaign, now);
    readings.set(key, { readAt: now, guard });
    guard.catch(() => readings.delete(key));
    return guard;
  };
}
export type Guards = ReturnType<typeof guards>;

/**
 * Whether a stop is in force: for everything, the event or the campaign, because SES refuses our sender, or because it is
 * not known yet who chose what.
 */
export const isStopped = ({ event, campaign, control, refused }: Guard): boolean =>
  refused ||
  (control?.paused ?? false) ||
  (event?.paused ?? false) ||
  campaign?.state === 'paused' ||
  (event !== undefined && waitsForAnswers(campaign?.audience, event));

/** A guard of an event that is there. */
export type Eventful = Guard & { readonly event: Event };

/** An event outlives its people: a registration without one is a broken table, not a case. */
export function eventful(guard: Guard): Eventful {
  if (!guard.event) throw new Error('A registration without an event');
  return { ...guard, event: guard.event };
}
