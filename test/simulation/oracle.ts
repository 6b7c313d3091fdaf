import { readDelivery } from '#shared/domain/delivery.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { TIMINGS } from '#test/support/sending.ts';
import type { Fault } from './faults.ts';
import type { History } from './history.ts';
import type { Setting } from './setting.ts';
import type { Call } from './sim-ses.ts';
import type { Commit } from './sim-table.ts';

/*
 * What was promised, said a second time and apart from the code that keeps it: a rule that is broken there is not broken
 * here.
 */

type Kind =
  | 'confirmation'
  | 'waitlist'
  | 'own-cancellation'
  | 'resend'
  | 'already-registered'
  | 'reminder'
  | 'joining'
  | 'announcement'
  | 'survey'
  | 'nudge';

interface Promised {
  readonly to: readonly string[];
  readonly muteStops: boolean;
  readonly attempts: number;
}
const PEOPLE = ['applied', 'confirmed', 'waitlisted', 'cancelled'];
const PROMISED: Record<Kind, Promised> = {
  confirmation: { to: ['confirmed'], muteStops: false, attempts: 2 },
  waitlist: { to: ['waitlisted'], muteStops: false, attempts: 2 },
  'own-cancellation': { to: ['cancelled'], muteStops: false, attempts: 2 },
  resend: { to: PEOPLE, muteStops: false, attempts: 2 },
  'already-registered': { to: PEOPLE, muteStops: false, attempts: 2 },
  reminder: { to: ['confirmed'], muteStops: true, attempts: 2 },
  joining: { to: ['confirmed'], muteStops: false, attempts: 2 },
  announcement: { to: ['confirmed'], muteStops: true, attempts: 1 },
  survey: { to: ['confirmed'], muteStops: true, attempts: 1 },
  nudge: { to: ['confirmed'], muteStops: true, attempts: 1 },
};

/** What makes a worker late for its slot: then calls bunch up, and SES says so. */
const HINDERS_PACE: readonly Fault[] = [
  'table slow',
  'table throttled',
  'partition throttled for a while',
  'worker frozen',
  'table reply lost, SDK repeats the write',
];

const STOPS_WITHIN = 2000;
const HOUR = 3600_000;
const DAY = 24 * HOUR;

