import type { Schedule } from '#shared/domain/schedule.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { TIMINGS } from '#test/support/sending.ts';
import type { History } from './history.ts';
import { type Shown, shownBy } from './mails.ts';
import { confirmedSince, fireTimeOf, gapOf, isNumber, type Ref } from './promised.ts';
import type { Setting } from './setting.ts';
import type { Call } from './sim-ses.ts';
import type { Commit } from './sim-table.ts';

/** An edit of what people are told, and when it may be told and must be, epoch milliseconds. */
interface Edit {
  readonly revision: number;
  /** The first of the edits told together; and the first of those that may be, where that is not certain. */
  readonly first: number;
  readonly firstMaybe: number;
  readonly earliest: number;
  readonly due: number;
  /** Whether one of them moved the start. */
  readonly moves: boolean;
}

/** A call of SES and what its mail says. */
export interface Told {
  readonly call: Call;
  readonly shown: Shown;
  readonly mailKey: string;
}

/** An edit is committed at most so long after the moment it reckons from, milliseconds: workers freeze, tables are slow. */
export const SLACK = 15_000;
const TOGETHER = 2000;
const HOUR = 3600_000;
const SENT = ['sent', 'delivered', 'bounced', 'complained'];

export const isSame = (a: Schedule | undefined, b: Schedule | undefined): boolean =>
  a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b);

/** The schedule of an event's item. */
export const scheduleIn = (event: Item): Schedule => {
  const { startsAt, endsAt, timeZone, place, format, state } = event as unknown as Schedule;
  return { startsAt, endsAt, timeZone, place, format, state };
};
export const stateOf = (row: Item, mailKey: string): string | undefined =>
  (row.deliveries as Record<string, string>)[mailKey]?.split('|')[0];
/** Whether the ledger has it that this very attempt was sent. */
const isOnRecord = (row: Item, { call, mailKey }: Told): boolean => {
  const [state, , attempt, , told = ''] = ((row.deliveries as Record<string, string>)[mailKey] ?? '').split('|');
  const isHeard = call.learnt === 'accepted' || call.receiptAt !== undefined;
  // Where an earlier attempt arrived too, nobody can tell which of the two they read; what came back told nobody anything.
  const isKnown = /^[1-9]/.test(told);
  return isHeard && isKnown && isSent(state) && attempt === call.mail.tags.attempt;
};
export const isSent = (state: string | undefined): boolean => state !== undefined && SENT.includes(state);

