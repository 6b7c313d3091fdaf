import type { EventState } from './schedule.ts';
import type { Epoch } from './time.ts';

/** Kinds an organiser may make campaigns of. */
export const CAMPAIGN_KINDS = ['confirmation', 'joining', 'reminder', 'survey', 'nudge', 'announcement'] as const;
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number];

/** Kinds that go by themselves, under their own name. */
const GREETING_KINDS = [
  'waitlist',
  'own-cancellation',
  'resend',
  'already-registered',
  'confirm-address',
  'new-address',
  'address-moved',
  'move-objected',
] as const;

/** Kinds that tell people that what they were told of an event is true no more: each has runs, and no item of its own. */
export const NOTICE_KINDS = ['change', 'postponed', 'cancelled'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Kinds that go to the organiser. */
export const ORGANISER_KINDS = ['alert', 'test-send', 'prove-organiser'] as const;
export type OrganiserKind = (typeof ORGANISER_KINDS)[number];

export const AUTOMATIC_KINDS = [...GREETING_KINDS, ...NOTICE_KINDS, ...ORGANISER_KINDS] as const;

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
  /** It asks how the event was: only once that is over, while its survey takes answers. */
  readonly afterEnd: boolean;
  readonly registrationIs: readonly RegistrationStatus[] | 'any';
  readonly stoppedByMute: boolean;
  /** Many get it: who came by the form, not before the first mail about their place went to them. See `first-mail.ts`. */
  readonly followsFirst: boolean;
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
  followsFirst: false,
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
  followsFirst: true,
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
  followsFirst: true,
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
    followsFirst: false,
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
    followsFirst: false,
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
    followsFirst: false,
    occasion: 'admission',
    notAfter: anHourAfter,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: 'CANCEL',
  },
  resend: personal,
  'already-registered': personal,
  'confirm-address': { ...personal, registrationIs: ['applied'] },
  'new-address': { ...personal, tellsSchedule: false },
  // To the address that was left, for as long as somebody there may object. It has a calendar part of its own.
  'address-moved': { ...personal, notAfter: ({ owedSince }) => owedSince + 7 * DAY, tellsSchedule: false },
  'move-objected': { ...personal, tellsSchedule: false },
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
  'prove-organiser': { ...personal, tellsSchedule: false },
};

export const isNoticeKind = (name: string): name is NoticeKind => NOTICE_KINDS.some((kind) => kind === name);
export const isOrganiserKind = (name: string): name is OrganiserKind => ORGANISER_KINDS.some((kind) => kind === name);
