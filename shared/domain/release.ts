import { type Addressing, standingIn } from './address-run.ts';
import { becoming, readDelivery, writeDelivery } from './delivery.ts';
import { writeMailKey } from './mail-key.ts';
import { MAIL_RULES } from './mail-kinds.ts';
import type { Registration } from './registration.ts';
import { withReleaseNotes } from './release-note.ts';

/** What the organiser decides about mails that nobody knows the fate of. */
export const RELEASES = ['send', 'drop'] as const;
export type ReleaseAction = (typeof RELEASES)[number];

interface Released {
  readonly row: Registration;
  readonly outcome: 'owed' | 'dropped' | 'skipped';
}

/** Whether a run's mail to this person is held. */
export function isHeld({ deliveries }: Pick<Registration, 'deliveries'>, mailKey: string): boolean {
  const entry = deliveries[mailKey];
  return entry !== undefined && readDelivery(entry).state === 'held';
}

/**
 * The row once a held mail is released; undefined when it is not held. Sent again, its entry goes, so that the run finds
 * the person open; one whom the run no longer addresses is skipped with the reason, for no outcome is ever invisible.
 */
export function release(
  row: Registration,
  {
    action,
    keyId = '',
    ...addressing
  }: Addressing & { readonly action: ReleaseAction; readonly keyId?: string | undefined },
): Released | undefined {
  const { mailing, occasion, now } = addressing;
  const mailKey = writeMailKey({ campaign: mailing.campaignId, occasion });
  const { [mailKey]: entry, ...others } = row.deliveries;
  if (entry === undefined || !isHeld(row, mailKey)) return undefined;
  const skipped = (reason: string) => {
    const settled = writeDelivery(becoming(readDelivery(entry), { state: 'skipped', epoch: now, reason }));
    return { ...row, deliveries: { ...others, [mailKey]: settled } };
  };
  if (action === 'drop') return { row: skipped('dropped'), outcome: 'dropped' };
  const open: Registration = { ...row, deliveries: others };
  if (standingIn(open, addressing) === 'open') {
    const { reason = 'unknown' } = readDelivery(entry);
    return { row: withReleaseNotes(open, [[mailKey, { at: now, was: 'held', reason, keyId }]]), outcome: 'owed' };
  }
  const { registrationIs } = MAIL_RULES[mailing.kind];
  const isConcerned = registrationIs === 'any' || registrationIs.includes(row.status);
  return { row: skipped(isConcerned ? 'not-in-audience' : `registration-${row.status}`), outcome: 'skipped' };
}
