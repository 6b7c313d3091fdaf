import { ERASE_DUE, type Registration, SEAT_DUE } from './registration.ts';
import type { Epoch } from './time.ts';

/** Whoever was erased: no name, no address, no links. */
const NOBODY = { name: 'Erased', email: 'erased@invalid', linkSeed: 'no links' };

/**
 * The tombstone of a person: nothing of them is left on it but ids, the hash that frees their address, and the seat that
 * `admit` has to give on. It comes first, so that nobody is mailed from then on and no other write brings anything back;
 * then every other trace goes, and it goes last. It is listed as owed until then. Undefined of who is erased already.
 */
export function erase(row: Registration, now: Epoch): { row: Registration; fact: 'registration.erased' } | undefined {
  if (row.erased) return undefined;
  const { eventId, registrationId, registeredAt, admissions, addressRevision, sequence, seat, addressHash } = row;
  return {
    row: {
      ...NOBODY,
      eventId,
      registrationId,
      registeredAt,
      admissions,
      addressRevision,
      sequence,
      status: 'cancelled',
      erased: true,
      ...(seat !== undefined && { seat }),
      ...(addressHash !== undefined && { addressHash }),
      deliveries: {},
      greetDue: new Set([ERASE_DUE, ...(seat === undefined ? [] : [SEAT_DUE])]),
      greetDueAt: now,
    },
    fact: 'registration.erased',
  };
}
