import { readDelivery } from './delivery.ts';
import { campaignOf, readMailKey } from './mail-key.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

/** What a proof is read off. */
type Proven = Pick<
  Registration,
  | 'provedAt'
  | 'deliveries'
  | 'status'
  | 'confirmBy'
  | 'confirmedAt'
  | 'edits'
  | 'muted'
  | 'openedAt'
  | 'joinedAt'
  | 'answeredSurvey'
>;

/** Of the event, whether it asks people to confirm their address. Left out where that is not known: it counts for nothing then. */
interface Asking {
  readonly confirmAddress: boolean;
}

/**
 * Whether the owner of the address a person has did something with it: they pressed a button behind a link that was mailed to
 * it, corrected a detail, or their mailbox took a mail. Until then all we know of it is what somebody typed. What is kept is
 * of the present address: a move forgets it. On rows of earlier versions, which say nothing of it, it is read off all that
 * only the owner can have brought about.
 */
export const isProved = (row: Proven, event?: Asking): boolean =>
  row.provedAt === undefined ? hasTraces(row, event) : row.provedAt > NOT_YET;

/** Of an address that a person was moved to: what is known of mail before says nothing about it. */
export const NOT_YET = 0;

function hasTraces(row: Proven, event: Asking | undefined): boolean {
  const { deliveries, edits = 0, muted, openedAt, joinedAt, answeredSurvey } = row;
  return (
    Object.entries(deliveries).some(([key, entry]) => arrived(key, entry)) ||
    edits > 0 ||
    [muted, openedAt, joinedAt, answeredSurvey].some((trace) => trace !== undefined) ||
    (event?.confirmAddress === true && wasConfirmed(row))
  );
}

/** Whether a mail arrived at the address they have: one that asks for a new address goes there. */
const arrived = (mailKey: string, entry: string): boolean =>
  readMailKey(mailKey).campaign !== campaignOf('new-address') &&
  ['delivered', 'complained'].includes(readDelivery(entry).state);

/** Whether an address that was to be confirmed was: a registration that lapsed waits for nothing any more, either. */
const wasConfirmed = ({ status, confirmBy, confirmedAt }: Proven): boolean =>
  confirmBy === undefined && (status !== 'cancelled' || confirmedAt !== undefined);

/**
 * The row once its address has proved itself, for the write in which that happens. It drops a new address that was wanted
 * before: of one asked by the owner the proof is older, so this one may have been asked by whoever filled in the form.
 */
export function prove(row: Registration, now: Epoch): Registration {
  if ((row.provedAt ?? NOT_YET) > NOT_YET) return row;
  const { newEmail: _, ...rest } = row;
  return { ...rest, provedAt: now };
}

/** A change that a press of the owner makes, with the proof that the press is: one write for both, and none where both are known. */
export const proving =
  <Change extends { readonly row: Registration }>(
    transition: (row: Registration) => Change | undefined,
    now: Epoch,
  ): ((row: Registration) => Change | { readonly row: Registration } | undefined) =>
  (row) => {
    const proved = prove(row, now);
    return transition(proved) ?? (isProved(row) ? undefined : { row: proved });
  };

/**
 * The address a person wants instead, if it was they who asked: undefined for one that an earlier version took from whoever
 * had filled in the form, once the address has proved itself, so that a link to confirm it is dead from then on.
 */
export const wantedAddress = (row: Proven & Pick<Registration, 'newEmail'>, event: Asking): string | undefined =>
  (row.provedAt ?? NOT_YET) > NOT_YET || !isProved(row, event) ? row.newEmail : undefined;
