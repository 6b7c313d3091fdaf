import { parseArgs } from 'node:util';
import { Failure } from '../local/failure.ts';
import { wrongOption } from '../wrong-option.ts';
import { type FaultSet, faultSets } from './fault-sets.ts';
import { mostDivided, slowestSettling } from './fitting-timings.ts';

export interface ChaosOptions {
  readonly sets: readonly FaultSet[];
  /** Who register at each of the two events of a set. */
  readonly people: number;
  readonly timings: string;
  readonly help: boolean;
}

const MOST_PEOPLE = 1000;

/** What `npm run chaos -- --help` says. */
export const USAGE = `npm run chaos [-- options]      an AWS that fails between the functions and what they call, on this machine

  --set NAME          one set of faults, as often as there are to be several: ${faultSets()
    .map(({ name }) => name)
    .join(', ')}
  --people 60         how many register at each of two events of a set, ${MOST_PEOPLE} at most
  --timings 1/30      the waits of the stage (graces, sweeps) are shortened to that fraction; 1/1 leaves them as they are;
                      with slow faults less, so that no claim is doubted while its worker is at it
  --help              this text

The faults are in tools/chaos/faults.json, the proxy is pinned in requirements-chaos.txt and goes into .venv-chaos/.
It ends with 1 if anybody was lost, mailed twice or not at all, or if a seat was sold twice.
`;

/** Reads the command line; throws a sentence that names what it does not know. */
export function chaosOptions(args: readonly string[]): ChaosOptions {
  const { values } = readArgs(args);
  const known = faultSets();
  const sets = (values.set ?? known.map(({ name }) => name)).map((wanted) => {
    const found = known.find(({ name }) => name === wanted);
    if (!found) throw new Failure(`--set ${wanted}: there is ${known.map(({ name }) => name).join(', ')}.`);
    return found;
  });
  const people = Number(values.people ?? 60);
  if (!Number.isInteger(people) || people < 1 || people > MOST_PEOPLE)
    throw new Failure(`--people is "${values.people}", but it must be a whole number from 1 to ${MOST_PEOPLE}.`);
  return { sets, people, timings: fitting(values.timings, sets), help: values.help ?? false };
}

/** As wished, or as short as these sets allow. */
function fitting(wished: string | undefined, sets: readonly FaultSet[]): string {
  const most = mostDivided(sets);
  const timings = wished ?? `1/${most}`;
  const divisor = Number(/^1\/([1-9]\d{0,2})$/.exec(timings)?.[1]);
  if (!divisor) throw new Failure(`--timings is "${timings}", but it must be a fraction such as 1/30.`);
  if (divisor > most)
    throw new Failure(
      `--timings ${timings} is too short for these faults: settling a mail takes up to ${slowestSettling(sets)} s, and its claim would be doubted before; 1/${most} is the shortest.`,
    );
  return timings;
}

const readArgs = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        set: { type: 'string', multiple: true },
        people: { type: 'string' },
        timings: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw wrongOption(error, 'npm run chaos');
  }
};
