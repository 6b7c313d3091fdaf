import { readDelivery } from '#shared/domain/delivery.ts';
import { leftAddressOf } from '#shared/domain/left-address.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { TIMINGS } from '#test/support/sending.ts';
import { addresses } from './addresses.ts';
import { answers } from './answers.ts';
import { cameBackBefore } from './came-back.ts';
import { personalIn } from './canary.ts';
import { BY_ANSWER, choseIt } from './choices.ts';
import { claimedRow } from './claims.ts';
import type { Fault } from './faults.ts';
import { comesTooEarly } from './first-mails.ts';
import { gone } from './gone.ts';
import { type History, isRow } from './history.ts';
import { isJustified } from './justified.ts';
import { confirmedSince, fireTimeOf, isNumber, type Kind, kindOf, notAfter, PROMISED, type Ref } from './promised.ts';
import { purges } from './purges.ts';
import { rows } from './rows.ts';
import { schedules } from './schedules.ts';
import { seats } from './seats.ts';
import type { Setting } from './setting.ts';
import { showsName } from './shows-name.ts';
import type { Call } from './sim-ses.ts';
import type { Commit } from './sim-table.ts';
import { tellings } from './tellings.ts';

/** What makes a worker late for its slot: then calls bunch up, and SES says so. */
const HINDERS_PACE: readonly Fault[] = [
  'table slow',
  'table throttled',
  'partition throttled for a while',
  'worker frozen',
  'table reply lost, SDK repeats the write',
];

const STOPS_WITHIN = 2000;
/** What is written down was decided at most so long before, milliseconds. */
const DECIDED_WITHIN = 30_000;

