import type { Campaign } from './campaign.ts';
import type { Decision } from './decision.ts';
import { type Delivery, isSettled, readDelivery, wasSent } from './delivery.ts';
import type { Event } from './event.ts';
import { confirmedAtOf, type Gaps, gapOf, isCovered } from './late.ts';
import { type MailKey, readMailKey, scheduleOccasion, writeMailKey } from './mail-key.ts';
import { isNoticeKind, type MailKind } from './mail-kinds.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';
import { knowsSchedule } from './told.ts';

interface Context {
  readonly event: Event;
  readonly campaign: Campaign | undefined;
  readonly registration: Registration;
  readonly firedAt?: Epoch | undefined;
  readonly gaps: Gaps;
  readonly now: Epoch;
}

/** What earlier mails make of this one: whoever knows is not told again, and whoever is about to be told waits for that. */
export function afterEarlierMail(
  key: MailKey,
  kind: MailKind,
  { event, campaign, registration, firedAt, gaps, now }: Context,
): Decision | undefined {
  if (isNoticeKind(kind)) {
    // Its run begins no earlier; one that is owed to a single person waits for the same moment.
    if (event.notice && now < event.notice.at) return { do: 'wait', for: 'notice' };
    const knows = knowsSchedule(event, registration, writeMailKey(key));
    if (knows === 'yes') return { do: 'skip', reason: 'told-already' };
    return knows === 'unsettled' ? { do: 'wait', for: 'told' } : undefined;
  }
  if (kind === 'joining' && wasToldToJoin(event, registration, key)) return { do: 'skip', reason: 'told-already' };
  if ((kind !== 'reminder' && kind !== 'joining') || !campaign || firedAt === undefined) return undefined;
  const around = { event, firedAt, gaps };
  if (kind === 'reminder' && firedAt - confirmedAtOf(registration) < gapOf(campaign, around))
    return { do: 'skip', reason: 'registered-late' };
  if (!isCovered(campaign, around)) return undefined;
  const entry = registration.deliveries[noticeKeyOf(event)];
  const notice = entry === undefined ? undefined : readDelivery(entry);
  const isComing = notice ? !isSettled(notice) : knowsSchedule(event, registration, writeMailKey(key)) === 'no';
  if (isComing) return { do: 'wait', for: 'notice' };
  return kind === 'reminder' && notice && wasSent(notice) ? { do: 'skip', reason: 'covered-by-notice' } : undefined;
}

/** The key of the notice that tells an event's present schedule to those who have a place. */
const noticeKeyOf = (event: Event): string => writeMailKey({ campaign: 'change', occasion: scheduleOccasion(event) });

/** Whether a person was told how to join at this very start: an edit that was undone makes a new occasion, but no news. */
function wasToldToJoin(event: Event, { deliveries }: Registration, { campaign, occasion }: MailKey): boolean {
  return Object.entries(deliveries).some(([key, entry]) => {
    const other = readMailKey(key);
    if (other.campaign !== campaign || other.occasion === occasion) return false;
    const mail = readDelivery(entry);
    return isToldBy(mail, deliveries) && mail.told !== undefined && isStartSince(event, mail.told);
  });
}

/** Whether the mail went, or what brought it along did. A second attempt may have left it at home. */
function isToldBy(mail: Delivery, deliveries: Registration['deliveries']): boolean {
  if (mail.state !== 'merged') return wasSent(mail);
  const entry = deliveries[mail.reason ?? ''];
  const carrier = entry === undefined ? undefined : readDelivery(entry);
  return carrier !== undefined && wasSent(carrier) && carrier.attempt === 1;
}

/** Whether an event starts as it did in that schedule, and went ahead in every one since. */
const isStartSince = ({ schedules, startsAt, timeZone }: Event, revision: number): boolean =>
  schedules[revision]?.startsAt === startsAt &&
  schedules[revision]?.timeZone === timeZone &&
  Object.entries(schedules).every(([each, { state }]) => Number(each) < revision || state === 'published');
