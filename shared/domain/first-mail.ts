import type { Campaign } from './campaign.ts';
import type { Decision } from './decision.ts';
import { readDelivery, wasSent } from './delivery.ts';
import { admissionOccasion, campaignOf, writeMailKey } from './mail-key.ts';
import { isProved } from './proof.ts';
import type { Registration } from './registration.ts';

/*
 * Anybody can type an address into the public form, and as many spellings of it as they like. The first mail about a place
 * is kept to the budget of its mailbox; whatever is sent to many follows it, so that it is kept to it, too.
 */

/** How it stands with the first mail about the place a person has now: `none` where there was a reason of its own for none. */
export type FirstMail = 'went' | 'owed' | 'dropped' | 'none';

/** Reads it off the row. One under way is owed still: nobody knows yet. */
export function firstMailOf({
  admissions,
  deliveries,
  greetDue,
  overBudget,
}: Pick<Registration, 'admissions' | 'deliveries' | 'greetDue' | 'overBudget'>): FirstMail {
  const occasion = admissionOccasion(admissions);
  const keys = (['confirmation', 'waitlist'] as const).map((kind) =>
    writeMailKey({ campaign: campaignOf(kind), occasion }),
  );
  if (keys.some((key) => isSent(deliveries[key]))) return 'went';
  if (overBudget !== undefined) return 'dropped';
  return keys.some((key) => greetDue?.has(key)) ? 'owed' : 'none';
}

const isSent = (entry: string | undefined): boolean => entry !== undefined && wasSent(readDelivery(entry));

/**
 * Whether somebody answers for the address, so that no first mail is waited for: the organiser, who brought the person in
 * or has the event send no confirmations; or, on a row of an earlier version, any mail that went.
 */
const isVouchedFor = (
  { source, deliveries }: Registration,
  confirmation: Pick<Campaign, 'state'> | undefined,
): boolean =>
  source === 'organiser' ||
  confirmation?.state !== 'active' ||
  (source === undefined && Object.values(deliveries).some(isSent));

/** Why a mail that many get is not for this person, or not yet; undefined where nothing speaks against it. */
export function beforeFirstMail(
  registration: Registration,
  confirmation: Pick<Campaign, 'state'> | undefined,
): Extract<Decision, { do: 'skip' | 'wait' }> | undefined {
  const first = isVouchedFor(registration, confirmation) ? 'went' : firstMailOf(registration);
  // Whoever answered for their address themselves is no stranger's victim: they are told what everybody is told.
  if (first === 'dropped' && !isProved(registration)) return { do: 'skip', reason: 'first-mail-dropped' };
  if (registration.beyondCap) return { do: 'skip', reason: 'mailbox-full' };
  return first === 'owed' ? { do: 'wait', for: 'first-mail' } : undefined;
}
