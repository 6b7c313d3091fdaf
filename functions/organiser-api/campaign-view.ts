import * as z from 'zod';
import { armingOf } from '#shared/domain/arming.ts';
import { Audience } from '#shared/domain/audience.ts';
import { Campaign, WrittenTemplate } from '#shared/domain/campaign.ts';
import { writtenAudience } from '#shared/domain/chosen-audience.ts';
import type { Event } from '#shared/domain/event.ts';
import { etagOf } from '#shared/http/if-match.ts';
import type { Deps } from './deps.ts';
import { Firing, firingOf } from './firing.ts';

const {
  campaignId,
  name,
  kind,
  state,
  template: _,
  audience: __,
  ...kept
} = Campaign.omit({ dueAt: true, dueOccasion: true }).shape;
/** As it was written: what was made of it when it was saved stays inside. */
const template = z.object(WrittenTemplate.shape).optional();

/** A campaign as the organiser sees it. */
export const CampaignView = z
  .object({
    campaignId,
    eventId: z.string(),
    name,
    kind,
    state,
    firing: Firing,
    ...kept,
    audience: Audience,
    template,
    links: z.object({ self: z.url(), runs: z.url(), plan: z.url() }),
  })
  .meta({ id: 'Campaign' });
export type CampaignView = z.infer<typeof CampaignView>;

interface Around {
  readonly siteUrl: string;
  readonly hasRun: (occasion: string) => boolean;
}

/** The schema leaves out whatever else is kept. */
export function campaignView(event: Event, campaign: Campaign, { siteUrl, hasRun }: Around): CampaignView {
  const { eventId } = event;
  const self = `${siteUrl}/api/v1/events/${eventId}/campaigns/${campaign.campaignId}`;
  const firing = firingOf(event, campaign, hasRun);
  return CampaignView.parse({
    ...campaign,
    audience: writtenAudience(campaign.audience, event),
    eventId,
    firing,
    links: { self, runs: `${self}/runs`, plan: `${self}/plan` },
  });
}

/** The view of a campaign, after a look whether it has run for what it is armed for. */
export async function viewOf({ runs, siteUrl }: Pick<Deps, 'runs' | 'siteUrl'>, event: Event, campaign: Campaign) {
  const arming = armingOf(event, campaign);
  const id = { eventId: event.eventId, campaignId: campaign.campaignId };
  const run = arming.armed ? await runs.get({ ...id, occasion: arming.occasion }) : undefined;
  return campaignView(event, campaign, { siteUrl, hasRun: (occasion) => run?.occasion === occasion });
}

/** The tag a campaign's next edit must name. */
export const tagOf = ({ revision }: Pick<Campaign, 'revision'>) => ({ etag: etagOf(revision) });
