import { type Epoch, instantAt } from '#shared/domain/time.ts';

/** Something to be said once, at a time to come. */
export interface OneTime {
  /** Unique in its group: what bears the name already is replaced. */
  readonly name: string;
  readonly at: Epoch;
  /** What is said, as JSON. */
  readonly body: unknown;
}

/** A clock that says something later. It may say it late, twice or never: whoever listens looks for themselves. */
export interface Scheduler {
  /** Sets the clock, or sets it anew. Throws where AWS would refuse. */
  put(schedule: OneTime): Promise<void>;
  /** Takes it back; nothing happens if there is none. */
  remove(name: string): Promise<void>;
}

/** Limits of EventBridge Scheduler that the emulator does not check. */
const SCHEDULE_LIMITS = { name: 64, bodyBytes: 256 * 1024 } as const;

/** Throws unless EventBridge Scheduler takes this name. */
export function checkName(name: string): void {
  if (name.length > SCHEDULE_LIMITS.name || !/^[0-9a-zA-Z\-_.]+$/.test(name))
    throw new Error(`Not a name EventBridge Scheduler takes: ${name}`);
}

/** What EventBridge Scheduler is told of it. Throws where it would refuse: a name, a time that is past, a size. */
export function written({ name, at, body }: OneTime, now: Epoch): { expression: string; input: string } {
  checkName(name);
  if (!Number.isInteger(at)) throw new Error(`A schedule has whole seconds: ${at}`);
  if (at <= now) throw new Error(`A schedule lies in the future: ${instantAt(at)}`);
  const input = JSON.stringify(body);
  if (input === undefined || Buffer.byteLength(input) > SCHEDULE_LIMITS.bodyBytes)
    throw new Error('A schedule says something, of 256 KB at most');
  return { expression: `at(${instantAt(at).slice(0, 'yyyy-mm-ddThh:mm:ss'.length)})`, input };
}
