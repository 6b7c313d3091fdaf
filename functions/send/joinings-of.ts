import type { Event } from '#shared/domain/event.ts';
import type { Joining } from '#shared/domain/late.ts';
import { occasionOf } from '#shared/domain/occasion.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { RunStore } from '#shared/store/runs.ts';

/**
 * The joining campaigns of an event, and whether each has a run. Read anew each time: a person who registers while a run
 * begins is met by its walk, or by this reading, which comes after their row was read, or by both.
 */
export const joiningsOf =
  ({ campaigns, runs }: { campaigns: Pick<CampaignStore, 'list'>; runs: Pick<RunStore, 'get'> }) =>
  async (event: Event): Promise<Joining[]> => {
    const { eventId } = event;
    const joinings = (await campaigns.list(eventId)).filter(
      ({ kind, state }) => kind === 'joining' && state !== 'draft',
    );
    return Promise.all(
      joinings.map(async (campaign) => {
        const occasion = occasionOf(campaign.kind, event);
        const run = await runs.get({ eventId, campaignId: campaign.campaignId, occasion });
        return { campaign, hasRun: run !== undefined };
      }),
    );
  };
