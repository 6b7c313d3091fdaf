import { scheduleOccasion } from '#shared/domain/mail-key.ts';
import { noticeKindOf } from '#shared/domain/notice.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { StartRun } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { EventStore } from '#shared/store/events.ts';

export interface PlanAgainDeps {
  readonly events: Pick<EventStore, 'get' | 'unplanned' | 'untold'>;
  readonly campaigns: Pick<CampaignStore, 'overdue' | 'get'>;
  readonly plan: (messages: readonly Outgoing[]) => Promise<void>;
  readonly startRun: (messages: readonly Outgoing[]) => Promise<void>;
}

/** Makes good what a lost fact or a lost schedule left undone: events not planned, campaigns armed and not started. */
export async function planAgain(
  { events, campaigns, plan, startRun }: PlanAgainDeps,
  { now, timings }: { now: Epoch; timings: Pick<Timings, 'planAfter' | 'startAfter'> },
): Promise<void> {
  const unplanned = await events.unplanned(now - timings.planAfter);
  await plan(unplanned.map((eventId) => ({ body: { v: 1, eventId } })));
  const overdue = await campaigns.overdue(now - timings.startAfter);
  const due = await Promise.all(
    overdue.map(async ({ eventId, campaignId }): Promise<Outgoing[]> => {
      const occasion = (await campaigns.get(eventId, campaignId))?.dueOccasion;
      return occasion ? [{ body: { v: 1, eventId, campaignId, occasion } satisfies StartRun }] : [];
    }),
  );
  await startRun(due.flat());
  await startRun(await untold(events, now - timings.startAfter));
}

/** Notices that nobody has begun to tell. */
async function untold(events: PlanAgainDeps['events'], before: Epoch): Promise<Outgoing[]> {
  const late = await events.untold(before);
  const messages = await Promise.all(
    late.map(async (eventId): Promise<Outgoing[]> => {
      const event = await events.get(eventId, { consistent: true });
      const campaignId = event && noticeKindOf(event);
      if (!campaignId) return [];
      return [{ body: { v: 1, eventId, campaignId, occasion: scheduleOccasion(event) } satisfies StartRun }];
    }),
  );
  return messages.flat();
}
