import type { Campaign } from '#shared/domain/campaign.ts';
import { CONFIRMATION_CAMPAIGN, readMailKey, writeMailKey } from '#shared/domain/mail-key.ts';
import { MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { noticeKindOf } from '#shared/domain/notice.ts';
import { noticeOutlook, type Outlook, outlookOf } from '#shared/domain/outlook.ts';
import { type Outcome, type Prediction, predict, predictOwed, type Surroundings } from '#shared/domain/predict.ts';
import { isMailDue, type Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import { type Run, runState } from '#shared/domain/run.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import { momentOf } from '#shared/domain/when.ts';
import type { MailNames } from './mail-names.ts';
import { because } from './reason-words.ts';
import { lowerFirst } from './timeline-past.ts';
import type { TimelineEntry } from './timeline-view.ts';

interface Ahead {
  readonly campaigns: readonly Campaign[];
  readonly runs: readonly Run[];
  readonly names: MailNames;
  readonly around: Surroundings;
}

/** What is to come for a person, and which mails of the event are not for them: as the sender would decide it now. */
export function aheadOf(row: Registration, { campaigns, runs, names, around }: Ahead): TimelineEntry[] {
  const { event, now } = around;
  const entry = (mailKey: string, prediction: Prediction, at?: Epoch) =>
    entryOf({ mailKey, prediction, names, zone: event.timeZone, at: prediction.at ?? at });
  const owed = [...(row.greetDue ?? [])].filter((key) => isMailDue(key) && row.deliveries[key] === undefined);
  const mails = owed.map((mailKey) => {
    const campaign = campaigns.find(({ campaignId }) => campaignId === readMailKey(mailKey).campaign);
    return entry(mailKey, predictOwed(row, mailKey, { ...around, campaign }));
  });
  const planned = outlooks({ campaigns, runs, around }).flatMap((outlook) => {
    const { mailing, occasion, firesAt } = outlook;
    if (occasion === undefined) return [];
    const mailKey = writeMailKey({ campaign: mailing.campaignId, occasion });
    const isKnown = row.deliveries[mailKey] !== undefined || owed.includes(mailKey);
    return isKnown ? [] : [entry(mailKey, predict(row, outlook, around), firesAt)];
  });
  const seat = row.greetDue?.has(SEAT_DUE)
    ? [{ at: instantAt(Math.max(now, row.greetDueAt ?? 0)), what: 'seat-due' as const, note: SEAT }]
    : [];
  return [...seat, ...mails, ...planned];
}

const SEAT = 'It is to be decided whether there is a seat for them, or for the next in line.';

/** Whatever the event sends to many at once: what its clock will fire, what was sent by hand, and the present notice. */
function outlooks({
  campaigns,
  runs,
  around: { event, now },
}: Pick<Ahead, 'campaigns' | 'runs' | 'around'>): Outlook[] {
  const many = campaigns.filter(({ campaignId }) => campaignId !== CONFIRMATION_CAMPAIGN);
  const present = many.map((campaign) => outlookOf(event, campaign, { runs, now }));
  const byHand = many.flatMap((campaign) => runsOf(campaign, runs));
  const kind = noticeKindOf(event);
  const notice = kind && event.notice ? [noticeOutlook(event, kind, runs)] : [];
  return [...present.filter(({ state }) => state !== 'by-hand'), ...byHand, ...notice];
}

/** An announcement is sent as often as somebody wishes: each of its runs is one mail. That of the clock is known already. */
const runsOf = (campaign: Campaign, runs: readonly Run[]): Outlook[] =>
  runs
    .filter(({ campaignId, occasion }) => campaignId === campaign.campaignId && occasion !== 'm0')
    .filter(({ kind }) => MAIL_RULES[kind].occasion === 'once')
    .map((run) => ({
      mailing: campaign,
      campaign,
      occasion: run.occasion,
      firesAt: run.firedAt,
      state: runState(run),
    }));

const WHAT: Partial<Record<Outcome, TimelineEntry['what']>> = {
  'will-be-sent': 'will-be-sent',
  waiting: 'waiting',
  skipped: 'will-be-skipped',
};

function entryOf({
  mailKey,
  prediction,
  names,
  zone,
  at,
}: {
  mailKey: string;
  prediction: Prediction;
  names: MailNames;
  zone: string;
  at: Epoch | undefined;
}): TimelineEntry {
  const { outcome, reason } = prediction;
  const when = at === undefined ? '' : ` on ${momentOf(instantAt(at), zone)}`;
  return {
    ...(at !== undefined && { at: instantAt(at) }),
    what: WHAT[outcome] ?? 'not-addressed',
    ...names.named(mailKey),
    ...(reason !== undefined && { reason }),
    note: `${names.inWords(mailKey)} ${becomes(prediction, when, names)}.`,
  };
}

function becomes({ outcome, reason }: Prediction, when: string, names: MailNames): string {
  switch (outcome) {
    case 'will-be-sent':
      return reason === undefined ? `will be sent${when}` : `will come along with ${lowerFirst(names.inWords(reason))}`;
    case 'waiting':
      return `waits${because(reason)}`;
    case 'skipped':
      return `will not be sent${because(reason)}`;
    default:
      return `is not for them${because(reason)}`;
  }
}
