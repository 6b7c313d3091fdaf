import * as z from 'zod';
import { RowFault } from './attendance-report.ts';
import type { Finding } from './match-attendance.ts';
import { minutesOf } from './stay.ts';

const Found = z.object({
  row: z.int().min(1),
  name: z.string().optional(),
  email: z.string().optional(),
  minutes: z.int().min(0),
});

/** The first of each kind of what an import found: enough to see whether it is right, however long the report is. */
export const ImportExcerpt = z.object({
  matched: z.array(Found.extend({ by: z.enum(['address', 'name']), registrationId: z.string() })),
  ambiguous: z.array(Found.extend({ registrationIds: z.array(z.string()) })),
  unknown: z.array(Found),
  faults: z.array(RowFault),
});
export type ImportExcerpt = z.infer<typeof ImportExcerpt>;

const MOST = 50;

/** Whoever was found by name only comes first: that is what there is to check. */
export function excerptOf(findings: readonly Finding[], faults: readonly RowFault[]): ImportExcerpt {
  const having = (outcome: Finding['outcome']) => findings.filter((each) => each.outcome === outcome);
  const matched = having('matched').toSorted((a, b) => Number(a.by === 'address') - Number(b.by === 'address'));
  return {
    matched: matched.slice(0, MOST).map((each) => {
      return { ...shown(each), by: each.by ?? 'address', registrationId: each.registrationIds[0] ?? '' };
    }),
    ambiguous: having('ambiguous')
      .slice(0, MOST)
      .map((each) => ({ ...shown(each), registrationIds: each.registrationIds.slice(0, MOST) })),
    unknown: having('unknown').slice(0, MOST).map(shown),
    faults: faults.slice(0, MOST),
  };
}

const shown = ({ attendee: { row, name, email, stays } }: Finding): z.infer<typeof Found> => ({
  row,
  ...(name !== undefined && { name }),
  ...(email !== undefined && { email }),
  minutes: minutesOf(stays),
});
