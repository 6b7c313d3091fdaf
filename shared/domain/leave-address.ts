import { alsoOwing, type Changed } from './change-registration.ts';
import { writeDelivery } from './delivery.ts';
import { Refusal } from './errors.ts';
import { forgetLeft } from './forget-left.ts';
import { wasInvitedHere } from './invited.ts';
import { forgetAt, leftAddressesOf, MOST_LEFT, mayObject, withLeft } from './left-address.ts';
import { campaignOf, moveOccasion, writeMailKey } from './mail-key.ts';
import type { Registration } from './registration.ts';
import { type Epoch, instantAt } from './time.ts';
import { dayOf } from './when.ts';

/** Whether the address of a registration may change at present. */
export const isMovable = (row: Registration, now: Epoch): boolean =>
  row.objectedAt === undefined && leftAddressesOf(row).filter((left) => mayObject(left, now)).length < MOST_LEFT;

/** Throws where the address must stay as it is: somebody has objected, or it has changed too often to keep account of. */
export function ensureMovable(row: Registration, now: Epoch): void {
  if (row.objectedAt !== undefined)
    throw new Refusal(
      'move-objected',
      'Somebody at an earlier address of this registration has objected to a change of its address. It stays as it is until the organiser has decided',
      'email',
    );
  if (isMovable(row, now)) return;
  const again = dayOf(instantAt(forgetAt(row) ?? now), 'UTC');
  throw new Refusal(
    'moved-too-often',
    `The address of this registration has changed ${MOST_LEFT} times within a week. It can be changed again after ${again}`,
    'email',
  );
}

interface Leaving {
  /** The row as it is at the old address. */
  readonly before: Registration;
  readonly now: Epoch;
  /** Six random characters, for the name of the mail. */
  readonly chance: string;
  /** Whether the old mailbox may be told; not where strangers have caused too much mail to it. */
  readonly mayTell: boolean;
}

/**
 * What a move owes the address that is left: one mail that says so, and the address is kept for as long as somebody there
 * may object. Its CANCEL takes the next SEQUENCE at once, so that the invitation to the new address has a higher one.
 */
export function leaveAddress({ row: moved, ...news }: Changed, { before, now, chance, mayTell }: Leaving): Changed {
  const occasion = moveOccasion(now, chance);
  const mailKey = writeMailKey({ campaign: campaignOf('address-moved'), occasion });
  const isInvited = wasInvitedHere(before);
  const sequence = moved.sequence + (isInvited ? 1 : 0);
  const { row: recent } = forgetLeft(moved, now) ?? { row: moved };
  const gone: Registration = { ...recent, sequence, hereSince: `${moved.admissions}.${now}` };
  if (!mayTell) {
    const skipped = { state: 'skipped', epoch: now, attempt: 0, owner: '', reason: 'over-budget' } as const;
    return { ...news, row: { ...gone, deliveries: { ...lessUntold(gone), [mailKey]: writeDelivery(skipped) } } };
  }
  const left = { occasion, email: before.email, objected: false, ...(isInvited && { sequence }) };
  const told = withLeft(gone, [...leftAddressesOf(gone), left]);
  return { fact: 'mail.requested', ...news, row: alsoOwing(told, { mailKeys: [mailKey], now })?.row ?? told };
}

/** Of the moves that nobody was told of, the ledger names the last. */
const lessUntold = (row: Registration): Registration['deliveries'] =>
  Object.fromEntries(
    Object.entries(row.deliveries).filter(
      ([key, entry]) =>
        !(key.startsWith('address-moved@') && entry.startsWith('skipped') && entry.endsWith('|over-budget')),
    ),
  );
