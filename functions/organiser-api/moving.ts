import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { type Gaps, isCovered } from '#shared/domain/late.ts';
import type { Outlook } from '#shared/domain/outlook.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import type { MovedCampaign } from './forecast-view.ts';

/** What becomes of a campaign when its event moves, before anybody counted its people. */
export interface Moving {
  readonly outlook: Outlook;
  readonly view: Omit<MovedCampaign, 'people'>;
}

/** It fires for the new times, unless the notice stands for it, or they do not touch it. */
export function movingOf(
  campaign: Campaign,
  { was, is, after, gaps }: { was: Outlook; is: Outlook; after: Event; gaps: Gaps },
): Moving {
  const { campaignId, name, kind } = campaign;
  const [from, to] = [plannedAt(was), plannedAt(is)];
  const stays = was.occasion === is.occasion && from === to;
  const covered =
    to !== undefined && isTiedToStart(campaign) && isCovered(campaign, { event: after, firedAt: to, gaps });
  const because = stays ? 'unchanged' : covered ? 'covered-by-notice' : whyNot(is);
  return {
    outlook: is,
    view: {
      campaignId,
      name,
      kind,
      runsAgain: to !== undefined && !stays && !covered,
      ...(from !== undefined && { was: instantAt(from) }),
      ...(to !== undefined && { at: instantAt(to) }),
      ...(because !== undefined && { because }),
    },
  };
}

const plannedAt = ({ state, firesAt }: Outlook): Epoch | undefined => (state === 'planned' ? firesAt : undefined);

const isTiedToStart = ({ kind }: Campaign): boolean => kind === 'joining' || kind === 'reminder';

function whyNot({ state, because }: Outlook): MovedCampaign['because'] {
  if (state === 'by-hand') return 'by-hand';
  return because === 'nothing-to-tell' ? undefined : because;
}
