import type { KeptAudience } from './audience.ts';
import type { Campaign } from './campaign.ts';
import { isNoticeKind, type RunKind } from './mail-kinds.ts';

/** What a run sends, and to whom: a campaign, or a notice, which goes by its kind and has no item. */
export interface Mailing {
  readonly campaignId: string;
  readonly kind: RunKind;
  /** Beyond what the kind asks. */
  readonly audience?: KeptAudience | undefined;
}

/** What a run is of; undefined where its campaign is gone. */
export function mailingOf(
  { campaignId, kind }: Pick<Mailing, 'campaignId' | 'kind'>,
  campaign: Campaign | undefined,
): Mailing | undefined {
  return isNoticeKind(kind) ? { campaignId, kind } : campaign;
}
