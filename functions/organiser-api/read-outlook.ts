import type { Event } from '#shared/domain/event.ts';
import { CONFIRMATION_CAMPAIGN } from '#shared/domain/mail-key.ts';
import { isNoticeKind } from '#shared/domain/mail-kinds.ts';
import { noticeOutlook, type Outlook, outlookOf } from '#shared/domain/outlook.ts';
import type { Surroundings } from '#shared/domain/predict.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { type CampaignRef, readCampaign } from './whole-campaign.ts';

type OutlookDeps = Pick<Deps, 'events' | 'campaigns' | 'runs' | 'control' | 'timings' | 'mayReach' | 'now'>;

/** How things are around the mails of an event, as far as one reading can tell. */
export async function readSurroundings(deps: OutlookDeps, event: Event): Promise<Surroundings> {
  const { timings: gaps, mayReach } = deps;
  const [control, confirmation] = await Promise.all([
    deps.control.get(),
    deps.campaigns.get(event.eventId, CONFIRMATION_CAMPAIGN),
  ]);
  return { event, control, confirmation, gaps, mayReach, now: Math.floor(deps.now() / 1000) };
}

/** The outlook of a campaign by its number, or of a notice by its kind, with all that a prediction takes. */
export async function readOutlook(
  deps: OutlookDeps,
  { eventId, campaignId }: CampaignRef,
): Promise<{ outlook: Outlook; around: Surroundings }> {
  if (isNoticeKind(campaignId)) {
    const event = found(await deps.events.get(eventId, { consistent: true }));
    const around = await readSurroundings(deps, event);
    return { outlook: noticeOutlook(event, campaignId, await deps.runs.list(eventId, campaignId)), around };
  }
  const { event, campaign } = await readCampaign(deps, { eventId, campaignId });
  const around = await readSurroundings(deps, event);
  const runs = await deps.runs.list(eventId, campaignId);
  return { outlook: outlookOf(event, campaign, { runs, now: around.now }), around };
}
