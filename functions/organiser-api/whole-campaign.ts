import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { ensureMatch, type IfMatch } from '#shared/http/if-match.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { patiently, saved } from './patiently.ts';

const NO_SUCH_CAMPAIGN = 'There is no such campaign';

export interface CampaignRef {
  readonly eventId: string;
  readonly campaignId: string;
}
/** A campaign and its event: what either means takes both. */
export interface CampaignOfEvent {
  readonly event: Event;
  readonly campaign: Campaign;
}

/** Both as they are now, or `not-found`. */
export async function readCampaign(
  { events, campaigns }: Pick<Deps, 'events' | 'campaigns'>,
  { eventId, campaignId }: CampaignRef,
): Promise<CampaignOfEvent> {
  const event = found(await events.get(eventId, { consistent: true }));
  return { event, campaign: found(await campaigns.get(eventId, campaignId), NO_SUCH_CAMPAIGN) };
}

/** How often something is tried where others keep being quicker. */
export const ATTEMPTS = 5;

interface Revision {
  readonly ifMatch: IfMatch;
  /** An edit that gives nothing changes nothing. */
  readonly edit: (read: CampaignOfEvent) => Campaign | undefined;
}

/** Saves an edit of the revision the caller means; whoever does not mind which has it done to the newest. */
export async function reviseCampaign(
  deps: Pick<Deps, 'events' | 'campaigns' | 'now' | 'sleep' | 'chance'>,
  ref: CampaignRef,
  { ifMatch, edit }: Revision,
): Promise<CampaignOfEvent> {
  return patiently(deps, async () => {
    const read = await readCampaign(deps, ref);
    const { revision } = read.campaign;
    ensureMatch(ifMatch, revision);
    const campaign = edit(read);
    if (!campaign) return read;
    const save = deps.campaigns.save(ref.eventId, campaign, { revision, now: Math.floor(deps.now() / 1000) });
    return (await saved(save)) ? { event: read.event, campaign } : undefined;
  });
}
