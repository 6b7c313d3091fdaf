import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';

/** Whoever asked was not to wait longer; what was asked for may be done or not. */
export class OutOfPatience extends Error {
  override readonly name = 'OutOfPatience';

  constructor() {
    super('It took longer than whoever waits for it does');
  }
}

const waiting = new AsyncLocalStorage<AbortSignal>();

/** What ends the calls of AWS that are made for whoever waits; nothing where nobody does. */
export const patienceSignal = (): AbortSignal | undefined => waiting.getStore();

/**
 * Does the work for at most so many milliseconds, then throws `OutOfPatience`: the calls of AWS it waits for are ended, and it
 * can begin no more of them, so nothing of it goes on when the process is thawed for somebody else.
 */
export async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  if (ms <= 0) throw new OutOfPatience();
  const end = new AbortController();
  const outer = patienceSignal();
  const signal = outer ? AbortSignal.any([outer, end.signal]) : end.signal;
  // As many calls as there are people in a message wait at once.
  setMaxListeners(0, signal);
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new OutOfPatience());
    end.abort();
  }, ms);
  // What throws before it gives a promise is caught as the rest is: else the time would go on.
  const done = waiting.run(signal, async () => work());
  // Nobody waits for it any more once the time is over.
  done.catch(() => {});
  try {
    return await Promise.race([done, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** What Lambda tells of an invocation, where it is one. */
export interface Invocation {
  getRemainingTimeInMillis?: () => number;
}

/** What an answer, and the line of log about it, need before Lambda stops the function. */
const RESERVE_MS = 2000;
/** Where no Lambda says how long there is. */
const UNTOLD_MS = 27_000;

/** Milliseconds that may be waited for whatever this invocation does. */
export const timeLeft = (invocation: Invocation | undefined): number =>
  invocation?.getRemainingTimeInMillis ? invocation.getRemainingTimeInMillis() - RESERVE_MS : UNTOLD_MS;
