/** Time, passed in: nothing else in Rollcall asks the machine what time it is, or waits. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds that only ever go forward, for measuring. */
  readonly monotonic: () => number;
  /** Resolves after so many milliseconds; at once for none. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** The machine's clock. */
export const machineClock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  sleep: (ms) => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve()),
};
