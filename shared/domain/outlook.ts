import { armingOf } from './arming.ts';
import { firesAt } from './audience.ts';
import type { Campaign } from './campaign.ts';
import type { Event } from './event.ts';
import { scheduleOccasion } from './mail-key.ts';
import { MAIL_RULES, type NoticeKind } from './mail-kinds.ts';
import type { Mailing } from './mailing.ts';
import { noticeKindOf } from './notice.ts';
import { occasionOf } from './occasion.ts';
import { type Run, runState } from './run.ts';
import type { Epoch } from './time.ts';

export const OUTLOOK_STATES = [
  'planned',
  'by-hand',
  'on-registration',
  'not-planned',
  'running',
  'waiting',
  'finished',
] as const;

/** What a campaign or a notice is sent for next, or was last: what a plan is made of. */
export interface Outlook {
  readonly mailing: Mailing;
  /** Undefined for a notice, which has no item. */
  readonly campaign: Campaign | undefined;
  /** Undefined where each person has an own one, or the request makes it. */
  readonly occasion: string | undefined;
  /** When it fires, fired, or would fire; undefined where it goes to each person in their own time. */
  readonly firesAt: Epoch | undefined;
  readonly state: (typeof OUTLOOK_STATES)[number];
  /** Why nothing is planned. */
  readonly because?: 'draft' | 'event-not-published' | 'time-passed' | 'nothing-to-tell';
}

/** The outlook of a campaign; `runs` are those it has. One that is sent by hand is looked at as if that happened now. */
export function outlookOf(
  event: Event,
  campaign: Campaign,
  { runs, now }: { runs: readonly Run[]; now: Epoch },
): Outlook {
  const base = { mailing: campaign, campaign };
  if (MAIL_RULES[campaign.kind].occasion === 'admission')
    return { ...base, occasion: undefined, firesAt: undefined, state: 'on-registration' };
  const arming = armingOf(event, campaign);
  const isNew = 'manual' in campaign.trigger && MAIL_RULES[campaign.kind].occasion === 'once';
  const occasion = isNew ? undefined : occasionOf(campaign.kind, event);
  const run = runs.find((each) => each.campaignId === campaign.campaignId && each.occasion === occasion);
  if (run) return { ...base, occasion, firesAt: run.firedAt, state: runState(run) };
  if (arming.armed) return { ...base, occasion, firesAt: arming.dueAt, state: 'planned' };
  const at = firesAt(campaign, event) ?? now;
  if (arming.because === 'no-clock') return { ...base, occasion, firesAt: at, state: 'by-hand' };
  return { ...base, occasion, firesAt: at, state: 'not-planned', because: arming.because };
}

/** The outlook of a campaign that is triggered now, for this occasion. */
export const outlookByHand = (campaign: Campaign, occasion: string, now: Epoch): Outlook => ({
  mailing: campaign,
  campaign,
  occasion,
  firesAt: now,
  state: 'by-hand',
});

/** The outlook of a notice: of the present schedule, else of the last that people were told in this way. */
export function noticeOutlook(event: Event, kind: NoticeKind, runs: readonly Run[]): Outlook {
  const base = { mailing: { campaignId: kind, kind }, campaign: undefined };
  const mine = runs.filter(({ campaignId }) => campaignId === kind).sort((a, b) => b.startedAt - a.startedAt);
  const present = event.notice && noticeKindOf(event) === kind ? scheduleOccasion(event) : undefined;
  const run = present === undefined ? mine[0] : mine.find(({ occasion }) => occasion === present);
  if (run) return { ...base, occasion: run.occasion, firesAt: run.firedAt, state: runState(run) };
  if (present !== undefined) return { ...base, occasion: present, firesAt: event.notice?.at, state: 'planned' };
  return { ...base, occasion: undefined, firesAt: undefined, state: 'not-planned', because: 'nothing-to-tell' };
}
