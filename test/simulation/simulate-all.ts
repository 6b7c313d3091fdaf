import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { NOTHING, type Tally, together } from './tally.ts';

/** Seeds one worker takes at a time: enough to pay for its start. */
const BATCH = 250;

/** Lives through many histories, as many at once as the machine has cores. */
export async function simulateAll(seeds: readonly number[], threads = availableParallelism()): Promise<Tally> {
  const size = Math.min(BATCH, Math.ceil(seeds.length / threads));
  const batches: (readonly number[])[] = [];
  for (let start = 0; start < seeds.length; start += size) batches.push(seeds.slice(start, start + size));
  let tally = NOTHING;
  const work = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const theirs = await batchOf(batch);
      tally = together(tally, theirs);
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return { ...tally, broken: tally.broken.toSorted((a, b) => a.seed - b.seed) };
}

const batchOf = (seeds: readonly number[]): Promise<Tally> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./batch-worker.ts', import.meta.url), {
      workerData: seeds,
      // Histories are short-lived: room for them among the young spares half the collections.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => code !== 0 && reject(new Error(`A worker ended with ${code}`)));
  });

export const seedsFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, n) => first + n);
