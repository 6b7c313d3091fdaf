import * as z from 'zod';
import { type Changed, owing } from './change-registration.ts';
import { erase } from './erase.ts';
import type { Event } from './event.ts';
import { automaticKindOf, readMailKey } from './mail-key.ts';
import { isOfPattern, NamePattern } from './name-pattern.ts';
import { isProved } from './proof.ts';
import { isMailDue, type Registration, SEAT_DUE } from './registration.ts';
import { type Epoch, epochOf, instantAt } from './time.ts';

const Only = z.literal(true, { error: 'Say true, or leave it out' }).optional();
const Instant = z.iso.datetime({ error: 'Enter an instant like 2026-02-18T09:00:00Z' }).optional();

/** Whom a removal means: whoever is all of this. */
export const RemovalFilter = z
  .strictObject({
    bounced: Only,
    neverDelivered: Only,
    name: NamePattern.optional(),
    registeredAfter: Instant,
    registeredBefore: Instant,
  })
  .refine((filter) => Object.values(filter).some((each) => each !== undefined), {
    error:
      'Say whom you mean: bounced, neverDelivered, name, registeredAfter or registeredBefore. Without any it would be everybody',
  })
  .meta({ id: 'RemovalFilter' });

/** What is to be done, without mail, with everybody whom the filter means. */
export const Removal = z
  .strictObject({
    action: z.enum(['cancel', 'erase'], { error: 'Choose one of cancel, erase' }),
    filter: RemovalFilter,
  })
  .meta({ id: 'Removal' });
export type Removal = z.infer<typeof Removal>;

/** Somebody as they were previewed: whoever came back or moved their address since has another admission. */
export const Meant = z.object({ registrationId: z.string(), admissions: z.int().min(1) });
export type Meant = z.infer<typeof Meant>;

/** A first mail may be on its way for so long, seconds: until then nobody is said never to have got one. */
const ON_ITS_WAY = 3600;

interface Around {
  readonly event: Pick<Event, 'confirmAddress'>;
  readonly now: Epoch;
}

/** Whether the removal means this person, as things stand now. Whoever is cancelled is not cancelled again. */
export function isMeant(row: Registration, { action, filter }: Removal, { event, now }: Around): boolean {
  const { bounced, neverDelivered, name, registeredAfter, registeredBefore } = filter;
  const registered = epochOf(row.registeredAt);
  return (
    !row.erased &&
    (action === 'erase' || row.status !== 'cancelled') &&
    (!bounced || row.bounced === true) &&
    (!neverDelivered || (!isProved(row, event) && now - registered >= ON_ITS_WAY)) &&
    (name === undefined || isOfPattern(row.name, name)) &&
    (registeredAfter === undefined || registered > Date.parse(registeredAfter) / 1000) &&
    (registeredBefore === undefined || registered < Date.parse(registeredBefore) / 1000)
  );
}

/** The row with the person cancelled or erased, and nobody mailed. Undefined where it is not theirs any more, or means them no more. */
export const removing =
  (removal: Removal, { admissions }: Pick<Meant, 'admissions'>, around: Around) =>
  (row: Registration) => {
    if (row.admissions !== admissions || !isMeant(row, removal, around)) return undefined;
    return removal.action === 'erase' ? erase(row, around.now) : cancelQuietly(row, around.now);
  };

/** Whether whoever was previewed has no place any more, whoever saw to that. */
export const isRemoved = (row: Registration | undefined, { action }: Removal, { admissions }: Meant): boolean =>
  !row || row.erased === true || (action === 'cancel' && row.status === 'cancelled' && row.admissions === admissions);

/**
 * The person loses their place and is not told. What was owed to them and nobody has begun to send is not owed any more: but
 * what an address they left is told is its owner's. A seat is given on as ever.
 */
function cancelQuietly(
  row: Registration,
  now: Epoch,
): Changed & { readonly restsOn: readonly [readonly ['deliveries']] } {
  const { confirmBy: _, greetDue, greetDueAt, mailAfter: __, ...kept } = row;
  const stays = [...(greetDue ?? [])].filter(
    (key) => !isMailDue(key) || row.deliveries[key] !== undefined || isTold(key),
  );
  const cancelled: Registration = { ...kept, status: 'cancelled', cancelledAt: instantAt(now), cancelledQuietly: true };
  const owed = [...new Set([...stays, ...(row.seat === undefined ? [] : [SEAT_DUE])])];
  const due = stays.some(isMailDue) ? Math.min(greetDueAt ?? now, now) : now;
  return {
    row: owed.length === 0 ? cancelled : owing(cancelled, owed, due),
    fact: 'registration.cancelled',
    restsOn: [['deliveries']],
  };
}

const isTold = (key: string): boolean => automaticKindOf(readMailKey(key).campaign) === 'address-moved';
