import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { NOTHING, type Tally, together } from './tally.ts';

/** Seeds a worker is handed at a time: few enough that all of them end at about the same moment. */
const BATCH = 25;

interface Course {
  readonly threads?: number;
  /** Asked before each batch: nothing more is begun once it says so. */
  readonly isOver?: () => boolean;
  /** Told after each batch, of it and of all so far. */
  readonly lived?: (batch: Tally, all: Tally) => void;
}

/** Lives through many histories, as many at once as the machine has cores; of an endless row of seeds until it is over. */
export async function simulateAll(
  seeds: Iterable<number>,
  { threads = availableParallelism(), isOver = () => false, lived = () => {} }: Course = {},
): Promise<Tally> {
  const batches = inBatches(seeds);
  const next = () => (isOver() ? undefined : (batches.next().value ?? undefined));
  let tally = NOTHING;
  const work = async (first: readonly number[]) => {
    const worker = newWorker();
    try {
      for (let batch: readonly number[] | undefined = first; batch; batch = next()) {
        worker.postMessage(batch);
        const [theirs] = (await once(worker, 'message')) as [Tally];
        tally = together(tally, theirs);
        lived(theirs, tally);
      }
    } finally {
      await worker.terminate();
    }
  };
  const firsts = Array.from({ length: threads }, next).filter((batch) => batch !== undefined);
  await Promise.all(firsts.map(work));
  return { ...tally, broken: tally.broken.toSorted((a, b) => a.seed - b.seed) };
}

function* inBatches(seeds: Iterable<number>): Generator<readonly number[], void> {
  let batch: number[] = [];
  for (const seed of seeds) {
    batch.push(seed);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Starting one costs as much as fifty histories, so it is kept. */
const newWorker = () =>
  new Worker(new URL('./batch-worker.ts', import.meta.url), {
    // Histories are short-lived: room for them among the young spares half the collections.
    resourceLimits: { maxYoungGenerationSizeMb: 192 },
  });

export const seedsFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, n) => first + n);

/** Seeds without end. */
export function* everySeedFrom(first: number): Generator<number, never> {
  for (let seed = first; ; seed++) yield seed;
}
