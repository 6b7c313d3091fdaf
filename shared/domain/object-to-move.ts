import { alsoOwing, type Changed } from './change-registration.ts';
import { leftAddressesOf, mayObject, withLeft } from './left-address.ts';
import { campaignOf, requestOccasion, writeMailKey } from './mail-key.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

interface Objection {
  /** Of the mail that told the address, by which it is known. */
  readonly occasion: string;
  readonly now: Epoch;
  /** Six random characters, for the name of the mail to the present address. */
  readonly chance: string;
}

/**
 * Somebody at an address that was left says that the move was not theirs. Nothing moves back: no address is changed any
 * more until the organiser decides, a change that waits to be confirmed is off, and the present address is told. Undefined
 * where they have objected already, or may no longer.
 */
export function objectToMove(row: Registration, { occasion, now, chance }: Objection): Changed | undefined {
  const addresses = leftAddressesOf(row);
  const theirs = addresses.find((address) => address.occasion === occasion);
  if (!theirs || theirs.objected || !mayObject(theirs, now)) return undefined;
  const { newEmail: _, ...kept } = row;
  const objected = withLeft(
    { ...kept, objectedAt: row.objectedAt ?? now },
    addresses.map((address) => (address === theirs ? { ...address, objected: true } : address)),
  );
  const mailKey = writeMailKey({ campaign: campaignOf('move-objected'), occasion: requestOccasion(now, chance) });
  return { row: alsoOwing(objected, { mailKeys: [mailKey], now })?.row ?? objected, fact: 'mail.requested' };
}

/** The organiser has decided: the address may change again, and those who objected have been heard. Undefined where nobody has. */
export function liftObjection(row: Registration): Changed | undefined {
  const { objectedAt, ...rest } = row;
  if (objectedAt === undefined) return undefined;
  return {
    row: withLeft(
      rest,
      leftAddressesOf(row).filter(({ objected }) => !objected),
    ),
  };
}
