import type { Clock } from '#shared/clock.ts';
import { carriesJoining, type Load, loadOf } from '#shared/domain/bring-joining.ts';
import { bringsCalendar } from '#shared/domain/calendar-part.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { type Circumstances, decide } from '#shared/domain/decide.ts';
import type { Decision } from '#shared/domain/decision.ts';
import { isSettled, readDelivery, writeDelivery } from '#shared/domain/delivery.ts';
import type { Event } from '#shared/domain/event.ts';
import { type Chance, randomWord } from '#shared/domain/ids.ts';
import { type ReceiptsSeen, resolveDoubt } from '#shared/domain/in-doubt.ts';
import type { Joining } from '#shared/domain/late.ts';
import {
  automaticKindOf,
  isNoticeKind,
  MAIL_RULES,
  type MailKind,
  readMailKey,
  testedCampaign,
} from '#shared/domain/mail-kinds.ts';
import { tellsSchedule } from '#shared/domain/placeholder.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import { lastTold, toldInstead } from '#shared/domain/told.ts';
import type { Logger } from '#shared/logger.ts';
import type { Mail, Mailer } from '#shared/mail/mailer.ts';
import type { Count } from '#shared/metrics.ts';
import { fromItem } from '#shared/store/registration-items.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import { ConditionFailed } from '#shared/store/table.ts';
import { claimConditions, stillAsRead } from './claim-conditions.ts';
import type { Guard, Guards } from './guard.ts';
import { type Entry, ledger, withEntry } from './ledger.ts';

export interface DeliverDeps {
  readonly registrations: Pick<RegistrationStore, 'claim' | 'revise'>;
  readonly guard: Guards;
  readonly receiptsSeen: () => Promise<ReceiptsSeen | undefined>;
  /** The joining campaigns of an event as they are now. */
  readonly joiningsOf: (event: Event) => Promise<readonly Joining[]>;
  /** The campaign that a test shows. */
  readonly campaignOf: (eventId: string, campaignId: string) => Promise<Campaign | undefined>;
  /** Where a person stands in line, for mails that say so. */
  readonly placeOf: (row: Registration) => Promise<number | undefined>;
  readonly compose: (kind: MailKind, mail: Composition) => Mail;
  readonly mailer: Mailer;
  /** SES throttled: everybody sends more slowly for a while. */
  readonly slowDown: () => Promise<void>;
  readonly mayReach: Circumstances['mayReach'];
  readonly timings: Timings;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
  readonly count: Count;
}

/** What a mail is composed of, all of it read within the last moments. */
export interface Composition {
  readonly mailKey: string;
  readonly event: Event;
  readonly row: Registration;
  readonly place: number | undefined;
  readonly template: Campaign['template'];
  /** What they were told last, where that differs. */
  readonly before: Schedule | undefined;
  readonly bringsJoining: boolean;
  /** Of a test: what is tested. */
  readonly tested: Campaign['kind'] | undefined;
  readonly attempt: number;
  readonly notAfter: Epoch;
  readonly now: Epoch;
}

/**
 * How it stands with a mail: settled; to be looked at again after some seconds; or left to whoever sweeps. `called` where
 * SES was called, whatever came of it: the slot is used.
 */
export type Standing = { readonly called: boolean } & (
  | { readonly is: 'settled' | 'left' }
  | { readonly is: 'again'; readonly after: number }
);

/** Which mail, for which run, and when its slot is: SES is called at that moment, not before. Epoch milliseconds. */
export interface Delivering {
  readonly mailKey: string;
  readonly firedAt?: Epoch | undefined;
  readonly callAt: number;
  /** When it was read that it is to be sent, monotonic milliseconds. */
  readonly since: number;
}

/**
 * Milliseconds before its slot at which a mail is taken up: guarded, claimed and composed by then, it leaves on time, and
 * calls do not bunch up behind a slow answer of the table. No longer, for what is claimed when a worker dies is in doubt.
 */
export const LEAD = 50;

const SETTLED: Standing = { is: 'settled', called: false };
const LEFT: Standing = { is: 'left', called: false };
const CALLED = { called: true } as const;
/** What a person was told is known in a moment; what else there is to wait for, `sweep` comes back to. */
const waiting = (reason: string): Standing =>
  reason === 'told' ? { is: 'again', after: BACKOFF, called: false } : LEFT;
const ANEW = Symbol('guard anew');
/** The row to begin again with; undefined once it is gone. */
interface Anew {
  readonly [ANEW]: Registration | undefined;
}
/** How often one person is guarded anew before others have their turn. */
const ROUNDS = 4;
const BACKOFF = 5;

/**
 * The delivery contract for one mail to one person: guard, claim, one attempt on the wire, settle. Whatever stops it in
 * between leaves a claim behind, and a claim is a doubt, which only a receipt or the rules for doubts resolve.
 */
