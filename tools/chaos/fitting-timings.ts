import { stages } from '#infra/stages.ts';
import type { FaultSet } from './fault-sets.ts';

/** What `npm run chaos` shortens the stage's waits by, where the faults allow it. */
const USUAL = 30;
/** Seconds `send` waits for SES's answer. */
const ANSWER_WITHIN = 10;

/** Seconds between a claim and the end of the write that settles it, where each of these sets is at its slowest; 0 where none is slow. */
export function slowestSettling(sets: readonly FaultSet[]): number {
  const slowest = Math.max(0, ...sets.flatMap(({ aws }) => aws.map(({ latency }) => latency?.max ?? 0))) / 1000;
  return slowest === 0 ? 0 : ANSWER_WITHIN + slowest;
}

/** By how much the waits may be divided: a claim must not be doubted while its worker may still be settling it. */
export const mostDivided = (sets: readonly FaultSet[], grace = stages['local']?.timings.claimGrace ?? 0): number =>
  Math.max(1, Math.min(USUAL, Math.floor(grace / slowestSettling(sets))));
