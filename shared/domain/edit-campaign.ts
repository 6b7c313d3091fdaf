import { type Audience, audienceFault } from './audience.ts';
import { type Campaign, type CampaignPatch, misfit, type NewCampaign, pointless } from './campaign.ts';
import { keptAudience, writtenAudience } from './chosen-audience.ts';
import { Refusal } from './errors.ts';
import type { Event } from './event.ts';
import { triggerFault } from './trigger.ts';

/*
 * What may arm a campaign is a change of what it does: made, switched on, edited. Each sets `changedAt`, and each disarms:
 * planning arms it anew if its time lies after the change. Pausing and resuming are no such change, for what was owed
 * before a pause is owed after it.
 */

/** A new campaign under its number. Throws `invalid-trigger` when it could never send anything at this event. */
export function newCampaign(
  input: NewCampaign,
  { event, campaignId, now }: { event: Event; campaignId: string; now: string },
): Campaign {
  ensureSensible(input, event);
  return { ...input, audience: keptAudience(input.audience, event), campaignId, revision: 1, changedAt: now };
}

/**
 * The campaign after a patch; undefined when it changes nothing. Trigger, audience and template are replaced as a whole.
 * Throws `invalid-trigger` for one that does not fit the kind or the event.
 */
export function editCampaign(
  campaign: Campaign,
  patch: CampaignPatch,
  { event, now }: { event: Event; now: string },
): Campaign | undefined {
  const { state = campaign.state, ...said } = patch;
  if (Object.values(said).every((value) => value === undefined)) {
    if (state === campaign.state) return undefined;
    if (state !== 'draft' && campaign.state !== 'draft') return state === 'paused' ? pause(campaign) : resume(campaign);
  }
  const { template: before, pausedBecause, dueAt: _, dueOccasion: __, ...kept } = campaign;
  const template = said.template === undefined ? before : (said.template ?? undefined);
  const stays = state === 'paused' && campaign.state === 'paused';
  const edited: Campaign = {
    ...kept,
    name: said.name ?? kept.name,
    trigger: said.trigger ?? kept.trigger,
    audience: said.audience ? keptAudience(said.audience, event) : kept.audience,
    ...(template && { template }),
    ...(stays && pausedBecause !== undefined && { pausedBecause }),
    state,
    revision: campaign.revision + 1,
    changedAt: now,
  };
  const audience = said.audience ?? writtenAudience(kept.audience, event);
  if (said.trigger || said.audience || (state !== 'draft' && campaign.state === 'draft'))
    ensureSensible({ ...edited, audience }, event);
  return edited;
}

/** Stops it; undefined when it is stopped already. What it owes waits. */
export function pause(campaign: Campaign): Campaign | undefined {
  if (campaign.state === 'draft') throw new Refusal('invalid-transition', 'A draft sends nothing that could be paused');
  if (campaign.state === 'paused') return undefined;
  return { ...campaign, state: 'paused', revision: campaign.revision + 1 };
}

/** Lets it send again, what is still owed first; undefined when nothing stops it. */
export function resume(campaign: Campaign): Campaign | undefined {
  if (campaign.state === 'draft') throw new Refusal('invalid-transition', 'A draft is activated, not resumed');
  if (campaign.state === 'active') return undefined;
  const { pausedBecause: _, ...kept } = campaign;
  return { ...kept, state: 'active', revision: campaign.revision + 1 };
}

function ensureSensible(
  campaign: Pick<Campaign, 'kind' | 'trigger'> & { readonly audience: Audience },
  event: Event,
): void {
  const { kind, trigger } = campaign;
  const audience = audienceFault(campaign, event);
  if (audience) throw new Refusal('invalid-audience', audience.message, audience.field);
  const fault = triggerFault(trigger) ?? misfit(kind, trigger) ?? pointless(campaign, event);
  if (fault !== undefined) throw new Refusal('invalid-trigger', fault, 'trigger');
}
