/** Time, passed in: nothing else in Rollcall asks the machine what time it is. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds that only ever go forward, for measuring. */
  readonly monotonic: () => number;
}

/** The machine's clock. */
export const machineClock: Clock = { now: Date.now, monotonic: () => performance.now() };
