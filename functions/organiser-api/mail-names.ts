import type { Campaign } from '#shared/domain/campaign.ts';
import { automaticKindOf, readMailKey } from '#shared/domain/mail-key.ts';
import type { MailKind } from '#shared/domain/mail-kinds.ts';

/** A mail as organisers know it: its kind, and its campaign where it is of one. */
export interface NamedMail {
  readonly mail: MailKind | 'campaign';
  readonly campaignId?: string;
  readonly occasion: string;
}

/** Names mails by the campaigns of their event; one that was deleted is known by its number only. */
export function mailNames(campaigns: readonly Pick<Campaign, 'campaignId' | 'kind' | 'name'>[]) {
  const byId = new Map(campaigns.map((campaign) => [campaign.campaignId, campaign]));
  const named = (mailKey: string): NamedMail => {
    const { campaign, occasion } = readMailKey(mailKey);
    const mail = byId.get(campaign)?.kind ?? automaticKindOf(campaign) ?? 'campaign';
    return { mail, ...(/^\d+$/.test(campaign) && { campaignId: campaign }), occasion };
  };
  /** "The reminder “One hour before”", "The confirmation". */
  const inWords = (mailKey: string): string => {
    const { mail, campaignId } = named(mailKey);
    const name = campaignId === undefined ? undefined : byId.get(campaignId)?.name;
    const kind = WORDS[mail];
    return name === undefined || mail === 'confirmation' ? `The ${kind}` : `The ${kind} “${name}”`;
  };
  return { named, inWords };
}
export type MailNames = ReturnType<typeof mailNames>;

const WORDS: Record<NamedMail['mail'], string> = {
  confirmation: 'confirmation',
  joining: 'joining mail',
  reminder: 'reminder',
  survey: 'survey',
  nudge: 'reminder of the survey',
  announcement: 'announcement',
  waitlist: 'mail about the waiting list',
  'own-cancellation': 'mail about their cancellation',
  resend: 'mail with their registration, sent again',
  'already-registered': 'mail that they are registered already',
  'confirm-address': 'mail that asks them to confirm their address',
  'new-address': 'mail that asks at their new address',
  'address-moved': 'mail that tells the earlier address of the move',
  'move-objected': 'mail that somebody objected to the move',
  change: 'notice of the change',
  postponed: 'notice that it is postponed',
  cancelled: 'notice that it is cancelled',
  alert: 'alert',
  'test-send': 'test',
  'prove-organiser': 'mail that asks whether the address is theirs',
  campaign: 'mail of a campaign that is gone',
};