/** Holds the world to its promises, at every call of SES and at every write. */
export function oracle({ time, violated, faults }: Setting, past: History, rate: number) {
  const started: number[] = [];
  const paced = HINDERS_PACE.every((fault) => !faults.has(fault));
  const byMail = new Map<string, Call[]>();

  const kindOf = (eventId: string, campaign: string): Kind => {
    if (!/^\d+$/.test(campaign)) return campaign as Kind;
    return past.latest(keys.campaign(eventId, campaign))?.kind as Kind;
  };

  /** Past this instant, epoch milliseconds, the mail must not be sent. */
  const notAfter = (kind: Kind, { eventId, campaign, occasion }: Ref, row: Item): number => {
    const event = past.latest(keys.event(eventId));
    const [start, end] = [Date.parse(String(event?.startInstant)), Date.parse(String(event?.endInstant))];
    const firedAt = Number(past.latest(keys.run(eventId, campaign, occasion))?.firedAt) * 1000;
    switch (kind) {
      case 'confirmation':
        return end;
      case 'waitlist':
      case 'joining':
        return start;
      case 'reminder':
        return Math.min(start, firedAt + 6 * HOUR);
      case 'announcement':
        return firedAt + DAY;
      case 'survey':
      case 'nudge':
        return firedAt + 7 * DAY;
      case 'own-cancellation':
        return Date.parse(String(row.cancelledAt)) + HOUR;
      case 'resend':
      case 'already-registered':
        return Number.parseInt(occasion.slice(1), 36) * 1000 + HOUR;
    }
  };

  return {
    /** The first byte of a call is at SES. */
    called(call: Call): void {
      const { tags, to, text } = call.mail;
      const ref = refOf(tags);
      const now = time.now();
      const since = now - STOPS_WITHIN;
      const rowKey = keys.registration(ref.eventId, ref.registrationId);
      const row = past.latest(rowKey);
      const broken = (promise: string, more?: unknown) => violated(promise, { ...tags, worker: call.worker, more });
      if (!row) {
        broken('a mail to somebody nobody knows');
        return;
      }
      const kind = kindOf(ref.eventId, ref.campaign);
      const promised = PROMISED[kind];
      if (!promised) {
        broken('a mail of no known kind');
        return;
      }
      const row2s = (is: (item: Item) => boolean) =>
        past.everSince(rowKey, since, (item) => item !== undefined && is(item));

      if (!row2s(({ status }) => promised.to.includes(String(status))))
        broken('a mail more than 2 s after the status that stops it', row.status);
      if (promised.muteStops && !row2s(({ muted }) => !muted)) broken('an optional mail more than 2 s after a mute');
      if (!past.everSince(keys.control(), since, (item) => !item?.paused))
        broken('a mail more than 2 s after everything was paused');
      if (!past.everSince(keys.event(ref.eventId), since, (item) => !item?.paused))
        broken('a mail more than 2 s after its event was paused');
      if (
        /^\d+$/.test(ref.campaign) &&
        !past.everSince(keys.campaign(ref.eventId, ref.campaign), since, (item) => item?.state === 'active')
      )
        broken('a mail more than 2 s after its campaign was paused');
      if (now > notAfter(kind, ref, row) + STOPS_WITHIN) broken('a mail past its not after', kind);
      if (!row2s(({ bounced }) => !bounced)) broken('a mail more than 2 s after its address bounced for good');
      if (/^a\d+$/.test(ref.occasion) && !row2s(({ admissions }) => ref.occasion === `a${admissions}`))
        broken('a mail of an earlier admission');
      if (!row2s(({ email }) => email === to)) broken("a mail to another's address", to);
      if (!row2s(({ name }) => text.includes(String(name)))) broken('a mail that does not name its person');
      const own = [row.name, row.email];
      const others = JSON.stringify(call.mail).match(/Person No\d+x|person\d+@example\.org/g) ?? [];
      if (others.some((each) => !own.includes(each))) broken("another person's data", others);
      started.push(call.startedAt);
      const inOneSecond = started.filter((at) => at > call.startedAt - 1000 && at <= call.startedAt).length;
      if (paced && inOneSecond > Math.max(rate + 1, 1.02 * rate))
        broken('more than the rate in one second', inOneSecond);
      once(call, ref, promised, broken);
    },

    /** A row was written: what the ledger says must be true. */
    committed({ before, after }: Commit): void {
      if (!after?.sk.startsWith('REG#')) return;
      const [was, is] = [entriesOf(before), entriesOf(after)];
      for (const [mailKey, entry] of Object.entries(was)) {
        // A person decided that it is to be sent although it may have arrived.
        if (is[mailKey] === undefined && entry.startsWith('held|'))
          byMail.delete(`${after.eventId} ${after.registrationId} ${mailKey}`);
      }
      for (const [mailKey, entry] of Object.entries(is)) {
        if (entry === was[mailKey]) continue;
        const [campaign = '', occasion = ''] = mailKey.split('@');
        const ref = {
          eventId: String(after.eventId),
          registrationId: String(after.registrationId),
          campaign,
          occasion,
        };
        const broken = (promise: string) => violated(promise, { ...ref, was: was[mailKey], is: entry });
        const next = readDelivery(entry);
        const known = was[mailKey] === undefined ? undefined : readDelivery(was[mailKey]);
        const calls = byMail.get(mailOf(ref)) ?? [];
        if (known && rankOf(next.state) < rankOf(known.state)) broken('a receipt was taken back');
        if (next.state === 'claimed' && known && known.state !== 'claimed') broken('a settled mail was claimed again');
        if (
          ['sent', 'delivered', 'bounced', 'complained'].includes(next.state) &&
          !calls.some(({ accepted }) => accepted)
        )
          broken('the ledger says sent, and SES never had it');
        if (
          next.state === 'skipped' &&
          next.reason === 'expired' &&
          time.now() < notAfter(kindOf(ref.eventId, campaign), ref, after) - 1000
        )
          broken('expired before its not after');
        if (next.state === 'held' && known?.state !== 'claimed') broken('held though nobody was at it');
        if (next.state === 'held' && known && time.now() < (known.epoch + TIMINGS.claimGrace) * 1000)
          broken('held while a worker may still be at it');
        if (next.state === 'failed' && !calls.some(({ learnt }) => learnt === 'impossible'))
          broken('failed, and SES never said so');
        if (next.state === 'skipped' && !isJustified(next.reason ?? '', after, occasion))
          broken('skipped for a reason that is not true');
      }
    },
    calls: byMail,
  };

  /** One mail, once; again only where a doubt may be taken over. */
  function once(call: Call, ref: Ref, { attempts }: Promised, broken: (promise: string, more?: unknown) => void): void {
    const mail = mailOf(ref);
    const attempt = Number(call.mail.tags.attempt);
    const earlier = byMail.get(mail) ?? [];
    if (attempt > attempts) broken('a doubt was taken over once too often', { attempt });
    for (const other of earlier) {
      const theirs = Number(other.mail.tags.attempt);
      const open = other.accepted || other.learnt === undefined;
      if (attempt < theirs) broken('an earlier attempt after a later one');
      if (open && attempt <= theirs) broken('sent twice, and no doubt was taken over', { first: other });
      if (attempt > theirs && other.accepted) sanctioned(call, other, broken);
    }
    byMail.set(mail, [...earlier, call]);
  }

  /** A take-over is due only after the grace, and after the receipts that came in time were read. */
  function sanctioned(call: Call, first: Call, broken: (promise: string, more?: unknown) => void): void {
    const waited = call.startedAt - first.startedAt;
    if (waited < (TIMINGS.claimGrace - 1) * 1000) broken('a doubt was taken over within its grace', { waited });
    const inTime = first.startedAt + (TIMINGS.claimGrace + TIMINGS.receiptsSettle - 3) * 1000;
    const late = waited >= (TIMINGS.lateTakeOver - 1) * 1000;
    if (first.receiptAt !== undefined && first.receiptAt <= inTime && !late)
      broken('sent twice, though a receipt had come', { first });
  }
}

