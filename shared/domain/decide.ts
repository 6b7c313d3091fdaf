import { addresseeOf } from './addressee.ts';
import { belongs } from './audience.ts';
import type { Campaign } from './campaign.ts';
import { isUnsorted } from './chosen-audience.ts';
import { type Control, isRefusing } from './control.ts';
import type { Decision } from './decision.ts';
import { afterEarlierMail } from './earlier-mail.ts';
import type { Event } from './event.ts';
import { beforeFirstMail } from './first-mail.ts';
import { invitationInDoubt } from './invited.ts';
import { confirmedAtOf, type Gaps } from './late.ts';
import { admissionOccasion, automaticKindOf, type MailKey, requestedAt, scheduleOccasion } from './mail-key.ts';
import { MAIL_RULES, type MailClock, type MailRule } from './mail-kinds.ts';
import type { Registration } from './registration.ts';
import { surveyPhaseOf } from './survey-phase.ts';
import { type Epoch, epochOf } from './time.ts';

/** What a decision is made from, as read at one moment. */
export interface Circumstances {
  readonly event: Event;
  /** Undefined for kinds that go without an item. */
  readonly campaign: Campaign | undefined;
  readonly control: Control | undefined;
  /** The event's confirmation: where that is on, what many get waits for a person's first mail. */
  readonly confirmation: Pick<Campaign, 'state'> | undefined;
  readonly registration: Registration;
  /** The fire time of the run the mail belongs to; undefined for mails of lane `now`, which have none. */
  readonly firedAt?: Epoch | undefined;
  readonly gaps: Gaps;
  /** Another mail brings it along, and that one may go: so there is nothing to wait for. */
  readonly comesAlong?: boolean;
  /** Whether this stage sends mail to the address at all. */
  readonly mayReach: (address: string) => boolean;
  readonly now: Epoch;
}

/** May this mail go, now? The one answer that planning, sending and explaining share. */
export function decide(key: MailKey, circumstances: Circumstances): Decision {
  const { event, campaign, control, registration, now } = circumstances;
  const kind = campaign?.kind ?? automaticKindOf(key.campaign);
  if (!kind) return { do: 'skip', reason: 'campaign-off' };
  const rule = MAIL_RULES[kind];

  const isPaused = control?.paused || event.paused || campaign?.state === 'paused';
  if (isPaused && !isOver(key, rule, circumstances)) return { do: 'wait', for: 'pause' };
  if (isRefusing(control, now) && !isOver(key, rule, circumstances)) return { do: 'wait', for: 'sender' };
  if (campaign?.state === 'draft') return { do: 'skip', reason: 'campaign-off' };
  if (rule.eventIs !== 'any' && !rule.eventIs.includes(event.state))
    return { do: 'skip', reason: `event-${event.state}` };
  if (rule.registrationIs !== 'any' && !rule.registrationIs.includes(registration.status)) {
    return { do: 'skip', reason: `registration-${registration.status}` };
  }
  if (rule.afterEnd && now < epochOf(event.endInstant)) return { do: 'skip', reason: 'event-not-over' };
  const survey = rule.afterEnd ? surveyPhaseOf(event, now * 1000) : undefined;
  if (survey === 'none') return { do: 'skip', reason: 'no-survey' };
  if (!isCurrent(key, rule, event, registration)) return { do: 'skip', reason: 'superseded' };
  const isOpen = isUnsorted(registration, campaign?.audience, event);
  if (isOpen && !isOver(key, rule, circumstances)) return { do: 'wait', for: 'answers' };
  if (campaign && !isOpen && !belongs(registration, campaign.audience, { event, now }))
    return { do: 'skip', reason: 'not-in-audience' };
  if (rule.stoppedByMute && registration.muted) return { do: 'skip', reason: 'muted' };
  const address = addresseeOf({ kind, occasion: key.occasion }, registration);
  if (address === undefined) return { do: 'skip', reason: 'superseded' };
  // Whoever left an address is told there whatever it did with its mail.
  if (registration.bounced && address === registration.email && kind !== 'address-moved')
    return { do: 'skip', reason: 'bounced' };
  if (!circumstances.mayReach(address)) return { do: 'skip', reason: 'not-on-allow-list' };
  if (registration.overBudget === key.occasion) return { do: 'skip', reason: 'over-budget' };
  const follows = rule.followsFirst && !circumstances.comesAlong;
  const first = follows ? beforeFirstMail(registration, circumstances.confirmation) : undefined;
  if (first?.do === 'skip') return first;
  const earlier = afterEarlierMail(key, kind, circumstances);
  if (earlier?.do === 'skip') return earlier;

  const notAfter = rule.notAfter(clockOf(key, rule, circumstances));
  if (now >= notAfter) return { do: 'skip', reason: 'expired' };
  if (survey === 'closed') return { do: 'skip', reason: 'survey-closed' };
  if (rule.lane === 'now' && (registration.greetDueAt ?? 0) > now) return { do: 'wait', for: 'budget' };
  if (earlier) return earlier;
  if (first) return first;
  if (rule.calendar === 'CANCEL' && invitationInDoubt(registration)) return { do: 'wait', for: 'calendar' };
  if (kind === 'address-moved' && invitationInDoubt(registration, requestedAt(key.occasion)))
    return { do: 'wait', for: 'calendar' };
  return { do: 'send', kind, notAfter };
}

/** Whether no resuming can bring a run's mail back: a pause means not yet, but a run comes to its end. */
const isOver = (key: MailKey, rule: MailRule, circumstances: Circumstances): boolean =>
  circumstances.firedAt !== undefined &&
  (!isCurrent(key, rule, circumstances.event, circumstances.registration) ||
    circumstances.now >= rule.notAfter(clockOf(key, rule, circumstances)));

/** Whether the mail's occasion is still the present one: a new admission, start or end makes a new mail. */
function isCurrent({ occasion }: MailKey, rule: MailRule, event: Event, { admissions }: Registration): boolean {
  switch (rule.occasion) {
    case 'admission':
      return occasion === admissionOccasion(admissions);
    case 'start':
      return occasion === `s${event.startRevision}`;
    case 'end':
      return occasion === `e${event.endRevision}`;
    case 'schedule':
      return occasion === scheduleOccasion(event);
    default:
      return true;
  }
}

function clockOf(key: MailKey, rule: MailRule, { event, registration, firedAt }: Circumstances): MailClock {
  const clock = { start: epochOf(event.startInstant), end: epochOf(event.endInstant) };
  if (firedAt !== undefined) return { ...clock, owedSince: firedAt };
  if (rule.occasion === 'request') return { ...clock, owedSince: requestedAt(key.occasion) };
  // Owed by itself: everybody else had it when this person got their place.
  if (rule.occasion === 'start') return { ...clock, owedSince: confirmedAtOf(registration), late: true };
  // Who was told of their place too late for the notice's run.
  if (rule.occasion === 'schedule' && event.notice) return { ...clock, owedSince: event.notice.at };
  if (rule.occasion !== 'admission') throw new Error('A campaign fires in a run, and its run says when');
  return { ...clock, owedSince: epochOf(registration.cancelledAt ?? registration.registeredAt) };
}
