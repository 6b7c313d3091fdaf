import { parseArgs } from 'node:util';
import { Failure } from '#tools/local/failure.ts';
import { wrongOption } from '#tools/wrong-option.ts';

/** What `npm run simulate -- --help` says. */
export const USAGE = `npm run simulate -- [--from <seed>] [--seeds <n> | --hours <h>] [--summary <file>]      histories on simulated AWS

  --seeds <n>        so many of them; 2,000, if nothing is said, after those that once broke a promise
  --hours <h>        as many as there is time for, with a line a minute; Ctrl-C ends it early, with all it has found
  --from <seed>      the first of them: 1, and with --hours one that the present day begins with
  --summary <file>   writes what was found to the end of this file too, in Markdown
  SEED=<seed> npm run simulate      one of them, told step by step

Ends with 1 where a promise was broken, or a fault never struck in 2,000 histories and more.
`;

/** The histories to live through. */
export type Plan = { readonly from: number } & ({ readonly seeds: number } | { readonly hours: number });

export type SimulateOptions =
  | { readonly do: 'help' }
  | { readonly do: 'one'; readonly seed: number }
  | { readonly do: 'many'; readonly plan: Plan; readonly summary: string | undefined };

const BEYOND = 10_000_000;
/** Nobody waits a week for a simulation. */
const MOST_HOURS = 168;

/** The first seed of a long run: each day has its own ten million, which begin with its date. */
export const firstOf = (now: Date): number => Number(now.toISOString().slice(0, 10).replaceAll('-', '')) * BEYOND + 1;

/** Reads the command line and `SEED`; throws a sentence that says what is wrong. */
export function simulateOptions(
  args: readonly string[],
  { SEED, now }: { SEED: string | undefined; now: Date },
): SimulateOptions {
  const { help, hours, seeds, from, summary } = readArgs(args);
  if (help) return { do: 'help' };
  if (SEED !== undefined) return { do: 'one', seed: whole('SEED', SEED) };
  if (hours !== undefined && seeds !== undefined) throw new Failure('Say --seeds or --hours, not both.');
  if (hours !== undefined) {
    const first = from === undefined ? firstOf(now) : whole('--from', from);
    return { do: 'many', plan: { from: first, hours: hoursIn(hours) }, summary };
  }
  return {
    do: 'many',
    plan: { from: whole('--from', from ?? '1'), seeds: whole('--seeds', seeds ?? '2000') },
    summary,
  };
}

function whole(name: string, text: string): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (number < 1) throw new Failure(`${name} is a whole number from 1 on, not “${text}”.`);
  return number;
}

function hoursIn(text: string): number {
  const hours = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (hours <= 0 || hours > MOST_HOURS) throw new Failure(`--hours is a number up to ${MOST_HOURS}, not “${text}”.`);
  return hours;
}

function readArgs(args: readonly string[]) {
  const option = { type: 'string' } as const;
  try {
    const options = { help: { type: 'boolean' }, hours: option, seeds: option, from: option, summary: option } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw wrongOption(error, 'npm run simulate');
  }
}
