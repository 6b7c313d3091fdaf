import { type Delivery, readDelivery, wasSent } from '#shared/domain/delivery.ts';
import { leftAddressesOf, leftAt } from '#shared/domain/left-address.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { type ReleaseNote, releasesOf } from '#shared/domain/release-note.ts';
import { instantAt } from '#shared/domain/time.ts';
import type { MailNames } from './mail-names.ts';
import { because } from './reason-words.ts';
import type { TimelineEntry } from './timeline-view.ts';

/** What happened to a person, in no order. What nobody noted the time of stands without one. */
export function pastOf(row: Registration, names: MailNames): TimelineEntry[] {
  const { registeredAt, confirmedAt, cancelledAt, muted, bounced } = row;
  const mails = Object.entries(row.deliveries).map(([key, entry]) => mailEntry(key, readDelivery(entry), names));
  const lastBounce = mails.filter(({ state }) => state === 'bounced').at(-1)?.at;
  return [
    { at: registeredAt, what: 'registered', note: 'Registered.' },
    ...(confirmedAt === undefined
      ? []
      : [{ at: instantAt(confirmedAt), what: 'confirmed' as const, note: 'Got a place.' }]),
    ...mails,
    ...releasesOf(row).map(([key, note]) => releaseEntry(key, note, names)),
    ...leftAddressesOf(row).map((address) => ({
      at: instantAt(leftAt(address)),
      what: 'address-left' as const,
      note: `Moved to another address, from ${address.email}.`,
    })),
    ...(row.objectedAt === undefined
      ? []
      : [{ at: instantAt(row.objectedAt), what: 'objected' as const, note: OBJECTED }]),
    ...(cancelledAt === undefined
      ? []
      : [
          {
            at: cancelledAt,
            what: 'cancelled' as const,
            note: row.cancelledQuietly ? QUIETLY : 'Gave up their place.',
          },
        ]),
    ...(muted ? [{ what: 'muted' as const, note: 'They want no optional mail about this event.' }] : []),
    ...(bounced
      ? [{ ...(lastBounce !== undefined && { at: lastBounce }), what: 'bounced' as const, note: REFUSED }]
      : []),
  ];
}

const QUIETLY = 'Cancelled by the organiser among others, without mail.';

const OBJECTED =
  'Somebody at an earlier address said that the move was not theirs. The address stays as it is until the objection is lifted.';

const REFUSED = 'Their mailbox refuses mail for good, so nothing more is sent to it.';

function mailEntry(key: string, delivery: Delivery, names: MailNames): TimelineEntry {
  const { state, epoch, attempt, reason } = delivery;
  return {
    at: instantAt(epoch),
    what: 'mail',
    ...names.named(key),
    state,
    attempts: attempt,
    ...(reason !== undefined && { reason }),
    note: `${names.inWords(key)} ${became(delivery, names)}${tries(delivery)}`,
  };
}

function releaseEntry(key: string, { at, was, reason, keyId }: ReleaseNote, names: MailNames): TimelineEntry {
  const whose = keyId === '' ? '' : ` with the API key ${keyId}`;
  const before = was === 'held' ? 'nobody knew whether it had arrived' : `it could not be sent${because(reason)}`;
  return {
    at: instantAt(at),
    what: 'released',
    ...names.named(key),
    reason,
    note: `${names.inWords(key)} was released by the organiser${whose}, to be sent again: ${before}.`,
  };
}

const tries = (delivery: Delivery): string =>
  wasSent(delivery) && delivery.attempt > 1 ? ` It took ${delivery.attempt} attempts.` : '';

function became({ state, reason }: Delivery, names: MailNames): string {
  switch (state) {
    case 'claimed':
      return 'is on its way; until the mail service has said so, nobody knows whether it arrived.';
    case 'sent':
      return 'was sent.';
    case 'delivered':
      return 'was delivered.';
    case 'bounced':
      return 'came back: the mailbox did not take it.';
    case 'complained':
      return 'was delivered, and reported as unwanted.';
    case 'failed':
      return `could not be sent${because(reason)}.`;
    case 'skipped':
      return `was not sent${because(reason)}.`;
    case 'merged':
      return `came along with ${reason === undefined ? 'another mail' : lowerFirst(names.inWords(reason))}.`;
    case 'held':
      return 'is held: nobody knows whether it arrived. Release its run to send it again, or to drop it.';
  }
}

export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
