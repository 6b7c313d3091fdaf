import { standingIn } from './address-run.ts';
import { loadOf } from './bring-joining.ts';
import { type Circumstances, decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { type Delivery, readDelivery, wasSent } from './delivery.ts';
import { admissionOccasion, campaignOf, type MailKey, readMailKey, writeMailKey } from './mail-key.ts';
import type { Outlook } from './outlook.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

export const OUTCOMES = [
  'will-be-sent',
  'sent',
  'merged',
  'waiting',
  'skipped',
  'failed',
  'held',
  'in-doubt',
  'not-addressed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of one mail to one person, or will. */
export interface Prediction {
  readonly outcome: Outcome;
  /** When it is sent, or since when it is as it is. */
  readonly at?: Epoch;
  /** Why it is not sent, what it waits for, or the mail that brings it along. */
  readonly reason?: string;
}

/** How things are; the person and the campaign come with each question. */
export type Surroundings = Pick<Circumstances, 'event' | 'control' | 'confirmation' | 'gaps' | 'mayReach' | 'now'>;

/** The mail to this person that an outlook is of. No mail has the key of a request that nobody made yet. */
function keyFor(row: Registration, { mailing, occasion }: Outlook): MailKey {
  const { campaignId: campaign, kind } = mailing;
  if (occasion !== undefined) return { campaign, occasion };
  return { campaign, occasion: kind === 'confirmation' ? admissionOccasion(row.admissions) : 'none' };
}

/**
 * What becomes of a mail to a person: what the ledger says, else what the sender would decide when it fires. The sender's
 * own decision, asked in advance: whatever changes until then may change the answer.
 */
export function predict(row: Registration, outlook: Outlook, surroundings: Surroundings): Prediction {
  const key = keyFor(row, outlook);
  const mailKey = writeMailKey(key);
  const entry = row.deliveries[mailKey];
  if (entry !== undefined) return known(readDelivery(entry));
  const { event, now } = surroundings;
  const { campaign, mailing, firesAt, state, because } = outlook;
  if (because === 'nothing-to-tell') return { outcome: 'not-addressed', reason: because };
  const circumstances = { ...surroundings, campaign, registration: row };
  if (row.greetDue?.has(mailKey)) return predictOwed(row, mailKey, { ...surroundings, campaign });
  if (firesAt === undefined) return notAddressed(decide(key, circumstances));
  const along = broughtAlong(row, mailKey, outlook, surroundings);
  if (along) return along;
  const at = Math.max(now, firesAt);
  const decision = decideAhead(key, { ...circumstances, firedAt: firesAt, now: at }, now);
  const standing = standingIn(row, { event, mailing, occasion: key.occasion, now: at });
  if (standing === 'not-addressed') return notAddressed(decision);
  if (state === 'finished') return notAddressed(decision, 'came-later');
  if (because === 'time-passed') return { outcome: 'skipped', reason: because };
  return decided(decision, at);
}

/** The decision at a moment to come: a first mail that is owed now will have gone by then, if it is due before. */
function decideAhead(key: MailKey, ahead: Circumstances, now: Epoch): Decision {
  const decision = decide(key, ahead);
  const waits = decision.do === 'wait' && decision.for === 'first-mail';
  const isDueBefore = now < ahead.now && (ahead.registration.greetDueAt ?? 0) < ahead.now;
  return waits && isDueBefore ? decide(key, { ...ahead, comesAlong: true }) : decision;
}

/** What becomes of a mail that a person is owed by itself, without a run; the campaign where it has one. */
export function predictOwed(
  registration: Registration,
  mailKey: string,
  { campaign, ...surroundings }: Surroundings & Pick<Circumstances, 'campaign'>,
): Prediction {
  const at = Math.max(surroundings.now, registration.greetDueAt ?? 0);
  return decided(decide(readMailKey(mailKey), { ...surroundings, campaign, registration, now: at }), at);
}

/** A joining mail that counts as sent to everybody comes along with the confirmation of whoever is owed one. */
function broughtAlong(
  row: Registration,
  mailKey: string,
  { campaign, state }: Outlook,
  surroundings: Surroundings,
): Prediction | undefined {
  const carrier = writeMailKey({
    campaign: campaignOf('confirmation'),
    occasion: admissionOccasion(row.admissions),
  });
  if (campaign?.kind !== 'joining' || !row.greetDue?.has(carrier) || row.deliveries[carrier]) return undefined;
  const hasRun = ['running', 'waiting', 'finished'].includes(state);
  const mail = { mailKey: carrier, kind: 'confirmation', isTakeOver: false } as const;
  const load = loadOf(mail, [{ campaign, hasRun }], { ...surroundings, campaign: undefined, registration: row });
  const at = Math.max(surroundings.now, row.greetDueAt ?? 0);
  if (load.brought.includes(mailKey)) return { outcome: 'will-be-sent', at, reason: carrier };
  return load.owed.includes(mailKey) ? { outcome: 'waiting', at, reason: 'pause' } : undefined;
}

function known(delivery: Delivery): Prediction {
  const { state, epoch: at, reason } = delivery;
  const because = reason === undefined ? {} : { reason };
  if (state === 'claimed') return { outcome: 'in-doubt', at };
  if (wasSent(delivery)) return { outcome: 'sent', at, ...(state !== 'sent' && { reason: state }) };
  return { outcome: state as 'merged' | 'skipped' | 'failed' | 'held', at, ...because };
}

function decided(decision: Decision, at: Epoch): Prediction {
  switch (decision.do) {
    case 'send':
      return { outcome: 'will-be-sent', at };
    case 'wait':
      return { outcome: 'waiting', at, reason: decision.for };
    case 'skip':
      return { outcome: 'skipped', at, reason: decision.reason };
  }
}

function notAddressed(decision: Decision, otherwise?: string): Prediction {
  const reason = decision.do === 'skip' ? decision.reason : otherwise;
  return { outcome: 'not-addressed', ...(reason !== undefined && { reason }) };
}
