import type { Dice } from '../dice.ts';
import type { VirtualTime } from '../virtual-time.ts';

/**
 * One process. It may be told to die at one of its next calls of a port: half the time before the call, else after it has
 * done its work. Once dead no answer reaches it, so neither `catch` nor `finally` of it runs.
 */
export interface WorkerLife {
  /** A call that takes so many milliseconds and then does something. */
  call<T>(ms: number, act: () => T | Promise<T>): Promise<T>;
  /** Time passing; nobody is killed by that alone. */
  sleep(ms: number): Promise<void>;
  /** Calls made since the last `doom`. */
  calls(): number;
  kill(): void;
  /** To die at its call number `at` from now on; undefined: not. */
  doom(at: number | undefined): void;
}

export function workerLife(time: VirtualTime, chance: Dice, died: () => void): WorkerLife {
  let alive = true;
  let calls = 0;
  let fatal: number | undefined;
  const die = () => {
    if (alive) died();
    alive = false;
  };
  return {
    calls: () => calls,
    doom: (at) => {
      calls = 0;
      fatal = at;
    },
    kill: die,
    sleep: (ms) => new Promise((resolve) => time.after(Math.max(0, ms), () => alive && resolve())),
    call: (ms, act) =>
      new Promise((resolve, reject) => {
        if (!alive) return;
        calls++;
        const last = calls === fatal;
        if (last && chance.happens(0.5)) return die();
        time.after(ms, () => {
          const answer = (async () => act())();
          if (last) die();
          if (alive) answer.then(resolve, reject);
          else answer.catch(() => {});
        });
      }),
  };
}
