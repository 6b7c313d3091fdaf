import type { Campaign } from '#shared/domain/campaign.ts';
import { type Circumstances, decide } from '#shared/domain/decide.ts';
import type { Decision } from '#shared/domain/decision.ts';
import { requestOccasion } from '#shared/domain/mail-key.ts';
import { isNoticeKind, type MailKind, NOTICE_KINDS, type RegistrationStatus } from '#shared/domain/mail-kinds.ts';
import { type Registration, Status } from '#shared/domain/registration.ts';
import { type Epoch, epochOf, instantAt } from '#shared/domain/time.ts';
import { aCampaign, anEvent, aRegistration, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { TIMINGS } from '#test/support/sending.ts';

export const HOUR = 3600;
export const DAY = 24 * HOUR;
export const START = epochOf('2027-02-18T09:30:00Z');
export const END = epochOf('2027-02-18T13:00:00Z');

/** Its start was moved once, its end twice; and whoever has a place has registered twice. */
const EVENT = anEvent({ startRevision: 2, endRevision: 3, scheduleRevision: 4 });
const ADMISSIONS = 2;

const STATES = { change: 'published', postponed: 'postponed', cancelled: 'cancelled' } as const;

interface Owed {
  readonly campaign: string;
  /** None is that of a request, which says when it was made. */
  readonly occasion?: string;
  readonly to: RegistrationStatus;
  readonly since: Epoch;
}
/** Of each kind a mail that nothing speaks against. */
const OWED: Record<MailKind, Owed> = {
  confirmation: { campaign: '1', occasion: 'a2', to: 'confirmed', since: NOW_EPOCH },
  waitlist: { campaign: 'waitlist', occasion: 'a2', to: 'waitlisted', since: NOW_EPOCH },
  'own-cancellation': { campaign: 'own-cancellation', occasion: 'a2', to: 'cancelled', since: NOW_EPOCH },
  resend: { campaign: 'resend', to: 'confirmed', since: NOW_EPOCH },
  'already-registered': { campaign: 'already-registered', to: 'confirmed', since: NOW_EPOCH },
  'confirm-address': { campaign: 'confirm-address', to: 'applied', since: NOW_EPOCH },
  'new-address': { campaign: 'new-address', to: 'confirmed', since: NOW_EPOCH },
  'address-moved': { campaign: 'address-moved', to: 'confirmed', since: NOW_EPOCH },
  'move-objected': { campaign: 'move-objected', to: 'confirmed', since: NOW_EPOCH },
  joining: { campaign: '7', occasion: 's2', to: 'confirmed', since: START - DAY },
  reminder: { campaign: '7', occasion: 's2', to: 'confirmed', since: START - HOUR },
  survey: { campaign: '7', occasion: 'e3', to: 'confirmed', since: END + 2 * HOUR },
  nudge: { campaign: '7', occasion: 'e3', to: 'confirmed', since: END + 3 * DAY },
  announcement: { campaign: '7', occasion: 'm0', to: 'confirmed', since: START - 7 * DAY },
  change: { campaign: 'change', occasion: 'r4', to: 'confirmed', since: START - DAY },
  postponed: { campaign: 'postponed', occasion: 'r4', to: 'confirmed', since: START - DAY },
  cancelled: { campaign: 'cancelled', occasion: 'r4', to: 'confirmed', since: START - DAY },
  alert: { campaign: 'alert', to: 'confirmed', since: NOW_EPOCH },
  'prove-organiser': { campaign: 'prove-organiser', to: 'confirmed', since: NOW_EPOCH },
  'test-send': { campaign: 'test-send', to: 'confirmed', since: NOW_EPOCH },
};

export const FIRED = ['joining', 'reminder', 'survey', 'nudge', 'announcement'] as const;

/** Kinds that go to everybody at once, in a run, because a campaign fired or what people were told is true no more. */
export const IN_RUNS = [...FIRED, ...NOTICE_KINDS] as const;

/** Kinds that go to one person at a time, because of what they did. */
export const ONE_BY_ONE = [
  'confirmation',
  'waitlist',
  'own-cancellation',
  'resend',
  'already-registered',
  'confirm-address',
  'new-address',
  'address-moved',
  'move-objected',
  'alert',
  'test-send',
  'prove-organiser',
] as const;

const runKindOf = (kind: MailKind) => IN_RUNS.find((each) => each === kind);

/** Kinds behind which stands a campaign that can be paused, switched off and deleted. */
export const OF_CAMPAIGNS = ['confirmation', ...FIRED] as const;
const isOfCampaign = (kind: MailKind): boolean => OF_CAMPAIGNS.some((each) => each === kind);

/** What is not as it should be. */
export interface Given extends Partial<Omit<Circumstances, 'event' | 'campaign' | 'registration'>> {
  readonly event?: Partial<Circumstances['event']>;
  readonly campaign?: Partial<Campaign> | 'gone';
  readonly row?: Partial<Registration>;
  /** When the run fired, the request was made or the place given up. */
  readonly since?: Epoch;
  readonly occasion?: string;
}

/** What is decided about a mail that may go right now, but for what is given. */
export function decided(kind: MailKind, { event, campaign, row, occasion, since, ...given }: Given = {}): Decision {
  const owed = { ...OWED[kind], ...(since !== undefined && { since }) };
  const key = {
    campaign: owed.campaign,
    occasion: occasion ?? owed.occasion ?? requestOccasion(owed.since, 'chance'),
  };
  return decide(key, {
    control: undefined,
    confirmation: aCampaign(),
    gaps: TIMINGS,
    mayReach: () => true,
    now: owed.since,
    ...(runKindOf(kind) && { firedAt: owed.since }),
    ...given,
    event: { ...EVENT, ...(isNoticeKind(kind) && { state: STATES[kind] }), ...event },
    campaign: campaign === 'gone' ? undefined : campaignBehind(kind, campaign),
    registration: aRegistration({
      status: owed.to,
      admissions: ADMISSIONS,
      ...(kind === 'address-moved' && { left: { [key.occasion]: '||ada@example.org' }, email: 'the-next@example.org' }),
      ...(kind === 'new-address' && { newEmail: 'ada@example.org', email: 'an-earlier@example.org' }),
      ...(kind === 'confirm-address' && { confirmBy: owed.since + DAY }),
      ...(owed.to === 'cancelled' && { cancelledAt: instantAt(owed.since) }),
      ...row,
    }),
  });
}

/** An active campaign for everybody, unless given otherwise. */
function campaignBehind(kind: MailKind, given: Partial<Campaign> = {}): Campaign | undefined {
  const runKind = FIRED.find((each) => each === kind);
  if (!runKind) return isOfCampaign(kind) ? aCampaign(given) : undefined;
  const audience = { status: [...Status.options] };
  return aCampaign({ campaignId: '7', kind: runKind, trigger: { manual: true }, audience, ...given });
}

/** Each way to stop mail, and the kinds it stops. */
export const STOPS: readonly (readonly [what: string, stopped: Given, stops: (kind: MailKind) => boolean])[] = [
  ['all mail', { control: { paused: true, changedAt: NOW } }, () => true],
  ['the event', { event: { paused: true } }, () => true],
  ['the campaign', { campaign: { state: 'paused' } }, isOfCampaign],
];

export const WAITS = { do: 'wait', for: 'pause' };
export const skip = (reason: string) => ({ do: 'skip', reason });
