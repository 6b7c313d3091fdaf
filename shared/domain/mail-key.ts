import { AUTOMATIC_KINDS, type MailKind } from './mail-kinds.ts';
import type { Epoch } from './time.ts';

/** The campaign every event is made with. */
export const CONFIRMATION_CAMPAIGN = '1';

/** The campaign half of a mail's key: campaigns with an item go by number, automatic kinds by their name. */
export const campaignOf = (kind: MailKind): string => (kind === 'confirmation' ? CONFIRMATION_CAMPAIGN : kind);

/** The kind behind the campaign half of a key; undefined for a name this version does not know. */
export const automaticKindOf = (campaign: string): MailKind | undefined =>
  campaign === CONFIRMATION_CAMPAIGN ? 'confirmation' : AUTOMATIC_KINDS.find((kind) => kind === campaign);

/** `<campaign>@<occasion>`: what makes a mail happen once per registration. */
export interface MailKey {
  readonly campaign: string;
  readonly occasion: string;
}
export const writeMailKey = ({ campaign, occasion }: MailKey): string => `${campaign}@${occasion}`;
export function readMailKey(key: string): MailKey {
  const [campaign, occasion, ...rest] = key.split('@');
  if (!campaign || !occasion || rest.length > 0) throw new Error(`Not a mail key: ${key}`);
  return { campaign, occasion };
}

export const admissionOccasion = (admissions: number): string => `a${admissions}`;

/** A notice is sent for the schedule it tells. */
export const scheduleOccasion = ({ scheduleRevision }: { readonly scheduleRevision: number }): string =>
  `r${scheduleRevision}`;

/** A request's occasion carries its instant, so its mail knows how old the wish is: `q<epoch, base 36>-<chance>`. */
export const requestOccasion = (now: Epoch, chance: string): string => `q${now.toString(36)}-${chance}`;
/** A test's request says which campaign is tested, too. */
export const testOccasion = (now: Epoch, chance: string, campaignId: string): string =>
  `${requestOccasion(now, chance)}-c${campaignId}`;
export const testedCampaign = (occasion: string): string | undefined => /-c(\d+)$/.exec(occasion)?.[1];
/** The telling of a move: of the same moment and chance as what is asked of the new address, and another mail. */
export const moveOccasion = (now: Epoch, chance: string): string => `${requestOccasion(now, chance)}-m`;
/** An alert that somebody objected says at which registration, and has the chance of the telling that it answers. */
export const objectionOccasion = (now: Epoch, told: string, registrationId: string): string =>
  `${requestOccasion(now, told.split('-')[1] ?? '')}-o${registrationId}`;
/** Whether two alerts are about the same objection, whenever each was asked for. */
export const isSameObjection = (one: string, other: string): boolean =>
  one.slice(one.indexOf('-')) === other.slice(other.indexOf('-'));
export const objectedRegistration = (occasion: string): string | undefined => /-o([0-9a-z]{16})$/.exec(occasion)?.[1];
export const requestedAt = (occasion: string): Epoch => Number.parseInt(occasion.slice(1).split('-')[0] ?? '', 36);
