import { countsOf, type Run, type Tally } from './run.ts';

type Counts = Omit<Tally, 'pass'>;

/**
 * How many of those whom the latest walks met open the lanes have settled since, as far as they said. What they said before
 * this pass counts for shards that it has not walked through yet.
 */
export function settledSince(run: Pick<Run, 'pass' | 'shards' | 'settledInPass' | 'settledBefore'>): number {
  const { pass, shards, settledInPass, settledBefore = 0 } = run;
  const unwalked = Object.values(shards).filter((tally) => tally.pass !== pass);
  const before = Math.min(settledBefore, countsOf({ shards: unwalked }).open);
  return Math.min(countsOf({ shards }).open, before + settledInPass);
}

/**
 * A run's counts as of now: those of its latest walks, and what the lanes have settled since. Of the latter it is only known
 * how many there were and for how many SES was asked, until the next walk, a minute later at most, counts by outcome. Nobody
 * of a finished run is open: whoever is left, as its campaign is gone, was skipped.
 */
export function shownCounts(run: Run): Counts {
  const counts = countsOf(run);
  const settled = run.finishedAt === undefined ? settledSince(run) : counts.open;
  const called = Math.max(0, run.sentHint - counts.sent - counts.failed);
  const sent = Math.min(called, settledSince(run));
  return {
    ...counts,
    open: counts.open - settled,
    sent: counts.sent + sent,
    skipped: counts.skipped + settled - sent,
  };
}