/** What people were told of events, by what the mails say that SES took; and what may be told when. */
export function schedules({ time, violated }: Setting, past: History) {
  const edits = new Map<string, Edit>();
  const calls = new Map<string, Told[]>();
  const personOf = ({ eventId, registrationId }: Pick<Ref, 'eventId' | 'registrationId'>) =>
    `${eventId} ${registrationId}`;

  function note(before: Item, after: Item): void {
    const now = time.now();
    const eventId = String(after.eventId);
    const [was, is] = [Date.parse(String(before.startInstant)), Date.parse(String(after.startInstant))];
    const known = edits.get(eventId);
    // Whether it is told together with the edit before: where that is not certain, it may be.
    const pending = known && known.due > now - SLACK ? known : undefined;
    const surely = known && known.due > now ? known : undefined;
    const isCancelled = after.state === 'cancelled';
    const starts = [is, ...(before.state === 'postponed' ? [] : [was])];
    const isNear = isCancelled || starts.some((start) => start - now < HOUR);
    const wait = (first: number) =>
      isNear ? now : Math.min(now + TIMINGS.noticeWait * 1000, first + TIMINGS.noticeLongest * 1000);
    const startMoves = is !== was || before.state === 'postponed' || after.state !== 'published';
    edits.set(eventId, {
      revision: Number(after.scheduleRevision),
      first: surely?.first ?? now,
      firstMaybe: pending?.firstMaybe ?? now,
      earliest: wait(pending?.firstMaybe ?? now) - SLACK,
      due: wait(surely?.first ?? now),
      moves: startMoves || (surely?.moves ?? false),
    });
  }

  /** The mails with times that a person had last: those of the same moment count together, for who knows which they read. */
  function lastTold(who: Pick<Ref, 'eventId' | 'registrationId'>): Told[] {
    const all = (calls.get(personOf(who)) ?? []).filter(({ call, shown }) => call.accepted && shown.schedule);
    const latest = all.reduce((at, { call }) => Math.max(at, call.startedAt), 0);
    return all.filter(({ call }) => call.startedAt > latest - TOGETHER);
  }

  /** Whether everybody can tell that the person knows: their last mails say so, and the ledger that they were sent. */
  const surelyKnows = (who: Pick<Ref, 'eventId' | 'registrationId'>, row: Item, schedule: Schedule): boolean => {
    const last = lastTold(who);
    return last.length > 0 && last.every((each) => isSame(each.shown.schedule, schedule) && isOnRecord(row, each));
  };

  return {
    lastTold,
    surelyKnows,
    editOf: (eventId: string): Edit | undefined => edits.get(eventId),
    callsTo: (who: Pick<Ref, 'eventId' | 'registrationId'>): readonly Told[] => calls.get(personOf(who)) ?? [],

    committed({ before, after }: Commit): void {
      if (after?.sk === 'EVENT' && before && before.scheduleRevision !== after.scheduleRevision) note(before, after);
      if (after?.sk.startsWith('RUN#') && !before) started(after);
    },

    /** The first byte of a call is at SES. */
    called(call: Call, ref: Ref, row: Item): void {
      const { eventId } = ref;
      const broken = (promise: string, more?: unknown) => violated(promise, { ...call.mail.tags, more });
      const shown = shownBy(call.mail);
      const key = keys.event(eventId);
      const since = time.now() - TOGETHER;
      const events = (is: (event: Item) => boolean) =>
        past.everSince(key, since, (item) => item !== undefined && is(item));
      if (shown.schedule && !events(({ scheduleRevision }) => scheduleRevision === shown.revision))
        broken('a mail more than 2 s after the schedule it shows');
      if (/^s\d+$/.test(ref.occasion) && !events(({ startRevision }) => ref.occasion === `s${startRevision}`))
        broken('a mail more than 2 s after its start was moved');
      if (/^r\d+$/.test(ref.occasion)) noticed(ref, { row, shown, broken });
      if (shown.kind === 'reminder') reminded(ref, row, broken);
      const earlier = calls.get(personOf(ref)) ?? [];
      const told = { call, shown, mailKey: `${ref.campaign}@${ref.occasion}` };
      if (shown.joins) joined(told, earlier, broken);
      // What is told where they were before is looked at by itself.
      if (shown.calendar && shown.kind !== 'address-moved') invited(told, earlier, broken);
      calls.set(personOf(ref), [...earlier, told]);
    },
  };

  /** A run begins at its time, and a notice minutes after it is due. */
  function started(run: Item): void {
    const { eventId, campaignId } = run as unknown as Ref & { campaignId: string };
    const event = past.latest(keys.event(eventId));
    const campaign = past.latest(keys.campaign(eventId, campaignId));
    if (!event) return;
    if (!isNumber(campaignId)) {
      const edit = edits.get(eventId);
      if (!edit || run.occasion !== `r${edit.revision}`) violated('a notice of what is true no more', run);
      else if (time.now() < edit.earliest) violated('a notice before its wait is over', { run, edit });
      return;
    }
    const firesAt = campaign && fireTimeOf(campaign, event);
    if (run.bodyHash === undefined && firesAt !== undefined && time.now() < firesAt - 1000)
      violated('a run before its time', run);
    if (event.state !== 'published') violated('a run of an event that is not on', run);
  }

  function noticed(
    ref: Ref,
    { row, shown, broken }: { row: Item; shown: Shown; broken: (promise: string, more?: unknown) => void },
  ): void {
    const edit = edits.get(ref.eventId);
    if (edit?.revision === shown.revision && time.now() < edit.earliest)
      broken('a notice before its wait is over', edit);
    if (ref.occasion !== `r${shown.revision}`) broken('a notice of another schedule than it is for');
    const last = lastTold(ref);
    // What went out a moment ago, a worker may not have read yet: its call rests on what it read up to 1.5 s before.
    const isLongAgo = last.every(({ call }) => call.startedAt < time.now() - TOGETHER);
    if (isLongAgo && shown.schedule && surelyKnows(ref, row, shown.schedule))
      broken('a notice to somebody who knows', last);
    const isKnown = isLongAgo && last.every((each) => isOnRecord(row, each));
    // What went to an address they have left since is no news to them where they are, nor does it have to be known.
    const isToldHere = last.some(({ call }) => call.mail.to === row.email);
    if (isKnown && isToldHere && !last.some((told) => isSame(told.shown.schedule, shown.before)))
      broken('a notice that does not name what they were told', { last, before: shown.before });
    if (last.length === 0 && shown.before) broken('a notice that names what they were never told');
  }

  /** Whoever got their place just before it, or was just told by a notice, needs no reminder. */
  function reminded(ref: Ref, row: Item, broken: (promise: string, more?: unknown) => void): void {
    const { eventId, registrationId, campaign: campaignId, occasion } = ref;
    const [event, campaign] = [past.latest(keys.event(eventId)), past.latest(keys.campaign(eventId, campaignId))];
    const firedAt = Number(past.latest(keys.run(eventId, campaignId, occasion))?.firedAt) * 1000;
    if (!event || !campaign || occasion !== `s${event.startRevision}`) return;
    const gap = gapOf(campaign, event, firedAt);
    const since = confirmedSince(past, keys.registration(eventId, registrationId));
    if (since !== undefined && firedAt - since < gap - SLACK)
      broken('a reminder to somebody who has just come', { gap });
    const edit = edits.get(eventId);
    const isCovered = edit?.moves && Math.abs(firedAt - edit.due) < gap - SLACK;
    if (isCovered && isSent(stateOf(row, `change@r${event.scheduleRevision}`)))
      broken('a reminder to somebody whom a notice told just the same', edit);
  }

  /** How to join is told once for each start; again only where nobody knew that it was. */
  function joined(
    { call, shown, mailKey }: Told,
    earlier: readonly Told[],
    broken: (promise: string, more?: unknown) => void,
  ) {
    const twice = earlier.find(
      (told) =>
        told.shown.joins === shown.joins &&
        // Whoever left an address and came back to it needs it again: every link of before is dead.
        told.call.mail.tags.addressRevision === call.mail.tags.addressRevision &&
        told.mailKey !== mailKey &&
        told.call.accepted &&
        told.call.learnt === 'accepted',
    );
    if (twice) broken('how to join, twice for one start', { first: twice.call.mail.tags });
  }

  /** RFC 5546: a later calendar mail has the higher SEQUENCE, and nothing is cancelled that was not there. */
  function invited(
    { call, shown: { calendar } }: Told,
    earlier: readonly Told[],
    broken: (promise: string, more?: unknown) => void,
  ): void {
    if (!calendar) return;
    const behind = earlier.find(
      (told) =>
        told.call.startedAt < call.startedAt - TOGETHER && (told.shown.calendar?.sequence ?? -1) >= calendar.sequence,
    );
    if (behind)
      broken('a calendar mail with a SEQUENCE that does not rise', { calendar, behind: behind.shown.calendar });
    const invitation = earlier.some((told) => told.call.accepted && told.shown.calendar?.method === 'REQUEST');
    if (calendar.method === 'CANCEL' && !invitation) broken('a CANCEL before a REQUEST');
  }
}
export type Schedules = ReturnType<typeof schedules>;
