import { parentPort } from 'node:worker_threads';
import { simulate } from './simulate.ts';
import { NOTHING, tallied } from './tally.ts';

/** Lives through the seeds it is handed, one by one, says what they came to, and is ready for more. */
parentPort?.on('message', async (seeds: readonly number[]) => {
  let tally = NOTHING;
  for (const seed of seeds) tally = tallied(tally, await simulate(seed));
  parentPort?.postMessage(tally);
});
