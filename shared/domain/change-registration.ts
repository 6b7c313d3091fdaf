import { isSettled, readDelivery, wasSent } from './delivery.ts';
import { Refusal } from './errors.ts';
import { admissionOccasion, campaignOf, readMailKey } from './mail-key.ts';
import type { MailKind } from './mail-kinds.ts';
import { NOT_YET } from './proof.ts';
import {
  type Allowance,
  dueTimes,
  greetingOf,
  isMailDue,
  type Newcomer,
  type Registration,
  type RequestKind,
  requestKey,
  SEAT_DUE,
} from './registration.ts';
import { sendAfterAll } from './send-after-all.ts';
import { type Epoch, epochOf } from './time.ts';

/** A person's next row and the fact that makes it news. */
export interface Changed {
  readonly row: Registration;
  readonly fact?: 'registration.applied' | 'registration.confirmed' | 'registration.cancelled' | 'mail.requested';
}

/** The row with more owed to the person; due at once unless it says otherwise. */
export const owing = (row: Registration, mailKeys: readonly string[], dueAt: Epoch): Registration => ({
  ...row,
  greetDue: new Set([...(row.greetDue ?? []), ...mailKeys]),
  greetDueAt: dueAt,
});

/**
 * The row with these owed as well: as of when the rest is, or now. Undefined where they are listed or settled already.
 */
export function alsoOwing(
  row: Registration,
  { mailKeys, now }: { mailKeys: readonly string[]; now: Epoch },
): Changed | undefined {
  const missing = mailKeys.filter((key) => !row.greetDue?.has(key) && row.deliveries[key] === undefined);
  if (missing.length === 0) return undefined;
  return { row: owing(row, missing, row.greetDueAt ?? now) };
}

/** The row with one thing less owed. */
export function settledOwing(row: Registration, ...mailKeys: readonly string[]): Registration {
  const { greetDue, greetDueAt, ...rest } = row;
  const left = new Set([...(greetDue ?? [])].filter((each) => !mailKeys.includes(each)));
  return left.size === 0 ? rest : { ...rest, greetDue: left, ...(greetDueAt !== undefined && { greetDueAt }) };
}

/** The person gives up their place and is told so. Undefined when they have none: pressing twice is harmless. */
export function cancel(row: Registration, now: string): Changed | undefined {
  if (row.status === 'cancelled') return undefined;
  const { confirmBy: _, ...kept } = row;
  const cancelled: Registration = { ...kept, status: 'cancelled', cancelledAt: now };
  const owed = [greetingOf(cancelled), ...(row.seat === undefined ? [] : [SEAT_DUE])];
  return { row: owing(cancelled, owed, epochOf(now)), fact: 'registration.cancelled' };
}

/** What somebody says anew who comes back by the form. An undo says nothing. */
type Said = Partial<Pick<Newcomer, 'name' | 'timeZone' | 'privacyVersion' | 'chose'>>;

/**
 * A cancelled person wants their place again: by the form or by undoing. A new admission, so that what is sent once per
 * admission is sent for this one too. On a capped event `admit` decides; a seat not given on yet is still theirs. What was
 * owed stays listed: struck off while a worker is at it, it would be in doubt for ever.
 */
export function registerAgain(
  row: Registration,
  { capped, now, allowance, ...said }: { capped: boolean; now: string; allowance: Allowance } & Said,
): Changed | undefined {
  if (row.status !== 'cancelled') return undefined;
  const {
    cancelledAt: _,
    cancelledQuietly: _quietly,
    overBudget: __,
    mailAfter: ___,
    confirmedAt: ____,
    ...rest
  } = row;
  const kept = 'chose' in said ? withChoices(rest, said.chose) : rest;
  const admissions = row.admissions + 1;
  const again: Registration = {
    ...kept,
    ...(said.name !== undefined && { name: said.name }),
    // Whoever typed another name may be somebody else: what the address has proved is not theirs.
    ...(said.name !== undefined && said.name !== row.name && { provedAt: NOT_YET }),
    ...(said.timeZone !== undefined && { timeZone: said.timeZone }),
    ...(said.privacyVersion !== undefined && { privacyVersion: said.privacyVersion }),
    ...(allowance.dropped && { overBudget: admissionOccasion(admissions) }),
    status: capped ? 'applied' : 'confirmed',
    admissions,
    registeredAt: now,
    ...(!capped && { confirmedAt: epochOf(now) }),
  };
  return {
    row: { ...owing(again, [greetingOf(again)], epochOf(now)), ...dueTimes(capped, epochOf(now), allowance.delay) },
    fact: capped ? 'registration.applied' : 'registration.confirmed',
  };
}

