import type { StageSettings } from './stage.ts';

/** For the reader of the table's stream, and for two visitors at once. */
const LEFT = 3;

/**
 * What is wrong if the lanes' workers, who wait for their turn while they run, leave too few of the account's Lambdas to
 * everybody else; undefined where they leave enough.
 */
export function tooManyWorkers({
  concurrency,
  workers,
}: Pick<StageSettings, 'concurrency' | 'workers'>): string | undefined {
  const lanes = workers.sendNow + workers.sendTimed + workers.sendBulk;
  return lanes + LEFT <= concurrency
    ? undefined
    : `workers.sendNow, sendTimed and sendBulk are ${lanes} together, and of the account's ${concurrency} Lambdas (concurrency) ${LEFT} must be left`;
}
