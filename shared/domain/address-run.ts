import { belongs } from './audience.ts';
import type { Campaign } from './campaign.ts';
import { readDelivery } from './delivery.ts';
import { MAIL_RULES, writeMailKey } from './mail-kinds.ts';
import type { Registration } from './registration.ts';
import type { Tally } from './run.ts';

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

/**
 * Whether the run addresses this person. Who has no entry and no business with the kind gets none: a run of reminders
 * says nothing about people who cancelled last week.
 */
export function standingIn(row: Registration, campaign: Campaign, occasion: string): RunStanding {
  const entry = row.deliveries[writeMailKey({ campaign: campaign.campaignId, occasion })];
  if (entry !== undefined) {
    const { state } = readDelivery(entry);
    return state === 'claimed' ? 'open' : SETTLED[state];
  }
  const { registrationIs } = MAIL_RULES[campaign.kind];
  const concerns = registrationIs === 'any' || registrationIs.includes(row.status);
  return concerns && belongs(row, campaign.audience) ? 'open' : 'not-addressed';
}