/** The row with these choices in place of all it had; of an earlier version, too. */
export function withChoices<Row extends Pick<Registration, 'chose' | 'segments'>>(
  row: Row,
  chose: Registration['chose'],
) {
  const { chose: _, segments: __, ...rest } = row;
  return { ...rest, ...(chose !== undefined && { chose }) };
}

/** No more optional mail about this event, or again. Nothing is written of who was erased. */
export function mute(row: Registration, muted: boolean): Changed | undefined {
  if (row.erased || (row.muted ?? false) === muted) return undefined;
  const { muted: _, ...rest } = row;
  return { row: muted ? { ...rest, muted } : rest };
}

const isOf = (kind: MailKind) => (key: string) => isMailDue(key) && readMailKey(key).campaign === campaignOf(kind);

const isUnderWay = ({ deliveries }: Registration, kind: MailKind): boolean =>
  Object.entries(deliveries).some(([key, entry]) => isOf(kind)(key) && !isSettled(readDelivery(entry)));

/** The key of the mail that was sent last. */
const latestOf = ({ deliveries }: Registration, mine: (key: string) => boolean): string | undefined => {
  const sent = Object.entries(deliveries).flatMap(([key, entry]) => {
    const delivery = readDelivery(entry);
    return mine(key) && wasSent(delivery) ? [{ key, at: delivery.toldAt ?? delivery.epoch }] : [];
  });
  return sent.sort((a, b) => b.at - a.at)[0]?.key;
};

/**
 * A personal mail is asked for. One that is owed already is not owed twice; of those before only the latest that
 * was sent is kept in the ledger, for it may be what the person was told last. Throws `mail-under-way` while nobody knows what became of the last one.
 */
export function requestMail(
  row: Registration,
  { kind, now, dueAt = now, chance }: { kind: RequestKind; now: Epoch; dueAt?: Epoch; chance: string },
): Changed | undefined {
  const mine = isOf(kind);
  const mailKey = requestKey(kind, Math.max(now, dueAt), chance);
  // This very wish, met again after a lost reply: the mail has been claimed or sent meanwhile.
  if (row.deliveries[mailKey] !== undefined) return undefined;
  if (isUnderWay(row, kind)) {
    throw new Refusal('mail-under-way', 'The last mail of this kind is still on its way: try again in a few minutes');
  }
  if ([...(row.greetDue ?? [])].some(mine)) return undefined;
  const latest = latestOf(row, mine);
  const deliveries = Object.fromEntries(Object.entries(row.deliveries).filter(([key]) => !mine(key) || key === latest));
  return { row: owing({ ...row, deliveries }, [mailKey], dueAt), fact: 'mail.requested' };
}

interface Reminding {
  readonly now: Epoch;
  readonly every: number;
  readonly delay?: number;
  readonly chance: string;
  /** `resend` where they ask for their link. */
  readonly kind?: 'already-registered' | 'resend';
}

/**
 * A stranger typed an address that has a place: remind its owner, but not more often than every `every` seconds, and
 * `delay` seconds from now. What is owed already keeps its time: a stranger neither hastens nor holds it up. Whose first mail
 * was dropped gets that: it says all that a reminder says.
 */
export function remind(
  row: Registration,
  { now, every, delay = 0, chance, kind: wanted = 'already-registered' }: Reminding,
): Changed | undefined {
  const last = Math.max(row.remindedAt ?? 0, epochOf(row.registeredAt));
  const kind = row.confirmBy === undefined ? wanted : 'confirm-address';
  if ((row.status === 'cancelled' && kind !== 'resend') || now - last < every || isUnderWay(row, kind))
    return undefined;
  const dueAt = row.greetDue?.size ? (row.greetDueAt ?? now) : now + delay;
  const reminded = { ...row, remindedAt: now };
  return sendAfterAll(reminded, dueAt) ?? requestMail(reminded, { kind, now, dueAt, chance });
}
