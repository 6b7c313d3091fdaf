import { type Chain, MOST_RUNS, NO_CHAIN, promisedRuns, withRun } from './chain.ts';
import { type Life, life } from './life.ts';
import type { Setting } from './setting.ts';

/** What became of an invocation: what it returned, what it threw, or nothing for it never ended. */
export type Outcome<R> = { readonly returned: R } | { readonly threw: unknown } | 'died';

export interface LambdaSettings<E, R> {
  readonly name: string;
  /** Seconds. */
  readonly timeout: number;
  /** Leaves nothing under way when it ends, not even when it fails. */
  readonly finishes?: boolean;
  /** Builds the handler of one container, as its `handler.ts` does at a cold start. */
  readonly build: (life: Life) => (event: E) => Promise<R>;
}

/** Warm containers are forgotten after so long, milliseconds. */
const WARM = 5 * 60_000;

interface Container<E, R> {
  readonly life: Life;
  readonly handler: (event: E) => Promise<R>;
  busy: boolean;
  usedAt: number;
  died: () => void;
}

/**
 * A Lambda function: containers that are kept warm, one event each at a time, and die at the timeout. What it runs for may
 * be part of a chain of messages, which what it sends carries on.
 */
export function lambda<E, R>({ name, timeout, build, finishes = false }: LambdaSettings<E, R>, setting: Setting) {
  const { time, chance, faults, violated } = setting;
  let containers: Container<E, R>[] = [];
  let made = 0;

  const coldStart = (): Container<E, R> => {
    const container = { busy: false, usedAt: 0, died: () => {} };
    const process = life(`${name}#${++made}`, setting, () => {
      containers = containers.filter((each) => each.life !== process);
      whole.died();
    });
    const whole: Container<E, R> = Object.assign(container, { life: process, handler: build(process) });
    containers.push(whole);
    return whole;
  };

  const warm = (): Container<E, R> | undefined => {
    const now = time.now();
    containers = containers.filter(({ busy, usedAt }) => busy || now - usedAt < WARM);
    const idle = containers.filter(({ busy }) => !busy);
    return idle.length === 0 || faults.strikes('cold start') ? undefined : chance.pick(idle);
  };

  return {
    name,
    running: () => containers.filter(({ busy }) => busy).length,
    /** Whether it ran too often in this chain already: then it does not run again. */
    isLoop: (chain: Chain): boolean => (chain.get(name) ?? 0) >= MOST_RUNS,
    invoke(event: E, ended: (outcome: Outcome<R>) => void, chain: Chain = NO_CHAIN): void {
      const container = warm() ?? coldStart();
      const startedAt = time.now();
      let over = false;
      const end = (outcome: Outcome<R>) => {
        if (over) return;
        over = true;
        container.busy = false;
        container.life.atWork = !finishes;
        container.usedAt = time.now();
        ended(outcome);
      };
      container.busy = true;
      container.life.atWork = true;
      container.life.chain = withRun(chain, name);
      const runs = container.life.chain.get(name) ?? 0;
      if (runs > promisedRuns(name))
        violated('a function ran more often in one chain than is promised', { name, runs });
      container.died = () => end('died');
      time.at(startedAt + timeout * 1000, () => {
        if (over) return;
        faults.note('worker timed out');
        if (faults.calm) violated('a function ran out of time though nothing went wrong', { name });
        container.life.die('times out');
      });
      container.handler(event).then(
        (returned) => end({ returned }),
        (threw: unknown) => end({ threw }),
      );
    },
  };
}
export type Lambda<E, R> = ReturnType<typeof lambda<E, R>>;
