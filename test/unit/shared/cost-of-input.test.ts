import { describe, expect, test } from 'vitest';
import {
  apiInputs,
  apiRoutes,
  fileInputs,
  type PublicInput,
  SITE_ROUTES,
  siteInputs,
} from '#test/support/public-inputs.ts';

/*
 * What it costs to be sent a text grows as the text does, up to the most that anybody can send: whoever sends four times as much has
 * four times the work done, not sixteen. Sizes are compared side by side on the same machine, in the same moment, the best of several
 * tries, and with much room; what is quick at its largest needs no comparing.
 */

/** It is work to do it all: a machine that is busy with other things takes its time. */
const WAIT = { timeout: 300_000 };

/** Milliseconds. */
const QUICK = 20;
const ROOM = 20;
/** Linear is 4, the square is 16. */
const TIMES = 9;

/** Milliseconds of this thread's own time: what others do on the same machine is none of it. */
async function best(tries: number, input: PublicInput, bytes: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < tries && least > 1; n++) {
    const before = process.threadCpuUsage();
    await input.send(bytes);
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** What costs more than it should, with how much. */
async function steep(inputs: readonly PublicInput[]): Promise<string[]> {
  const found: string[] = [];
  for (const input of inputs) {
    const { what, most } = input;
    if ((await best(1, input, most)) <= QUICK) continue;
    const [quarter, all] = [await best(5, input, most / 4), await best(3, input, most)];
    if (all > TIMES * quarter + ROOM)
      found.push(`${what}: ${quarter.toFixed(1)} ms, four times as much ${all.toFixed(1)} ms`);
  }
  return found;
}

describe.each(SITE_ROUTES)('%s', (route) => {
  test('whatever anybody sends costs as much as it is long', WAIT, async () => {
    const inputs = await siteInputs(route);
    expect(inputs.length).toBeGreaterThan(30);
    expect(await steep(inputs)).toEqual([]);
  });
});

describe.each(await apiRoutes())('$method $path', (route) => {
  test('whatever the holder of a key sends costs as much as it is long', WAIT, async () => {
    const inputs = await apiInputs(route);
    expect(inputs.length).toBeGreaterThan(15);
    expect(await steep(inputs)).toEqual([]);
  });
});

test('a report that an organiser uploads costs as much as it is long, whatever its cells hold', WAIT, async () => {
  expect(await steep(fileInputs())).toEqual([]);
});

test('of what costs the square of its length, this says so', WAIT, async () => {
  let work = 0;
  const square = async (bytes: number) => {
    for (let n = 0; n < bytes * bytes; n++) work += n;
  };
  const straight = async (bytes: number) => {
    for (let n = 0; n < bytes * 10_000; n++) work += n;
  };
  const inputs = [
    { what: 'square', most: 8000, send: square },
    { what: 'straight', most: 8000, send: straight },
  ];
  expect(await steep(inputs)).toEqual([expect.stringContaining('square')]);
  expect(work).toBeGreaterThan(0);
});
