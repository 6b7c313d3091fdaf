import { type Changed, settledOwing } from './change-registration.ts';
import { isSettled, readDelivery } from './delivery.ts';
import { leftAddressesOf, mayObject, OBJECT_WITHIN, withLeft } from './left-address.ts';
import { readMailKey, requestedAt } from './mail-key.ts';
import { isMailDue, type Registration } from './registration.ts';
import type { Epoch } from './time.ts';

const ABOUT_MOVES = ['address-moved', 'move-objected'];

/**
 * The row without the addresses that were left too long ago for anybody to object, and without what became of the mails
 * about those moves: the ledger would grow with each. A mail that nobody knows the fate of stays until that is known.
 * Undefined where there is none.
 */
export function forgetLeft(row: Registration, now: Epoch): Changed | undefined {
  const kept = leftAddressesOf(row).filter((address) => mayObject(address, now));
  const isOld = (mailKey: string): boolean => {
    const { campaign, occasion } = readMailKey(mailKey);
    return ABOUT_MOVES.includes(campaign) && requestedAt(occasion) + OBJECT_WITHIN <= now;
  };
  const entries = Object.entries(row.deliveries);
  const ledger = entries.filter(([key, entry]) => !isOld(key) || !isSettled(readDelivery(entry)));
  const overdue = [...(row.greetDue ?? [])].filter((key) => isMailDue(key) && isOld(key) && !row.deliveries[key]);
  const isSame = kept.length === leftAddressesOf(row).length && ledger.length === entries.length;
  if (isSame && overdue.length === 0) return undefined;
  return { row: settledOwing(withLeft({ ...row, deliveries: Object.fromEntries(ledger) }, kept), ...overdue) };
}
