import { parentPort, workerData } from 'node:worker_threads';
import { simulate } from './simulate.ts';
import { NOTHING, tallied } from './tally.ts';

/** Lives through the seeds it is given, one by one, and says what they came to. */
let tally = NOTHING;
for (const seed of workerData as readonly number[]) tally = tallied(tally, await simulate(seed));
parentPort?.postMessage(tally);
