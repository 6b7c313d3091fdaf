import { type Chain, NO_CHAIN } from './chain.ts';
import type { Setting } from './setting.ts';

/** What a port gives back, when it does. */
export interface Answer<T> {
  resolve(value: T | Promise<T>): void;
  reject(error: unknown): void;
}

/**
 * One process. It speaks to the world through `request` alone, and once it is dead no answer reaches it: what it awaits
 * never settles, so no `catch` and no `finally` of its runs. What it had asked for happens all the same.
 */
export interface Life {
  readonly name: string;
  /** Of the run it is at: what it sends now carries it on. */
  chain: Chain;
  /** Whether it runs: a container that waits for its next event is frozen, and so is what it left under way. */
  atWork: boolean;
  alive(): boolean;
  request<T>(what: string, start: (answer: Answer<T>) => void): Promise<T>;
  die(why: string): void;
}

/** Requests that change something: what only looks may be left under way. */
const CHANGES = /^(SES|update|put|remove|transact|SendMessage|PutEvents)/;

/** A process that may die, hang or freeze at any of its requests. */
export function life(
  name: string,
  { time, faults, chance, trace, violated }: Setting,
  died: () => void = () => {},
): Life {
  let alive = true;
  const die = (why: string) => {
    if (!alive) return;
    alive = false;
    trace(name, () => why);
    died();
  };

  const self: Life = {
    name,
    atWork: true,
    chain: NO_CHAIN,
    alive: () => alive,
    die,
    request: (what, start) =>
      new Promise((resolve, reject) => {
        if (!alive) return;
        if (!self.atWork && CHANGES.test(what))
          violated('something was left under way when a run ended', { name, what });
        if (faults.strikes('killed before a call')) return die(`is killed before: ${what}`);
        const killed = faults.strikes('killed after a call');
        const hangs = faults.strikes('call hangs');
        const freeze = faults.strikes('worker frozen') ? chance.between(200, 8000) : 0;
        const arrives = (settle: () => void) => {
          if (hangs || !alive) return;
          if (killed) return die(`is killed after: ${what}`);
          settle();
        };
        const answered = (settle: () => void) =>
          freeze > 0 ? time.after(freeze, () => arrives(settle)) : arrives(settle);
        start({
          resolve: (value) => answered(() => resolve(value)),
          reject: (error) => answered(() => reject(error)),
        });
      }),
  };
  return self;
}
