import * as z from 'zod';
import type { Prediction } from '#shared/domain/predict.ts';

const Count = z.int().min(0);
export const Reasons = z.record(z.string(), Count);

/** How many people each outcome has. Nobody is left out, and nobody counted twice. */
export const PlanCounts = z
  .object({
    willBeSent: Count,
    sent: Count,
    waiting: Count,
    skipped: Reasons,
    failed: Count,
    held: Count,
    inDoubt: Count,
    notAddressed: Count,
  })
  .meta({ id: 'PlanCounts' });
export type PlanCounts = z.infer<typeof PlanCounts>;

const FIELDS = {
  'will-be-sent': 'willBeSent',
  sent: 'sent',
  merged: 'sent',
  waiting: 'waiting',
  failed: 'failed',
  held: 'held',
  'in-doubt': 'inDoubt',
  'not-addressed': 'notAddressed',
} as const;

/** Counts predictions one by one. */
export function planCounter() {
  const counts: PlanCounts = {
    willBeSent: 0,
    sent: 0,
    waiting: 0,
    skipped: {},
    failed: 0,
    held: 0,
    inDoubt: 0,
    notAddressed: 0,
  };
  const add = ({ outcome, reason = 'unknown' }: Prediction): void => {
    if (outcome === 'skipped') counts.skipped[reason] = (counts.skipped[reason] ?? 0) + 1;
    else counts[FIELDS[outcome]] += 1;
  };
  return { counts, add };
}

/** How many people a mail reaches, if nothing changes: those it waits for, too. */
export const reachOf = ({ willBeSent, waiting }: Pick<PlanCounts, 'willBeSent' | 'waiting'>): number =>
  willBeSent + waiting;
