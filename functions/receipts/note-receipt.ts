import { settledOwing } from '#shared/domain/change-registration.ts';
import { afterReceipt, readDelivery, writeDelivery } from '#shared/domain/delivery.ts';
import { readMailKey, writeMailKey } from '#shared/domain/mail-key.ts';
import { isProved, prove } from '#shared/domain/proof.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { type Epoch, epochOf } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { Brake } from './brake.ts';
import type { ReceiptMessage } from './receipt-message.ts';

interface Deps {
  readonly registrations: Pick<RegistrationStore, 'get' | 'revise'>;
  /** Told of each mail of a run that bounced for good. */
  readonly brake: Brake;
  readonly logger: Logger;
}

/**
 * Writes down what SES says became of a mail. Receipts come late, twice and in any order: they only raise what is known,
 * settle a doubt, and one that says nothing new costs a read. A permanent bounce or a complaint stops further mail, if it
 * is of the address the person has now; one that was delivered there, or complained about, is its proof.
 */
export const noteReceipt =
  ({ registrations, brake, logger }: Deps) =>
  async (receipt: ReceiptMessage): Promise<void> => {
    const { event: eventId, registration: registrationId, messageId } = receipt;
    const row = await registrations.get(eventId, registrationId);
    if (!row) return;
    const noted = await registrations.revise(row, (current) => {
      const next = after(current, receipt);
      return next === current ? undefined : { row: next };
    });
    if (noted === undefined || noted === row) return;
    logger.info('Noted a receipt', { eventId, registrationId, messageId, mail: mailKeyOf(receipt) });
    // As they were before it came: what a bounce says of a mailbox must not be its own excuse.
    if (isPermanentBounce(receipt))
      await brake({ eventId, campaignId: receipt.campaign, occasion: receipt.occasion }, row);
  };

const isPermanentBounce = ({ type, bounceType }: ReceiptMessage) => type === 'bounced' && bounceType === 'Permanent';

const mailKeyOf = ({ campaign, occasion }: ReceiptMessage) => writeMailKey({ campaign, occasion });

const isOfEarlierAddress = ({ addressRevision }: Registration, receipt: ReceiptMessage): boolean =>
  receipt.addressRevision > 0 && receipt.addressRevision < addressRevision;

/**
 * Whether an entry says nothing of the mail to that address: what was left behind with it, goes along to the present one, or
 * was claimed anew since, as a notice is that came back.
 */
function wentElsewhere(mailKey: string, entry: string | undefined, at: Epoch): boolean {
  if (entry === undefined) return true;
  const { state, epoch, toldAt = epoch } = readDelivery(entry);
  return ['skipped', 'merged'].includes(state) || (/^r\d+$/.test(readMailKey(mailKey).occasion) && toldAt > at);
}

function after(row: Registration, receipt: ReceiptMessage): Registration {
  const mailKey = mailKeyOf(receipt);
  const entry = row.deliveries[mailKey];
  if (isOfEarlierAddress(row, receipt) && wentElsewhere(mailKey, entry, epochOf(receipt.time))) return row;
  const news = { receipt: receipt.type, epoch: epochOf(receipt.time), attempt: receipt.attempt };
  const delivery = afterReceipt(entry === undefined ? undefined : readDelivery(entry), news);
  const known = delivery
    ? settledOwing({ ...row, deliveries: { ...row.deliveries, [mailKey]: writeDelivery(delivery) } }, mailKey)
    : row;
  const present = receipt.addressRevision === row.addressRevision;
  const final = receipt.type === 'complained' || isPermanentBounce(receipt);
  const stopped = final && present && !known.bounced ? { ...known, bounced: true } : known;
  // A proof goes along with the news it is, or is news itself.
  const proves = present && PROOFS.includes(receipt.type) && (stopped !== row || !isProved(row));
  return proves ? prove(stopped, news.epoch) : stopped;
}

/** What only a mailbox that is there, and that somebody may read, does with a mail. */
const PROOFS: readonly ReceiptMessage['type'][] = ['delivered', 'complained'];
