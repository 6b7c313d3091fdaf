import { MOST_LINKS } from '#shared/domain/chains.ts';
import { MOST_RETURNS } from '#shared/domain/returns.ts';

/** How often each function has run in one chain of messages: Lambda counts so, by the trace header that travels along. */
export type Chain = ReadonlyMap<string, number>;

/** A chain that nobody has run in yet. */
export const NO_CHAIN: Chain = new Map();

/**
 * "Approximately 16 times" a function runs in one chain; then Lambda does not run it again, and the message joins the dead
 * letters of its queue. docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html, November 2026.
 */
export const MOST_RUNS = 16;

/** How often we promise that each runs in a chain (docs/adr/0024); once, unless named. */
const PROMISED: Readonly<Record<string, number>> = {
  now: MOST_RETURNS + 1,
  timed: MOST_RETURNS + 1,
  bulk: MOST_RETURNS + 1,
  // A plan, a start and a walk, all in one chain, and the walk goes on so often.
  campaigns: 1 + 1 + 1 + MOST_LINKS,
};
export const promisedRuns = (fn: string): number => PROMISED[fn] ?? 1;

/** The chain of a run that was begun by all of these messages: the longest, for each function. */
export function longestOf(chains: readonly Chain[]): Chain {
  const [first = NO_CHAIN, ...others] = chains;
  if (others.length === 0) return first;
  const longest = new Map(first);
  for (const chain of others) for (const [fn, runs] of chain) longest.set(fn, Math.max(runs, longest.get(fn) ?? 0));
  return longest;
}

/** The same, with one run more. */
export const withRun = (chain: Chain, fn: string): Chain => new Map(chain).set(fn, (chain.get(fn) ?? 0) + 1);
