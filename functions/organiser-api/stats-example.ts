import type * as z from 'zod';
import type { StatsView } from './stats-view.ts';

const counts = { open: 0, sent: 208, skipped: 3, failed: 0, held: 1 };

/** An event in numbers, as documented. */
export const statsExample = (): z.infer<typeof StatsView> => ({
  seats: { capacity: 300, taken: 212, waiting: 0 },
  survey: { responses: 87, opensAt: '2026-02-19T13:00:00Z', closesAt: '2026-03-05T13:00:00Z' },
  campaigns: [
    {
      campaignId: '2',
      kind: 'joining',
      runs: [{ runId: 's1', state: 'finished', firedAt: '2026-02-18T09:00:00Z', counts, progress: 1 }],
      totals: counts,
    },
  ],
});