/** Whether the row, as it was written with it, gives the reason for which a mail is skipped. */
function isJustified(reason: string, row: Item, occasion: string): boolean {
  if (reason.startsWith('registration-')) return reason === `registration-${row.status}`;
  switch (reason) {
    case 'muted':
      return row.muted === true;
    case 'bounced':
      return row.bounced === true;
    case 'over-budget':
      return row.overBudget === occasion;
    case 'superseded':
      return /^a\d+$/.test(occasion) && occasion !== `a${row.admissions}`;
    case 'not-in-audience':
      return row.status !== 'confirmed';
    default:
      // Too late is looked at elsewhere; what is held is dropped by a person.
      return reason === 'expired' || reason === 'dropped';
  }
}

const RANKS = ['sent', 'delivered', 'bounced', 'complained'];
const rankOf = (state: string): number => RANKS.indexOf(state);

interface Ref {
  readonly eventId: string;
  readonly registrationId: string;
  readonly campaign: string;
  readonly occasion: string;
}
const refOf = (tags: Readonly<Record<string, string>>): Ref => ({
  eventId: tags.event ?? '',
  registrationId: tags.registration ?? '',
  campaign: tags.campaign ?? '',
  occasion: tags.occasion ?? '',
});
const mailOf = ({ eventId, registrationId, campaign, occasion }: Ref) =>
  `${eventId} ${registrationId} ${campaign}@${occasion}`;
const entriesOf = (item: Item | undefined) => (item?.deliveries ?? {}) as Record<string, string>;
