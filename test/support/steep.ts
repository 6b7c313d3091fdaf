import type { PublicInput } from './public-inputs.ts';

/*
 * What it costs to be sent a text grows as the text does, up to the most that anybody can send: whoever sends four times as much has
 * four times the work done, not sixteen. Sizes are compared side by side on the same machine, in the same moment, the best of several
 * tries, and with much room; what is quick at its largest needs no comparing.
 */

/** Milliseconds: what a public input may cost, and what a clock of coarse ticks and a collection of garbage add to one reading. */
const QUICK = 50;
const ROOM = 60;
/** Linear is 4, the square is 16. */
const TIMES = 9;

/** Milliseconds of this thread's own time: what others do on the same machine is none of it. */
async function best(tries: number, { send }: Costly, bytes: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < tries && least > 1; n++) {
    const before = process.threadCpuUsage();
    await send(bytes);
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

type Costly = Pick<PublicInput, 'what' | 'most'> & { readonly send: (bytes: number) => unknown };

/** What costs more than it should, with how much. */
export async function steep(inputs: readonly Costly[]): Promise<string[]> {
  const found: string[] = [];
  for (const input of inputs) {
    const { what, most } = input;
    if ((await best(1, input, most)) <= QUICK) continue;
    const [quarter, all] = [await best(5, input, most / 4), await best(5, input, most)];
    if (all > TIMES * quarter + ROOM)
      found.push(`${what}: ${quarter.toFixed(1)} ms, four times as much ${all.toFixed(1)} ms`);
  }
  return found;
}
