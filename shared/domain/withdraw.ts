import { cancel, withChoices } from './change-registration.ts';
import { readDelivery } from './delivery.ts';
import { erase } from './erase.ts';
import type { Event } from './event.ts';
import { campaignOf, readMailKey } from './mail-key.ts';
import { isProved } from './proof.ts';
import type { Registration } from './registration.ts';
import { type Epoch, instantAt } from './time.ts';

/** What a ticket is about: the registration its form made, at the address that was typed. */
interface Mistyped {
  readonly event: Pick<Event, 'confirmAddress'>;
  readonly email: string;
  readonly now: Epoch;
}

/**
 * Takes back a registration that was made with a mistyped address: nothing is left of it, unless a mail may have told that
 * address of a place. Then it is cancelled without what was chosen on the form, which is somebody else's, and the address is
 * told so. Undefined of one that is not whose form it was any more: the address has proved itself, was left since, or the
 * place was given up and taken back.
 */
export function withdraw(
  row: Registration,
  { event, email, now }: Mistyped,
): ReturnType<typeof cancel> | ReturnType<typeof erase> {
  const isAsMade = row.email === email && row.addressRevision === 1 && row.admissions === 1;
  if (!isAsMade || row.status === 'cancelled' || isProved(row, event)) return undefined;
  return mayKnow(row) ? cancel(withChoices(row, undefined), instantAt(now)) : erase(row, now);
}

/** Whether somebody at that address may have been told of a place: to be asked to confirm it is no place. */
const mayKnow = ({ deliveries }: Registration): boolean =>
  Object.entries(deliveries).some(([key, entry]) => {
    const isAsking = readMailKey(key).campaign === campaignOf('confirm-address');
    return !isAsking && ['claimed', 'sent'].includes(readDelivery(entry).state);
  });
