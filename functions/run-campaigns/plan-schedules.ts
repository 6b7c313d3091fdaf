import { armingOf } from '#shared/domain/arming.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { lookoutAt } from '#shared/domain/lookout.ts';
import { scheduleOccasion } from '#shared/domain/mail-key.ts';
import { noticeKindOf } from '#shared/domain/notice.ts';
import { purgeAt } from '#shared/domain/purge.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { StartRun } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { Scheduler } from '#shared/schedule/scheduler.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { RunStore } from '#shared/store/runs.ts';

export interface PlanDeps {
  readonly events: Pick<EventStore, 'get' | 'planDueAt' | 'planned' | 'noticeIsDue' | 'lookOut' | 'purgeOn'>;
  readonly campaigns: Pick<CampaignStore, 'list' | 'arm'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly scheduler: Scheduler;
  /** Puts messages that start runs; throws when the queue did not take them all. */
  readonly nudgeStart: (messages: readonly Outgoing[]) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** When a campaign is to fire, and for what. */
interface Due {
  readonly dueAt: Epoch;
  readonly occasion: string;
}

/** So close to its time, a campaign is started without one: a clock set now might be set too late. */
const SOON = 5;
/** How often one event is looked at anew when it changed meanwhile. */
const ROUNDS = 5;
/** A moment to look out that came so shortly before may not have been looked at yet. Seconds. */
const LOOK_BACK = 600;
/** What SQS lets a message wait. */
const LONGEST_DELAY = 900;
/** What the clock of a campaign is told that is not to fire. */
const NOTHING = '';

/**
 * Arms an event's campaigns as it and they are now, and sets their clocks. It is done only when a reading finds nothing
 * left to do: whatever was written meanwhile, in the same second too, or by a slower twin of this call, is seen by it.
 */
export function planSchedules({ events, campaigns, runs, scheduler, nudgeStart, now, logger }: PlanDeps) {
  return async ({ eventId }: { eventId: string }): Promise<void> => {
    const told = new Map<string, string>();
    for (let round = 0; round < ROUNDS; round++) {
      // Read before all else: a write after it leaves another mark, or the next round sees what it wrote.
      const planDueAt = await events.planDueAt(eventId);
      const [event, all] = await Promise.all([events.get(eventId, { consistent: true }), campaigns.list(eventId)]);
      if (!event) return;
      await tellInTime(event);
      await events.lookOut(eventId, lookoutAt(event, Math.floor(now() / 1000) - LOOK_BACK));
      await events.purgeOn(eventId, purgeAt(event));
      const clocked = all.filter(({ trigger }) => !('on' in trigger));
      const outcomes = await Promise.all(clocked.map((campaign) => plan(event, campaign, told)));
      if (outcomes.includes('stale')) continue;
      if (planDueAt !== undefined) await events.planned(eventId, planDueAt);
      else if (!outcomes.includes('changed')) {
        const armed = [...told.values()].filter((words) => words !== NOTHING).length;
        logger.info('Planned', { eventId, campaigns: all.length, armed });
        return;
      }
    }
    throw new Error(`Somebody keeps changing this event or its campaigns: ${eventId}`);
  };

  /** A notice has no clock: it is told minutes after the edit, which a delayed message can wait for. Repeats do no harm. */
  async function tellInTime(event: Event): Promise<void> {
    const kind = noticeKindOf(event);
    const left = event.notice && event.notice.at - now() / 1000;
    if (!kind || left === undefined || !(await events.noticeIsDue(event.eventId))) return;
    const { eventId } = event;
    const body = { v: 1, eventId, campaignId: kind, occasion: scheduleOccasion(event) } satisfies StartRun;
    await nudgeStart([{ body, delay: Math.min(LONGEST_DELAY, Math.max(0, Math.ceil(left))) }]);
  }

  /** Brings one campaign and its clock in line; `told` keeps what its clock was told by this call. */
  async function plan(
    event: Event,
    campaign: Campaign,
    told: Map<string, string>,
  ): Promise<'unchanged' | 'changed' | 'stale'> {
    const { campaignId, revision } = campaign;
    const id = { eventId: event.eventId, campaignId };
    const name = `${event.eventId}-${campaignId}`;
    const due = await dueOf(event, campaign);
    const armedFor = campaign.dueAt === undefined ? undefined : `${campaign.dueAt} ${campaign.dueOccasion}`;
    const differs = armedFor !== (due && `${due.dueAt} ${due.occasion}`);
    if (differs && !(await campaigns.arm(id, due, revision))) return 'stale';
    const words = due ? `${due.dueAt} ${due.occasion} ${revision}` : NOTHING;
    if (told.get(campaignId) === words) return differs ? 'changed' : 'unchanged';
    // An edit disarms, so a campaign that is not armed may have a clock all the same.
    if (due) await setClock({ v: 1, ...id, occasion: due.occasion, revision }, { name, at: due.dueAt });
    else await scheduler.remove(name);
    told.set(campaignId, words);
    return 'changed';
  }

  /** What it is to be armed for; nothing if no clock fires it, or if it has a run for that occasion. */
  async function dueOf(event: Event, campaign: Campaign): Promise<Due | undefined> {
    const arming = armingOf(event, campaign);
    if (!arming.armed) return undefined;
    const { eventId } = event;
    const run = await runs.get({ eventId, campaignId: campaign.campaignId, occasion: arming.occasion });
    return run ? undefined : { dueAt: arming.dueAt, occasion: arming.occasion };
  }

  async function setClock(body: StartRun & { revision: number }, { name, at }: { name: string; at: Epoch }) {
    const left = at - now() / 1000;
    if (left > SOON) return scheduler.put({ name, at, body });
    await scheduler.remove(name);
    await nudgeStart([{ body, delay: Math.max(0, Math.ceil(left)) }]);
  }
}
