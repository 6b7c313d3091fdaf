import type { EventState } from './schedule.ts';
import type { Epoch } from './time.ts';

/** Kinds an organiser may make campaigns of. */
export const CAMPAIGN_KINDS = ['confirmation', 'joining', 'reminder', 'survey', 'nudge', 'announcement'] as const;
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number];

/** Kinds that go by themselves, under their own name. */
const GREETING_KINDS = ['waitlist', 'own-cancellation', 'resend', 'already-registered'] as const;

/** Kinds that tell people that what they were told of an event is true no more: each has runs, and no item of its own. */
export const NOTICE_KINDS = ['change', 'postponed', 'cancelled'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Kinds that go to the organiser. */
export const ORGANISER_KINDS = ['alert', 'test-send'] as const;
export type OrganiserKind = (typeof ORGANISER_KINDS)[number];

const AUTOMATIC_KINDS = [...GREETING_KINDS, ...NOTICE_KINDS, ...ORGANISER_KINDS] as const;

/** Kinds that have runs: campaigns and notices. */
export const RUN_KINDS = [...CAMPAIGN_KINDS, ...NOTICE_KINDS] as const;
export type RunKind = (typeof RUN_KINDS)[number];

export const MAIL_KINDS = [...CAMPAIGN_KINDS, ...AUTOMATIC_KINDS] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export type RegistrationStatus = 'applied' | 'confirmed' | 'waitlisted' | 'cancelled';
export type Lane = 'now' | 'timed' | 'bulk';

/** What the second half of a mail's key says: the admission, start, end or schedule it belongs to, or the request for it. */
type OccasionOf = 'admission' | 'start' | 'end' | 'schedule' | 'once' | 'request';

/** The instants a mail's *not after* is counted from. */
export interface MailClock {
  readonly start: Epoch;
  readonly end: Epoch;
  /** When the mail came to be owed: its run's fire time, the admission, or the request. */
  readonly owedSince: Epoch;
  /** To somebody who came after everybody else had it. */
  readonly late?: boolean;
}

export interface MailRule {
  readonly eventIs: readonly EventState[] | 'any';
  /** Only once the event is over. */
  readonly afterEnd: boolean;
  readonly registrationIs: readonly RegistrationStatus[] | 'any';
  readonly stoppedByMute: boolean;
  readonly occasion: OccasionOf;
  readonly notAfter: (clock: MailClock) => Epoch;
  readonly inDoubt: 'resend-once' | 'hold';
  readonly lane: Lane;
  /** The mail says when and where, so the revision it rendered is kept. */
  readonly tellsSchedule: boolean;
  /** iTIP method (RFC 5546) of the calendar part it carries to those who have one coming: see `calendarOf`. */
  readonly calendar: 'REQUEST' | 'CANCEL' | undefined;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const anHourAfter = ({ owedSince }: MailClock) => owedSince + HOUR;

const personal: MailRule = {
  eventIs: 'any',
  afterEnd: false,
  registrationIs: 'any',
  stoppedByMute: false,
  occasion: 'request',
  notAfter: anHourAfter,
  inDoubt: 'resend-once',
  lane: 'now',
  tellsSchedule: true,
  calendar: undefined,
};

/** What most campaigns have in common: people with a place at an event that goes ahead. */
const forConfirmed = {
  eventIs: ['published'],
  afterEnd: false,
  registrationIs: ['confirmed'],
  calendar: undefined,
} as const;

const afterwards: MailRule = {
  ...forConfirmed,
  afterEnd: true,
  stoppedByMute: true,
  occasion: 'end',
  notAfter: ({ owedSince }) => owedSince + 7 * DAY,
  inDoubt: 'hold',
  lane: 'bulk',
  tellsSchedule: false,
};

/** What people were told is true no more. */
const notice: Omit<MailRule, 'eventIs'> = {
  afterEnd: false,
  registrationIs: ['confirmed', 'waitlisted'],
  stoppedByMute: false,
  occasion: 'schedule',
  notAfter: ({ owedSince }) => owedSince + 48 * HOUR,
  inDoubt: 'resend-once',
  lane: 'timed',
  tellsSchedule: true,
  calendar: undefined,
};

/** Everything that decides whether a mail may go: the one table of it. */
export const MAIL_RULES: Record<MailKind, MailRule> = {
  confirmation: {
    ...forConfirmed,
    stoppedByMute: false,
    occasion: 'admission',
    notAfter: ({ end }) => end,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: 'REQUEST',
  },
  waitlist: {
    ...forConfirmed,
    registrationIs: ['waitlisted'],
    stoppedByMute: false,
    occasion: 'admission',
    notAfter: ({ start }) => start,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
  },
  joining: {
    ...forConfirmed,
    stoppedByMute: false,
    occasion: 'start',
    notAfter: ({ start, end, late }) => (late ? end : start),
    inDoubt: 'resend-once',
    lane: 'timed',
    tellsSchedule: true,
  },
  reminder: {
    ...forConfirmed,
    stoppedByMute: true,
    occasion: 'start',
    notAfter: ({ start, owedSince }) => Math.min(start, owedSince + 6 * HOUR),
    inDoubt: 'resend-once',
    lane: 'timed',
    tellsSchedule: true,
  },
  survey: afterwards,
  nudge: afterwards,
  announcement: {
    ...forConfirmed,
    registrationIs: ['confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: true,
    occasion: 'once',
    notAfter: ({ owedSince }) => owedSince + DAY,
    inDoubt: 'hold',
    lane: 'bulk',
    tellsSchedule: false,
  },
  'own-cancellation': {
    eventIs: 'any',
    afterEnd: false,
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
  change: {
    ...notice,
    eventIs: ['published'],
    notAfter: ({ end }) => end,
    calendar: 'REQUEST',
  },
  postponed: { ...notice, eventIs: ['postponed'], calendar: 'CANCEL' },
  cancelled: { ...notice, eventIs: ['cancelled'], calendar: 'CANCEL' },
  alert: { ...personal, tellsSchedule: false },
  'test-send': { ...personal, tellsSchedule: false },
};

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

export const isNoticeKind = (name: string): name is NoticeKind => NOTICE_KINDS.some((kind) => kind === name);
export const isOrganiserKind = (name: string): name is OrganiserKind => ORGANISER_KINDS.some((kind) => kind === name);

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
export const requestedAt = (occasion: string): Epoch => Number.parseInt(occasion.slice(1).split('-')[0] ?? '', 36);
