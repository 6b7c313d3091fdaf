import { alsoOwing } from './change-registration.ts';
import { readDelivery } from './delivery.ts';
import type { Event } from './event.ts';
import { ORGANISER_ID } from './ids.ts';
import { campaignOf, isSameObjection, readMailKey, requestedAt, writeMailKey } from './mail-key.ts';
import type { OrganiserKind } from './mail-kinds.ts';
import { isMailDue, type Registration } from './registration.ts';
import { type Epoch, instantAt } from './time.ts';

/**
 * Mail to the organiser is kept on a row of its own, shaped like a registration: so claims, receipts, doubts and what is
 * owed are theirs as they are everybody's. It lies beside the event, where no walk over its people goes.
 */
export const organiserRow = (
  { eventId, organiser }: Pick<Event, 'eventId' | 'organiser'>,
  now: Epoch,
): Registration => ({
  eventId,
  registrationId: ORGANISER_ID,
  name: organiser.name,
  email: organiser.email,
  linkSeed: 'no links',
  status: 'confirmed',
  registeredAt: instantAt(now),
  admissions: 1,
  addressRevision: 1,
  sequence: 0,
  deliveries: {},
});

/** Whether the organiser was told of this objection, or is owed to be. */
export const isAlerted = ({ greetDue, deliveries }: Registration, objection: string): boolean =>
  [...(greetDue ?? []), ...Object.keys(deliveries)]
    .filter(isMailDue)
    .map(readMailKey)
    .some(({ campaign, occasion }) => campaign === campaignOf('alert') && isSameObjection(occasion, objection));

const KEPT = 30 * 24 * 3600;

/** The row with a mail owed to the organiser as they are now; undefined where it is owed or sent already. */
export function oweOrganiser(
  row: Registration,
  { event, kind, occasion, now }: { event: Event; kind: OrganiserKind; occasion: string; now: Epoch },
): { row: Registration; fact: 'mail.requested' } | undefined {
  const mailKey = writeMailKey({ campaign: campaignOf(kind), occasion });
  const { name, email } = event.organiser;
  const { bounced, ...kept } = row;
  const moved = { ...kept, name, email, addressRevision: row.addressRevision + 1 };
  const present = row.email === email ? row : kind === 'prove-organiser' ? withoutMail(moved) : moved;
  const owing = alsoOwing({ ...present, deliveries: recent(present.deliveries, now) }, { mailKeys: [mailKey], now });
  return owing && { row: { ...owing.row, greetDueAt: now }, fact: 'mail.requested' };
}

/** Nothing that was to go to the address before goes, now or when it is released, to one that nobody has said is theirs. */
const withoutMail = ({ greetDue: _, greetDueAt: __, ...row }: Registration): Registration => ({
  ...row,
  deliveries: Object.fromEntries(
    Object.entries(row.deliveries).filter(([, entry]) => readDelivery(entry).state === 'claimed'),
  ),
});

/** Without what was settled long ago: tests add up. */
const recent = (deliveries: Registration['deliveries'], now: Epoch): Registration['deliveries'] =>
  Object.fromEntries(
    Object.entries(deliveries).filter(([key, entry]) => {
      const isOld = requestedAt(key.split('@')[1] ?? '') < now - KEPT;
      return !isOld || readDelivery(entry).state === 'claimed';
    }),
  );
