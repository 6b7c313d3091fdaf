import type { Dice } from './dice.ts';
import type { Faults } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Writes down what happened, by whom; the sentence is made only where somebody reads it. */
export type Trace = (who: string, what: () => string) => void;

/** What every part of a simulated world shares. */
export interface Setting {
  readonly time: VirtualTime;
  readonly chance: Dice;
  readonly faults: Faults;
  readonly trace: Trace;
  /** Something was promised and not kept: ends the history. */
  readonly violated: (promise: string, details?: unknown) => void;
}

/** An error as an AWS client throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}
