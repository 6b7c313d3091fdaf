import { MOVED } from './bring-joining.ts';
import { type Changed, owing, requestMail } from './change-registration.ts';
import { becoming, type Delivery, readDelivery, writeDelivery } from './delivery.ts';
import { ensureMovable, leaveAddress } from './leave-address.ts';
import { admissionOccasion, readMailKey } from './mail-key.ts';
import type { MailKind } from './mail-kinds.ts';
import { NOT_YET } from './proof.ts';
import { type Allowance, greetingOf, type Registration, SEAT_DUE } from './registration.ts';
import type { Epoch } from './time.ts';

/** The address a person moves to, and what follows from it. */
export interface NewAddress {
  readonly email: string;
  /** The hash under which it is taken. */
  readonly addressHash: string;
  /** Every link made from the old one is dead. */
  readonly linkSeed: string;
}

export interface Moment {
  readonly now: Epoch;
  readonly allowance: Allowance;
  /** Six random characters, for the name of a mail that is asked for anew. */
  readonly chance: string;
}

/** What a mail may be that counts as skipped once its address is left: one under way goes nowhere else any more. */
const LEFT: readonly Delivery['state'][] = [
  'claimed',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'failed',
  'merged',
];
/** Notices of an event that no first mail is sent for. */
const SAYS_IT_IS_OFF: readonly string[] = ['postponed', 'cancelled'] satisfies MailKind[];

/**
 * The row at another address, which has yet to prove itself: a new admission there, so that the first mail goes anew. What the
 * old address did with its mail says nothing about the new one, and every link that was sent to it is dead. The old address
 * is told, whoever moves it. Undefined where it is their address already. Throws `move-objected` and `moved-too-often`.
 */
export function moveAddress(
  row: Registration,
  address: NewAddress,
  { mayTell, ...moment }: Moment & { readonly mayTell: boolean },
): Changed | undefined {
  if (address.email === row.email) return undefined;
  ensureMovable(row, moment.now);
  return leaveAddress(movedTo(row, address, moment), { before: row, mayTell, ...moment });
}

function movedTo(
  row: Registration,
  { email, addressHash, linkSeed }: NewAddress,
  { now, allowance, chance }: Moment,
): Changed {
  const { bounced: _, newEmail: __, overBudget: ___, beyondCap: ____, ...kept } = row;
  const admissions = row.admissions + 1;
  const moved: Registration = {
    ...kept,
    email,
    addressHash,
    linkSeed,
    deliveries: leftBehind(row, now),
    admissions,
    addressRevision: row.addressRevision + 1,
    provedAt: NOT_YET,
    ...(allowance.dropped && { overBudget: admissionOccasion(admissions) }),
    ...(allowance.beyondCap && { beyondCap: true }),
  };
  const dueAt = now + allowance.delay;
  if (moved.confirmBy !== undefined)
    return askToConfirm({ ...moved, deliveries: withoutConfirm(moved) }, { now, allowance, chance }) ?? { row: moved };
  const greeting = greetingOf(moved);
  if (moved.status === 'cancelled' || greeting === SEAT_DUE) return { row: moved };
  return { row: owing(moved, [greeting], dueAt), fact: 'mail.requested' };
}

/**
 * The ledger once its address was left: what was sent for the start, how to join above all, went where nobody is any more
 * and holds links that are dead. It counts as skipped, so that the first mail to the new address brings it along. What
 * came back told nobody anything; a notice that the event is off that came back, or was not sent for that, is still to be told.
 */
function leftBehind({ deliveries }: Registration, now: Epoch): Registration['deliveries'] {
  const entries = Object.entries(deliveries).flatMap(([key, entry]) => {
    const { told, toldAt, ...known } = readDelivery(entry);
    const { campaign, occasion } = readMailKey(key);
    const cameBack = known.state === 'bounced' || (known.state === 'skipped' && known.reason === 'bounced');
    if (cameBack && SAYS_IT_IS_OFF.includes(campaign)) return [];
    const read = cameBack ? known : readDelivery(entry);
    const isLeft = /^s\d+$/.test(occasion) && LEFT.includes(known.state);
    const next = isLeft ? becoming(read, { state: 'skipped', epoch: now, reason: MOVED }) : read;
    return [[key, writeDelivery(next)]];
  });
  return Object.fromEntries(entries);
}

/** The row with the mail owed that asks whether the address is theirs. Undefined where that is owed already. */
export function askToConfirm(row: Registration, { now, allowance, chance }: Moment): Changed | undefined {
  const dueAt = now + allowance.delay;
  const asked = requestMail(row, { kind: 'confirm-address', now, dueAt, chance });
  if (!asked || !allowance.dropped) return asked;
  const occasion = [...(asked.row.greetDue ?? [])].find((key) => key.startsWith('confirm-address@'))?.split('@')[1];
  return { ...asked, row: { ...asked.row, ...(occasion !== undefined && { overBudget: occasion }) } };
}

/** What was sent to the old address to confirm it needs no answer any more. */
const withoutConfirm = ({ deliveries }: Registration): Registration['deliveries'] =>
  Object.fromEntries(Object.entries(deliveries).filter(([key]) => !key.startsWith('confirm-address@')));

/**
 * A person wants their mail at another address: it is asked there first, by a mail to it alone. Until they press the
 * button that leads to, nothing changes. Throws as a move does, for it would not be one.
 */
export function askNewAddress(
  row: Registration,
  { email, now, allowance, chance }: { email: string } & Moment,
): Changed | undefined {
  if (email === row.email) return undefined;
  ensureMovable(row, now);
  const wanted: Registration = { ...row, newEmail: email };
  if (allowance.dropped) return row.newEmail === email ? undefined : { row: wanted };
  const request = { kind: 'new-address', now, dueAt: now + allowance.delay, chance } as const;
  return requestMail(wanted, request) ?? (row.newEmail === email ? undefined : { row: wanted });
}
