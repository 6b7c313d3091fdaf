import { mostReceives } from '#infra/most-receives.ts';
import type { QueueSettings } from './sim-queue.ts';

/** A queue with its function: how long that may run, and how many messages it takes. */
interface WorkerSettings extends QueueSettings {
  readonly batch: number;
  /** Seconds for which a batch that is not full waits for more. */
  readonly gather?: number;
  /** Seconds. */
  readonly timeout: number;
}

const worker = (settings: Omit<WorkerSettings, 'receives'>): WorkerSettings => ({
  ...settings,
  receives: mostReceives(settings),
});
const lane = worker({ batch: 1, timeout: 60, visibility: 75 });

/** Every queue with its function, as a stage has them: a test of the infrastructure compares the two. */
export const WORKERS = {
  admit: worker({ fifo: true, batch: 10, timeout: 20, visibility: 30 }),
  receipts: worker({ batch: 10, gather: 5, timeout: 20, visibility: 40 }),
  campaigns: worker({ batch: 1, timeout: 60, visibility: 75 }),
  now: lane,
  timed: lane,
  bulk: lane,
} as const;
export type WorkerName = keyof typeof WORKERS;