export function deliver(deps: DeliverDeps) {
  const { registrations, guard, timings, clock, chance, logger, count, mayReach } = deps;
  const book = ledger(deps);
  const nowEpoch = () => Math.floor(clock.now() / 1000);

  /** Decided as of its slot, where that is still to come: what would be too late then is too late. */
  const decideFor = (mailKey: string, registration: Registration, guarded: Guarded): Decision => {
    const now = Math.floor(Math.max(clock.now(), guarded.callAt) / 1000);
    return decide(readMailKey(mailKey), circumstancesOf(registration, guarded, now));
  };
  const circumstancesOf = (registration: Registration, guarded: Guarded, now: Epoch): Circumstances => ({
    ...guarded,
    registration,
    gaps: timings,
    mayReach,
    now,
  });

  const skipped = async (at: Entry, guarded: Guarded): Promise<Standing> => {
    const instead = (decision: Decision) => toldInstead(readMailKey(at.mailKey), decision, guarded.event);
    return (await book.skip(at, (current) => decideFor(at.mailKey, current, guarded), instead)) ? SETTLED : LEFT;
  };

  return async (first: Registration, { mailKey, firedAt, callAt, since }: Delivering): Promise<Standing> => {
    const { campaign } = readMailKey(mailKey);
    let row = first;
    for (let round = 0; round < ROUNDS; round++) {
      const look = async (how: Parameters<Guards>[2]): Promise<readonly [Guarded, Decision]> => {
        const guarded = { ...eventful(await guard(row.eventId, campaign, how)), firedAt, callAt };
        return [guarded, decideFor(mailKey, row, guarded)];
      };
      let [guarded, decision] = await look({ anew: round > 0 });
      // A skip is for good: an event as it was before it was known that this is to be sent is no reason for it.
      if (decision.do === 'skip') [guarded, decision] = await look({ since });
      const at: Entry = { row, mailKey, entry: row.deliveries[mailKey] };
      const before = at.entry === undefined ? 'take' : await resolve({ ...at, entry: at.entry }, decision, guarded);
      if (before !== 'take') return before;
      if (decision.do === 'wait') return waiting(decision.for);
      if (decision.do === 'skip') return skipped(at, guarded);
      const load = await loadFor(at, decision.kind, guarded);
      const next = ANEW in load ? load : await attempt(at, decision.kind, { ...guarded, ...load });
      if (!(ANEW in next)) return next;
      if (!next[ANEW]) return SETTLED;
      row = next[ANEW];
    }
    return { is: 'again', after: BACKOFF, called: false };
  };

  /** What an entry that is there already means: the end, a wait, or a doubt to take over. */
  async function resolve(
    at: Entry & { entry: string },
    decision: Decision,
    guarded: Guarded,
  ): Promise<Standing | 'take'> {
    const known = readDelivery(at.entry);
    if (isSettled(known)) {
      await book.strikeOff(at.row, at.mailKey);
      return SETTLED;
    }
    const now = nowEpoch();
    const graceLeft = known.epoch + timings.claimGrace - now;
    if (graceLeft > 0) return { is: 'again', after: Math.ceil(graceLeft), called: false };
    const rule = MAIL_RULES[guarded.campaign?.kind ?? automaticKindOf(readMailKey(at.mailKey).campaign) ?? 'resend'];
    const expired = decision.do === 'skip' && decision.reason === 'expired';
    const notAfter = decision.do === 'send' ? decision.notAfter : expired ? now : Number.POSITIVE_INFINITY;
    const verdict = resolveDoubt(known, { rule, now, notAfter, seen: await deps.receiptsSeen(), timings });
    if (verdict === 'hold') {
      await book.settle(at, { state: 'held', reason: 'in-doubt' });
      return SETTLED;
    }
    if (verdict === 'wait' || decision.do === 'wait') return LEFT;
    return decision.do === 'skip' ? skipped(at, guarded) : 'take';
  }

  /** What the mail brings along. What cannot go now is listed as owed first, so that it is not forgotten. */
  async function loadFor(at: Entry, kind: MailKind, guarded: Guarded): Promise<Load | Anew> {
    const { mailKey, row } = at;
    if (!carriesJoining(kind)) return { brought: [], owed: [] };
    const joinings = await deps.joiningsOf(guarded.event);
    const mail = { mailKey, kind, isTakeOver: at.entry !== undefined };
    const load = loadOf(mail, joinings, circumstancesOf(row, guarded, nowEpoch()));
    const missing = load.owed.filter((key) => !row.greetDue?.has(key));
    return missing.length === 0 ? load : { [ANEW]: await book.owe(row, missing) };
  }

  /** Claims the mail, looks once more at the row the claim returned, and tries once. */
  async function attempt(at: Entry, kind: MailKind, guarded: Guarded & Load): Promise<Standing | Anew> {
    const { mailKey, entry: doubt } = at;
    const rule = MAIL_RULES[kind];
    const place = await deps.placeOf(at.row);
    const shown = await shownBy(kind, at, guarded);
    const attemptNumber = doubt === undefined ? 1 : readDelivery(doubt).attempt + 1;
    const tells = rule.tellsSchedule || (shown.template !== undefined && tellsSchedule(shown.template));
    const told = tells ? { told: guarded.event.scheduleRevision } : {};
    const owner = randomWord(6, chance);
    const entry = writeDelivery({ state: 'claimed', epoch: nowEpoch(), attempt: attemptNumber, owner, ...told });

    const before = Object.fromEntries(guarded.brought.map((key) => [key, at.row.deliveries[key]]));
    const merged = writeDelivery({ state: 'merged', epoch: nowEpoch(), attempt: 0, owner, reason: mailKey, ...told });
    const brought = doubt === undefined ? Object.fromEntries(guarded.brought.map((key) => [key, merged])) : {};

    const askedAt = clock.monotonic();
    const row = await claimed(at, {
      entry,
      brought,
      raisesSequence: bringsCalendar(kind, at.row) !== undefined,
      when: [...claimConditions(rule, mailKey, doubt), ...stillAsRead(at.row, rule, Object.keys(brought))],
    });
    if (row === undefined) return SETTLED;
    if (row.deliveries[mailKey] !== entry) return { [ANEW]: row };

    const mine: Entry = { row, mailKey, entry, ...(doubt === undefined && { brought: before }) };
    const decision = decideFor(mailKey, row, guarded);
    if (decision.do === 'skip' && (await skipped(mine, guarded)) === SETTLED) return SETTLED;
    if (decision.do !== 'send') {
      await book.release(mine, doubt);
      return LEFT;
    }
    const { notAfter } = decision;
    const mail = deps.compose(kind, {
      event: guarded.event,
      mailKey,
      row,
      place,
      ...shown,
      bringsJoining: guarded.brought.length > 0,
      attempt: attemptNumber,
      notAfter,
      now: nowEpoch(),
    });
    const early = guarded.callAt - clock.now();
    if (early > 0) await clock.sleep(early);
    if (clock.monotonic() - Math.min(guarded.readAt, askedAt) > timings.callWithin * 1000) {
      await book.release(mine, doubt);
      const restored = { ...mine.brought, [mailKey]: doubt };
      return { [ANEW]: Object.entries(restored).reduce((each, [key, was]) => withEntry(each, key, was), row) };
    }
    return afterCall(mine, doubt, mail);
  }

  /** What the mail shows beside the event as it is: the organiser's words, what was told before, what is tested. */
  async function shownBy(kind: MailKind, { row, mailKey }: Entry, { event, campaign }: Guarded) {
    const told = isNoticeKind(kind) ? lastTold(event, row, mailKey) : 'nothing';
    const number = kind === 'test-send' ? testedCampaign(readMailKey(mailKey).occasion) : undefined;
    const tested = number === undefined ? undefined : await deps.campaignOf(row.eventId, number);
    return {
      before: typeof told === 'object' ? told.schedule : undefined,
      template: (tested ?? campaign)?.template,
      tested: tested?.kind,
    };
  }

  /** The row with our claim on it, or as it is where somebody else was there first; undefined once it is gone. */
  async function claimed(
    { row, mailKey }: Entry,
    claim: Omit<Parameters<RegistrationStore['claim']>[1], 'mailKey'>,
  ): Promise<Registration | undefined> {
    try {
      return await registrations.claim(row, { ...claim, mailKey });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      return error.item && fromItem(error.item);
    }
  }

  async function afterCall(mine: Entry, doubt: string | undefined, mail: Mail): Promise<Standing> {
    const outcome = await deps.mailer.send(mail);
    const { eventId, registrationId } = mine.row;
    const fields = { eventId, registrationId, mailKey: mine.mailKey };
    switch (outcome.is) {
      case 'accepted':
        await book.settle(mine, { state: 'sent' });
        return { is: 'settled', ...CALLED };
      case 'impossible':
        await book.settle(mine, { state: 'failed', reason: outcome.reason });
        return { is: 'settled', ...CALLED };
      case 'refused':
        await book.release(mine, doubt);
        logger.warn('SES did not take a mail; it is tried again', { ...fields, reason: outcome.reason });
        count('MailRefused');
        if (isThrottling(outcome.reason)) await deps.slowDown();
        return { is: 'again', after: BACKOFF, ...CALLED };
      case 'unknown':
        logger.warn('Nobody knows whether SES took a mail', { ...fields, reason: outcome.reason });
        count('MailInDoubt');
        return { is: 'again', after: Math.ceil(timings.claimGrace), ...CALLED };
    }
  }
}

const isThrottling = (reason: string): boolean => /TooManyRequests|Throttling|LimitExceeded/.test(reason);

type Eventful = Guard & { readonly event: Event };
type Guarded = Eventful & Pick<Delivering, 'callAt'> & { readonly firedAt: Epoch | undefined };

/** An event outlives its people: a registration without one is a broken table, not a case. */
function eventful(guard: Guard): Eventful {
  if (!guard.event) throw new Error('A registration without an event');
  return { ...guard, event: guard.event };
}

export type Deliver = ReturnType<typeof deliver>;
