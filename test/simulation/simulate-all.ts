import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { NOTHING, type Tally, together } from './tally.ts';

/** Seeds a worker is handed at a time: few enough that all of them end at about the same moment. */
const BATCH = 25;

/** Lives through many histories, as many at once as the machine has cores. */
export async function simulateAll(seeds: readonly number[], threads = availableParallelism()): Promise<Tally> {
  const batches: (readonly number[])[] = [];
  for (let start = 0; start < seeds.length; start += BATCH) batches.push(seeds.slice(start, start + BATCH));
  let tally = NOTHING;
  const work = async () => {
    const worker = newWorker();
    try {
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        worker.postMessage(batch);
        const [theirs] = await once(worker, 'message');
        tally = together(tally, theirs as Tally);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, batches.length) }, work));
  return { ...tally, broken: tally.broken.toSorted((a, b) => a.seed - b.seed) };
}

/** Starting one costs as much as fifty histories, so it is kept. */
const newWorker = () =>
  new Worker(new URL('./batch-worker.ts', import.meta.url), {
    // Histories are short-lived: room for them among the young spares half the collections.
    resourceLimits: { maxYoungGenerationSizeMb: 192 },
  });

export const seedsFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, n) => first + n);
