import { createHash } from 'node:crypto';
import { type Announced, announcedBy } from '#shared/domain/announced.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { type Epoch, epochOf, instantAt } from '#shared/domain/time.ts';
import { canonicalJson } from '#shared/http/canonical-json.ts';
import type { Deps } from './deps.ts';

/** Whether each key sends it anew: every other kind is sent once for what it is for, whoever triggers it. */
export const isSentAnew = ({ kind }: Pick<Campaign, 'kind'>): boolean => MAIL_RULES[kind].occasion === 'once';

/** Says the same of campaigns that tell the same people the same. */
export function wordsHashOf({ template, audience }: Pick<Campaign, 'template' | 'audience'>): string {
  const words = template && { subject: template.subject, body: template.body };
  return createHash('sha256').update(canonicalJson({ words, audience })).digest('base64url').slice(0, 22);
}

/**
 * The run that told the same people the same within a day, if there is one: of this campaign or another, by hand; or of this
 * campaign since its last edit, by the clock or by hand before this was noted.
 */
export async function saidBefore(
  { runs }: Pick<Deps, 'runs'>,
  { event: { eventId }, campaign, now }: { event: Event; campaign: Campaign; now: Epoch },
): Promise<Announced | undefined> {
  if (!isSentAnew(campaign)) return undefined;
  const noted = await runs.announced(eventId, wordsHashOf(campaign));
  if (noted && noted.until > now) return noted;
  const ofIt = await runs.list(eventId, campaign.campaignId);
  return ofIt
    .filter(({ startedAt }) => startedAt > epochOf(campaign.changedAt))
    .map(announcedBy)
    .filter(({ until }) => until > now)
    .toSorted((a, b) => a.at - b.at)[0];
}

/** Throws `announced-already`, and names the first run. */
export function refuseAgain(eventId: string, { campaignId, occasion, at }: Announced): never {
  const run = `/api/v1/events/${eventId}/campaigns/${campaignId}/runs/${occasion}`;
  const detail = `The same was sent to the same people at ${instantAt(at)} (${run}): send "again": true if you mean it`;
  throw new Refusal('announced-already', detail, 'again');
}
