import { belongs } from './audience.ts';
import { mayComeBack } from './bring-joining.ts';
import { isUnsorted } from './chosen-audience.ts';
import { readDelivery } from './delivery.ts';
import type { Event } from './event.ts';
import { writeMailKey } from './mail-key.ts';
import { isNoticeKind, MAIL_RULES } from './mail-kinds.ts';
import type { Mailing } from './mailing.ts';
import type { Registration } from './registration.ts';
import type { Tally } from './run.ts';
import type { Epoch } from './time.ts';
import { knowsSchedule } from './told.ts';

/** Where a person stands with a run: none of its business, still open, or settled and how. */
export type RunStanding = 'not-addressed' | 'open' | keyof Omit<Tally, 'pass' | 'open'>;

const SETTLED = {
  sent: 'sent',
  delivered: 'sent',
  bounced: 'sent',
  complained: 'sent',
  merged: 'sent',
  skipped: 'skipped',
  failed: 'failed',
  held: 'held',
} as const;

/** A run's mail, and the event as it is. */
export interface Addressing {
  readonly event: Event;
  readonly mailing: Mailing;
  readonly occasion: string;
  readonly now: Epoch;
}

/**
 * Whether the run addresses this person. Who has no entry and no business with the kind gets none: a run of reminders
 * says nothing about people who cancelled last week, and a notice nothing to those who know.
 */
export function standingIn(row: Registration, { event, mailing, occasion, now }: Addressing): RunStanding {
  const { campaignId: campaign, kind, audience } = mailing;
  const mailKey = writeMailKey({ campaign, occasion });
  const entry = row.deliveries[mailKey];
  if (entry !== undefined) {
    const known = readDelivery(entry);
    return known.state === 'claimed' || mayComeBack(row, known) ? 'open' : SETTLED[known.state];
  }
  // What a person is owed by itself is no business of the run.
  if (row.erased || row.greetDue?.has(mailKey)) return 'not-addressed';
  const { registrationIs } = MAIL_RULES[kind];
  const concerns = registrationIs === 'any' || registrationIs.includes(row.status);
  if (!concerns) return 'not-addressed';
  // Who may yet turn out to be meant is not settled.
  if (isUnsorted(row, audience, event)) return 'open';
  if (audience && !belongs(row, audience, { event, now })) return 'not-addressed';
  return isNoticeKind(kind) && knowsSchedule(event, row) === 'yes' ? 'not-addressed' : 'open';
}
