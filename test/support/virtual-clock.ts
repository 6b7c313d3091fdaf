import type { Clock } from '#shared/clock.ts';

/**
 * A clock that only tests move. Whoever sleeps on it wakes in the order of their times, once everybody else has come as
 * far as they can.
 */
export function virtualClock(startMs: number) {
  let elapsed = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  const everybodyElse = () => new Promise((resolve) => setImmediate(resolve));
  const wakeNext = (): boolean => {
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers.shift();
    if (!next) return false;
    elapsed = Math.max(elapsed, next.at);
    next.wake();
    return true;
  };
  const clock: Clock = {
    now: () => startMs + elapsed,
    monotonic: () => elapsed,
    sleep: (ms) => (ms > 0 ? new Promise((wake) => void sleepers.push({ at: elapsed + ms, wake })) : Promise.resolve()),
  };
  return {
    clock,
    /** Moves the clock, in seconds; sleepers whose time comes are woken by the next `finish`. */
    pass: (seconds: number) => {
      elapsed += seconds * 1000;
    },
    /** Lets time pass until the work is done. Throws when everybody waits for something that never comes. */
    async finish<T>(work: Promise<T>): Promise<T> {
      let done = false;
      const over = () => {
        done = true;
      };
      work.then(over, over);
      for (await everybodyElse(); !done; await everybodyElse()) {
        if (!wakeNext()) throw new Error('Everybody waits, and nobody sleeps');
      }
      return work;
    },
  };
}