/** Holds the world to its promises, at every call of SES and at every write. */
export function oracle(
  setting: Setting,
  past: History,
  { rate, proofs }: { rate: number; proofs: ReadonlySet<string> },
) {
  const { time, violated, faults } = setting;
  const told = schedules(setting, past);
  const started: number[] = [];
  const paced = HINDERS_PACE.every((fault) => !faults.has(fault));
  const byMail = new Map<string, Call[]>();
  /** Those that were sent again at an organiser's wish, too: what came of the first may be told later. */
  const ever = new Map<string, Call[]>();
  const nobody = gone(setting, past);
  const seated = seats(setting, past);
  const theirs = rows(setting);
  const moves = tellings(setting, past);
  const keepers = [
    theirs,
    moves,
    nobody,
    seated,
    addresses(setting, past, proofs),
    answers(setting, past),
    purges(setting, past),
  ];

  /** Whoever came when others had been told how to join, or is owed it by itself, is told until the end. */
  const expiryOf = (kind: Kind, ref: Ref, row: Item, event: Item, isLate = false): number =>
    notAfter(kind, ref, { past, row, event, isLate });

  function cameLate({ eventId, registrationId, campaign, occasion }: Ref, row: Item, event: Item): boolean {
    const since = confirmedSince(past, keys.registration(eventId, registrationId));
    const joining = isNumber(campaign) ? past.latest(keys.campaign(eventId, campaign)) : undefined;
    const firedAt = joining && fireTimeOf(joining, event);
    const isOwed = row.greetDue instanceof Set && row.greetDue.has(`${campaign}@${occasion}`);
    return isOwed || (since !== undefined && firedAt !== undefined && since > firedAt - DECIDED_WITHIN);
  }

  return {
    /** The first byte of a call is at SES. */
    called(call: Call): void {
      theirs.called(call);
      const { tags, to, text } = call.mail;
      const ref = refOf(tags);
      const now = time.now();
      const since = now - STOPS_WITHIN;
      const rowKey = keys.registration(ref.eventId, ref.registrationId);
      const row = past.living(rowKey) ?? past.latest(rowKey);
      const broken = (promise: string, more?: unknown) => violated(promise, { ...tags, worker: call.worker, more });
      if (!row) {
        broken('a mail to somebody nobody knows');
        return;
      }
      if (!past.everSince(rowKey, since, (item) => item !== undefined && !item.erased))
        broken('a mail more than 2 s after its person was erased or purged');
      const kind = kindOf(past, ref.eventId, ref.campaign);
      const promised = PROMISED[kind];
      if (!promised) {
        broken('a mail of no known kind');
        return;
      }
      const eventKey = keys.event(ref.eventId);
      const events = (is: (event: Item) => boolean) =>
        past.everSince(eventKey, since, (item) => item !== undefined && is(item));
      const row2s = (is: (item: Item) => boolean) =>
        past.everSince(rowKey, since, (item) => item !== undefined && !item.erased && is(item));

      if (!row2s(({ status }) => promised.to.includes(String(status))))
        broken('a mail more than 2 s after the status that stops it', row.status);
      if (ref.campaign === BY_ANSWER && !choseIt(past, ref, now - DECIDED_WITHIN))
        broken('a mail by answers to somebody who chose otherwise');
      if (promised.muteStops && !row2s(({ muted }) => !muted)) broken('an optional mail more than 2 s after a mute');
      if (!past.everSince(keys.control(), since, (item) => !item?.paused))
        broken('a mail more than 2 s after everything was paused');
      if (!past.everSince(eventKey, since, (item) => !item?.paused))
        broken('a mail more than 2 s after its event was paused');
      if (
        isNumber(ref.campaign) &&
        !past.everSince(keys.campaign(ref.eventId, ref.campaign), since, (item) => item?.state === 'active')
      )
        broken('a mail more than 2 s after its campaign was paused');
      if (promised.at !== undefined && !events(({ state }) => state === promised.at))
        broken('a mail more than 2 s after its event was stopped');
      if (!events((event) => !(now > expiryOf(kind, ref, row, event, cameLate(ref, row, event)) + STOPS_WITHIN)))
        broken('a mail past its not after', kind);
      if (comesTooEarly(kind, ref, past, since)) broken('a mail to many before the first mail');
      const isLeft = kind === 'address-moved';
      if (!isLeft && !row2s(({ bounced, email }) => !bounced || email !== to))
        broken('a mail more than 2 s after its address bounced for good');
      if (/^a\d+$/.test(ref.occasion) && !row2s(({ admissions }) => ref.occasion === `a${admissions}`))
        broken('a mail of an earlier admission');
      const claimed = claimedRow(past, rowKey, call);
      const address = claimed && addressIn(claimed, kind, ref.occasion);
      if (!claimed) broken('a mail that nobody claimed');
      if (claimed && address !== to) broken('a mail to another address than when it was claimed', claimed);
      if (kind === 'confirm-address' && !row2s(({ confirmBy }) => confirmBy !== undefined))
        broken('a mail that asks for what is known already');
      const mayName = claimed !== undefined && !isLeft && events((event) => showsName(kind, claimed, event));
      if (mayName && !text.includes(String(claimed.name))) broken('a mail that does not name its person');
      // Whoever reads an address that was left learns neither who the person is nor where they are.
      const own = isLeft ? [to] : [claimed?.name, to];
      const others = personalIn(JSON.stringify(call.mail));
      if (claimed && others.some((each) => !own.includes(each))) broken("another person's data", others);
      started.push(call.startedAt);
      const inOneSecond = started.filter((at) => at > call.startedAt - 1000 && at <= call.startedAt).length;
      if (paced && inOneSecond > Math.max(rate + 1, 1.02 * rate))
        broken('more than the rate in one second', inOneSecond);
      once(call, ref, promised, broken);
      told.called(call, ref, row);
      moves.called(call, ref);
    },

    /** A row was written: what the ledger says must be true. */
    committed(commit: Commit): void {
      const { before, after } = commit;
      told.committed(commit);
      for (const each of keepers) each.committed(commit);
      if (!after || !isRow(after)) return;
      const [was, is] = [entriesOf(before), entriesOf(after)];
      for (const [mailKey, entry] of Object.entries(was)) {
        const { state } = readDelivery(entry);
        if (is[mailKey] !== undefined || (state !== 'held' && state !== 'failed')) continue;
        // A person decided that it is to be sent although it may have arrived, or was refused. Nothing else takes it away.
        byMail.delete(`${after.eventId} ${after.registrationId} ${mailKey}`);
        if (!isReleased(commit, { mailKey, now: time.now() }) && !isAskedAnew(mailKey) && !after.erased)
          violated('a mail that did not go is forgotten', { mailKey, after });
        if (state === 'failed' && Object.values(was).some((each) => each.endsWith(`|${mailKey}`)))
          faults.note('failed mail released with what it brought');
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
        if (known && rankOf(next.state) < rankOf(known.state) && next.reason !== 'moved')
          broken('a receipt was taken back');
        if (next.state === 'claimed' && known && known.state !== 'claimed') broken('a settled mail was claimed again');
        if (
          ['sent', 'delivered', 'bounced', 'complained'].includes(next.state) &&
          !ever.get(mailOf(ref))?.some(({ accepted }) => accepted)
        )
          broken('the ledger says sent, and SES never had it');
        if (
          next.state === 'skipped' &&
          next.reason === 'expired' &&
          !past.everSince(keys.event(ref.eventId), time.now() - DECIDED_WITHIN, (event) => {
            return (
              event !== undefined &&
              time.now() >= expiryOf(kindOf(past, ref.eventId, campaign), ref, after, event) - 1000
            );
          })
        )
          broken('expired before its not after');
        if (next.state === 'held' && known?.state !== 'claimed') broken('held though nobody was at it');
        if (next.state === 'held' && known && time.now() < (known.epoch + TIMINGS.claimGrace) * 1000)
          broken('held while a worker may still be at it');
        if (next.state === 'failed' && !calls.some(({ learnt }) => learnt === 'impossible'))
          broken('failed, and SES never said so');
        // A mail that brought it along and did not go gives back what stood there before.
        const reason = next.reason ?? '';
        if (
          next.state === 'skipped' &&
          known?.state !== 'merged' &&
          !isJustified({ reason, ref, row: after, now: time.now() }, past, told)
        )
          broken('skipped for a reason that is not true');
        // What a mail brought along and did not take gives back what stood there before.
        if (next.reason === 'moved' && known?.state !== 'merged' && before?.addressRevision === after.addressRevision)
          broken('left behind, though nobody moved');
      }
    },
    told,
    moves,
    nobody,
    seated,
  };

  /** One mail, once; again only where a doubt may be taken over. */
  function once(
    call: Call,
    ref: Ref,
    { attempts }: { attempts: number },
    broken: (promise: string, more?: unknown) => void,
  ): void {
    const mail = mailOf(ref);
    const attempt = Number(call.mail.tags.attempt);
    const earlier = byMail.get(mail) ?? [];
    const row = past.latest(keys.registration(ref.eventId, ref.registrationId));
    const isToldAnew = row !== undefined && cameBackBefore(past, row, `${ref.campaign}@${ref.occasion}`);
    if (attempt > attempts) broken('a doubt was taken over once too often', { attempt });
    for (const other of earlier) {
      // What is sent for the start is sent again to whoever has moved since, and a notice that came back.
      if ((/^s\d+$/.test(ref.occasion) || isToldAnew) && other.mail.to !== call.mail.to) continue;
      const theirs = Number(other.mail.tags.attempt);
      const open = other.accepted || other.learnt === undefined;
      if (attempt < theirs) broken('an earlier attempt after a later one');
      if (open && attempt <= theirs) broken('sent twice, and no doubt was taken over', { first: other });
      if (attempt > theirs && other.accepted) sanctioned(call, other, broken);
    }
    byMail.set(mail, [...earlier, call]);
    ever.set(mail, [...(ever.get(mail) ?? []), call]);
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

/** Where a mail of this kind was to go when it was claimed. */
function addressIn(claimed: Item, kind: Kind, occasion: string): unknown {
  if (kind === 'address-moved') return leftAddressOf(claimed as unknown as Registration, occasion)?.email;
  return kind === 'new-address' ? claimed.newEmail : claimed.email;
}

/** Whether this very write says of the mail that somebody had it sent again; of two in one second, both say the same. */
function isReleased({ before, after }: Commit, { mailKey, now }: { mailKey: string; now: number }): boolean {
  const [was, is] = [before, after].map((item) => (item?.released as Record<string, string> | undefined)?.[mailKey]);
  return is !== undefined && (is !== was || now - Number(is.split('|')[0]) * 1000 < DECIDED_WITHIN);
}

/** Whether it was asked for by a person: the next wish of the kind takes the place of the last. */
const isAskedAnew = (mailKey: string): boolean => /@q/.test(mailKey);

const RANKS = ['sent', 'delivered', 'bounced', 'complained'];
const rankOf = (state: string): number => RANKS.indexOf(state);

const refOf = (tags: Readonly<Record<string, string>>): Ref => ({
  eventId: tags.event ?? '',
  registrationId: tags.registration ?? '',
  campaign: tags.campaign ?? '',
  occasion: tags.occasion ?? '',
});
const mailOf = ({ eventId, registrationId, campaign, occasion }: Ref) =>
  `${eventId} ${registrationId} ${campaign}@${occasion}`;
const entriesOf = (item: Item | undefined) => (item?.deliveries ?? {}) as Record<string, string>;
