import { NewCampaign } from '#shared/domain/campaign.ts';
import { newCampaign } from '#shared/domain/edit-campaign.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { instantAt } from '#shared/domain/time.ts';
import { created } from '#shared/http/reply.ts';
import { type RouteInput, route } from '#shared/http/route.ts';
import { createCampaignDocs } from './campaign-docs.ts';
import { NewCampaignInput } from './campaign-input.ts';
import { tagOf, viewOf } from './campaign-view.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { EventPath } from './paths.ts';
import { patiently, saved } from './patiently.ts';
import { withWords } from './with-words.ts';

export const createCampaign = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/campaigns',
    { path: EventPath, body: NewCampaignInput, scope: 'campaigns:write', docs: createCampaignDocs },
    async ({ path: { eventId }, body, settling }) => {
      const event = found(await deps.events.get(eventId, { consistent: true }));
      const input = withWords(NewCampaign.parse(body));
      const campaign = await add(deps, { event, input, settling });
      return created(addressOf(eventId, campaign.campaignId), await viewOf(deps, event, campaign), tagOf(campaign));
    },
  );

const addressOf = (eventId: string, campaignId: string): string => `/api/v1/events/${eventId}/campaigns/${campaignId}`;

interface Addition {
  readonly event: Event;
  readonly input: NewCampaign;
  readonly settling: RouteInput['settling'];
}

/** Numbers up to this one are for the campaigns every event is made with. */
const RESERVED = 5;
/** An event's campaigns are read together, time and again. */
const MOST = 50;

/** Saves it under the next number. Of two at once, the slower takes the number after. */
async function add(deps: Pick<Deps, 'campaigns' | 'now' | 'sleep' | 'chance'>, { event, input, settling }: Addition) {
  const { eventId } = event;
  return patiently(deps, async () => {
    const { campaigns, now } = deps;
    const others = await campaigns.list(eventId);
    if (others.length >= MOST) throw new Refusal('too-many-campaigns', `An event has ${MOST} campaigns at most`);
    const campaignId = String(Math.max(RESERVED, ...others.map((other) => Number(other.campaignId))) + 1);
    const epoch = Math.floor(now() / 1000);
    const campaign = newCampaign(input, { event, campaignId, now: instantAt(epoch) });
    const also = settling({ status: 201, location: addressOf(eventId, campaignId) });
    return (await saved(campaigns.add(eventId, campaign, epoch, also))) ? campaign : undefined;
  });
}
