import { carriesJoining, type Load, loadOf, mayComeBack } from '#shared/domain/bring-joining.ts';
import { bringsCalendar } from '#shared/domain/calendar-part.ts';
import { type Circumstances, decide } from '#shared/domain/decide.ts';
import type { Decision } from '#shared/domain/decision.ts';
import { isSettled, readDelivery, writeDelivery } from '#shared/domain/delivery.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { resolveDoubt } from '#shared/domain/in-doubt.ts';
import { automaticKindOf, readMailKey } from '#shared/domain/mail-key.ts';
import { MAIL_RULES, type MailKind } from '#shared/domain/mail-kinds.ts';
import { tellsSchedule } from '#shared/domain/placeholder.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { toldInstead } from '#shared/domain/told.ts';
import { withEntry } from '#shared/domain/without-load.ts';
import { personFrom } from '#shared/store/registration-items.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import { ConditionFailed } from '#shared/store/table.ts';
import { callSes } from './call-ses.ts';
import { claimConditions, stillAsRead } from './claim-conditions.ts';
import { shownBy } from './composition.ts';
import type { DeliverDeps, Delivering } from './deliver-deps.ts';
import { type Eventful, eventful, type Guards } from './guard.ts';
import { type Entry, ledger } from './ledger.ts';
import { BACKOFF, LEFT, SETTLED, type Standing, waiting } from './standing.ts';

const ANEW = Symbol('guard anew');
/** The row to begin again with; undefined once it is gone. */
interface Anew {
  readonly [ANEW]: Registration | undefined;
}
/** How often one person is guarded anew before others have their turn. */
const ROUNDS = 4;

/**
 * The delivery contract for one mail to one person: guard, claim, one attempt on the wire, settle. Whatever stops it in
 * between leaves a claim behind, and a claim is a doubt, which only a receipt or the rules for doubts resolve.
 */
export function deliver(deps: DeliverDeps) {
  const { registrations, guard, timings, clock, chance, mayReach } = deps;
  const book = ledger(deps);
  const call = callSes(deps, book);
  const show = shownBy(deps.campaignOf);
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
    if (mayComeBack(at.row, known)) return LEFT;
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
    const shown = await show(kind, at, guarded);
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
      await book.release(mine, { doubt });
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
      await book.release(mine, { doubt });
      const restored = { ...mine.brought, [mailKey]: doubt };
      return { [ANEW]: Object.entries(restored).reduce((each, [key, was]) => withEntry(each, key, was), row) };
    }
    return call(mine, { doubt, mail, notAfter });
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
      return personFrom(error.item);
    }
  }
}

type Guarded = Eventful & Pick<Delivering, 'callAt'> & { readonly firedAt: Epoch | undefined };

export type Deliver = ReturnType<typeof deliver>;
