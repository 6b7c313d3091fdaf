import type { EventState } from './schedule.ts';
import type { Epoch } from './time.ts';

export const MAIL_KINDS = ['confirmation', 'waitlist', 'own-cancellation', 'resend', 'already-registered'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export type RegistrationStatus = 'applied' | 'confirmed' | 'waitlisted' | 'cancelled';
type Lane = 'now' | 'timed' | 'bulk';

/** What the second half of a mail's key says: which admission it belongs to, or which request asked for it. */
type OccasionOf = 'admission' | 'request';

/** The instants a mail's *not after* is counted from. */
export interface MailClock {
  readonly start: Epoch;
  readonly end: Epoch;
  /** When the mail came to be owed. */
  readonly owedSince: Epoch;
}

export interface MailRule {
  readonly eventIs: readonly EventState[] | 'any';
  readonly registrationIs: readonly RegistrationStatus[] | 'any';
  readonly stoppedByMute: boolean;
  readonly occasion: OccasionOf;
  readonly notAfter: (clock: MailClock) => Epoch;
  readonly inDoubt: 'resend-once' | 'hold';
  readonly lane: Lane;
  /** The mail says when and where, so the revision it rendered is kept. */
  readonly tellsSchedule: boolean;
  /** iTIP method (RFC 5546) of the calendar part it carries. */
  readonly calendar: 'REQUEST' | 'CANCEL' | undefined;
}

const HOUR = 3600;
const anHourAfter = ({ owedSince }: MailClock) => owedSince + HOUR;

const personal: MailRule = {
  eventIs: 'any',
  registrationIs: 'any',
  stoppedByMute: false,
  occasion: 'request',
  notAfter: anHourAfter,
  inDoubt: 'resend-once',
  lane: 'now',
  tellsSchedule: true,
  calendar: undefined,
};

/** Everything that decides whether a mail may go: the one table of it. */
export const MAIL_RULES: Record<MailKind, MailRule> = {
  confirmation: {
    eventIs: ['published'],
    registrationIs: ['confirmed'],
    stoppedByMute: false,
    occasion: 'admission',
    notAfter: ({ end }) => end,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: 'REQUEST',
  },
  waitlist: {
    eventIs: ['published'],
    registrationIs: ['waitlisted'],
    stoppedByMute: false,
    occasion: 'admission',
    notAfter: ({ start }) => start,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: undefined,
  },
  'own-cancellation': {
    eventIs: 'any',
    registrationIs: ['cancelled'],
    stoppedByMute: false,
    occasion: 'admission',
    notAfter: anHourAfter,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: 'CANCEL',
  },
  resend: personal,
  'already-registered': personal,
};

/** The campaign every event is made with. */
export const CONFIRMATION_CAMPAIGN = '1';

/** The campaign half of a mail's key: campaigns with an item go by number, automatic kinds by their name. */
export const campaignOf = (kind: MailKind): string => (kind === 'confirmation' ? CONFIRMATION_CAMPAIGN : kind);

/** The kind behind the campaign half of a key; undefined for a name this version does not know. */
export const automaticKindOf = (campaign: string): MailKind | undefined =>
  campaign === CONFIRMATION_CAMPAIGN ? 'confirmation' : MAIL_KINDS.find((kind) => kind === campaign);

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

/** A request's occasion carries its instant, so its mail knows how old the wish is: `q<epoch, base 36>-<chance>`. */
export const requestOccasion = (now: Epoch, chance: string): string => `q${now.toString(36)}-${chance}`;
export const requestedAt = (occasion: string): Epoch => Number.parseInt(occasion.slice(1).split('-')[0] ?? '', 36);
