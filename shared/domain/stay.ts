import * as z from 'zod';

/** One stay of somebody at an event, as a report tells it: how long, and between which epoch seconds if it tells that. */
export const Stay = z.object({
  seconds: z.number().min(0),
  from: z.number().optional(),
  until: z.number().optional(),
});
export type Stay = z.infer<typeof Stay>;

/**
 * How long somebody was there in all, in whole minutes. Stays are added up; what overlaps, such as a phone beside a
 * laptop, counts once. Where no times are told nobody can know, and the stays count as one after the other.
 */
export function minutesOf(stays: readonly Stay[]): number {
  const told = stays.reduce((sum, { seconds }) => sum + seconds, 0);
  const longest = stays.reduce((most, { seconds }) => Math.max(most, seconds), 0);
  return Math.round(Math.max(longest, told - secondsTwice(stays)) / 60);
}

/** How many of the seconds between the first coming and the last leaving are in more than one stay, once for each. */
function secondsTwice(stays: readonly Stay[]): number {
  const timed = stays
    .flatMap(({ from, until }) => (from === undefined || until === undefined ? [] : [{ from, until }]))
    .sort((a, b) => a.from - b.from);
  let twice = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, until } of timed) {
    twice += Math.max(0, Math.min(until, covered) - from);
    covered = Math.max(covered, until);
  }
  return twice;
}
