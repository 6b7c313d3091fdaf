import { type Changed, cancel, withChoices } from './change-registration.ts';
import { readDelivery } from './delivery.ts';
import { erase } from './erase.ts';
import type { Event } from './event.ts';
import { campaignOf, readMailKey } from './mail-key.ts';
import { isProved } from './proof.ts';
import type { Registration } from './registration.ts';
import { type Epoch, epochOf, instantAt } from './time.ts';

/** What a ticket is about: the registration its form made, at the address that was typed. */
interface Mistyped {
  readonly event: Pick<Event, 'confirmAddress'>;
  readonly email: string;
  readonly now: Epoch;
}

/**
 * Takes back a registration that was made with a mistyped address: nothing is left of it, unless a mail may have told that
 * address of a place. Then it is cancelled without what was chosen on the form, which is somebody else's, and the address is
 * told so. Undefined of one that is not whose form it was any more: the address has proved itself, was left since, the place
 * was given up and taken back, or somebody sent the form or asked for the link of that address as well. It rests on what was
 * mailed and asked until the very write.
 */
export function withdraw(
  row: Registration,
  { event, email, now }: Mistyped,
): ((Changed | NonNullable<ReturnType<typeof erase>>) & { readonly restsOn: typeof GROUNDS }) | undefined {
  if (row.email !== email || !isAsMade(row, event)) return undefined;
  const gone = mayKnow(row) ? cancel(withChoices(row, undefined), instantAt(now)) : erase(row, now);
  return gone && { ...gone, restsOn: GROUNDS };
}

const GROUNDS = [['deliveries'], ['remindedAt']] as const;

/**
 * The row once the form was sent for its address again: who typed it first cannot take it back any more, for it may be
 * another's by now, who was told that it is stored. Noted as of when it was made, so that no reminder is put off by it.
 * Undefined where they cannot anyway: it costs one write at most.
 */
export const keepFor = (row: Registration, event: Mistyped['event']): Changed | undefined =>
  isAsMade(row, event) ? { row: { ...row, remindedAt: epochOf(row.registeredAt) } } : undefined;

/** Whether a registration is as its form made it, and nothing shows that anybody else wants it. */
const isAsMade = (row: Registration, event: Mistyped['event']): boolean =>
  row.addressRevision === 1 &&
  row.admissions === 1 &&
  row.status !== 'cancelled' &&
  row.remindedAt === undefined &&
  !isProved(row, event);

/** Whether somebody at that address may have been told of a place: to be asked to confirm it is no place. */
const mayKnow = ({ deliveries }: Registration): boolean =>
  Object.entries(deliveries).some(([key, entry]) => {
    const isAsking = readMailKey(key).campaign === campaignOf('confirm-address');
    return !isAsking && ['claimed', 'sent'].includes(readDelivery(entry).state);
  });
