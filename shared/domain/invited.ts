import { type Delivery, readDelivery } from './delivery.ts';
import { automaticKindOf, readMailKey } from './mail-key.ts';
import { MAIL_RULES } from './mail-kinds.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

type Invited = Pick<Registration, 'deliveries' | 'confirmedAt' | 'hereSince'>;

/** A mail that puts the event into somebody's calendar, with what became of it. */
interface Invitation extends Delivery {
  /** Of a confirmation: the admission it was sent for. */
  readonly admission?: number;
  readonly claimedAt: Epoch;
}

/**
 * The mails of a person that put the event into their calendar: confirmations, and notices of a change that were claimed
 * when they had a place. Who waits for one gets no calendar part.
 */
const invitations = ({ deliveries, confirmedAt = Number.POSITIVE_INFINITY }: Invited): Invitation[] =>
  Object.entries(deliveries).flatMap(([mailKey, entry]) => {
    const { campaign, occasion } = readMailKey(mailKey);
    const kind = automaticKindOf(campaign);
    if (kind === undefined || MAIL_RULES[kind].calendar !== 'REQUEST') return [];
    const delivery = readDelivery(entry);
    const claimedAt = delivery.toldAt ?? delivery.epoch;
    if (kind === 'confirmation') return [{ ...delivery, claimedAt, admission: Number(occasion.slice(1)) }];
    return claimedAt > confirmedAt ? [{ ...delivery, claimedAt }] : [];
  });

/** Whether nobody knows yet if the event is in this person's calendar: a CANCEL must not come before its REQUEST. */
export const invitationInDoubt = (registration: Invited, claimedBy: Epoch = Number.POSITIVE_INFINITY): boolean =>
  invitations(registration).some(({ state, claimedAt }) => state === 'claimed' && claimedAt <= claimedBy);

/** Whether the event is in this person's calendar by a mail of ours. */
export const wasInvited = (registration: Invited): boolean =>
  invitations(registration).some(({ state }) => state === 'sent' || state === 'delivered');

const MAY_HAVE_IT: readonly Delivery['state'][] = ['claimed', 'sent', 'delivered', 'complained'];

/** Whether the event may be in the calendar of the very address this person has now, and not only of one before. */
export const wasInvitedHere = (registration: Invited): boolean => {
  const [admissions = 0, at = 0] = (registration.hereSince ?? '0.0').split('.').map(Number);
  return invitations(registration).some(
    ({ state, admission, claimedAt }) =>
      MAY_HAVE_IT.includes(state) && (admission === undefined ? claimedAt >= at : admission >= admissions),
  );
};
