import type { Chain } from './chain.ts';
import { awsError, type Setting } from './setting.ts';

/** A message as SQS takes it. */
export interface Entry {
  readonly body: string;
  readonly delay?: number | undefined;
  readonly group?: string | undefined;
  readonly deduplication?: string | undefined;
  readonly reason?: string | undefined;
  /** Of whoever sent it: the trace header that travels along. */
  readonly chain?: Chain | undefined;
}

/** A message as a consumer receives it. */
export interface Received extends Entry {
  readonly messageId: string;
  readonly receives: number;
}

interface Kept extends Received {
  visibleAt: number;
  receives: number;
  readonly order: number;
  inFlight: boolean;
}

export interface QueueSettings {
  readonly fifo?: boolean;
  /** Seconds out of sight once received. */
  readonly visibility: number;
  /** How often a message is received before it joins the dead letters. */
  readonly receives: number;
}

const SECOND = 1000;
const DEDUPLICATION = 5 * 60 * SECOND;

/** One SQS queue: at least once, in no order unless FIFO; after so many receives a message joins the dead letters. */
export function simQueue(name: string, setting: Setting, { fifo = false, visibility, receives }: QueueSettings) {
  const { time, chance, faults, trace, violated } = setting;
  const kept = new Map<string, Kept>();
  const dead: Received[] = [];
  const known = new Map<string, number>();
  let awake: () => void = () => {};
  let watch: (body: string) => void = () => {};
  let stuckUntil = 0;
  let made = 0;

  const put = (entry: Entry, delay: number) => {
    const messageId = `${name}-${++made}`;
    const visibleAt = time.now() + delay;
    kept.set(messageId, { ...entry, messageId, visibleAt, receives: 0, order: made, inFlight: false });
    time.at(visibleAt, () => awake());
  };

  /** Throws what SQS refuses; anything else is kept. */
  const send = (entry: Entry) => {
    const delay = entry.delay ?? 0;
    const refuse = (why: string): never => {
      violated(`SQS would refuse a message to ${name}: ${why}`, entry);
      throw awsError('InvalidParameterValue', why);
    };
    if (!Number.isInteger(delay) || delay < 0 || delay > 900) refuse(`DelaySeconds ${delay}`);
    if (Buffer.byteLength(entry.body) > 256 * 1024 || entry.body === '') refuse('its size');
    if (fifo && (!/^[!-~]{1,128}$/.test(entry.group ?? '') || !/^[!-~]{1,128}$/.test(entry.deduplication ?? '')))
      refuse('a FIFO queue takes a group and a deduplication id');
    if (fifo && entry.delay !== undefined) refuse('a FIFO queue takes no delay per message');
    if (fifo) {
      const id = entry.deduplication ?? '';
      if ((known.get(id) ?? Number.NEGATIVE_INFINITY) > time.now() - DEDUPLICATION) return;
      known.set(id, time.now());
    }
    const late = faults.strikes('message late') ? chance.between(1, 120) * SECOND : chance.between(0, 20);
    put(entry, delay * SECOND + late);
    if (!fifo && faults.strikes('message twice'))
      put(entry, delay * SECOND + chance.pick([chance.between(0, 50), chance.between(0, 90_000)]));
  };

  const bury = (message: Received, reason: string) => {
    kept.delete(message.messageId);
    dead.push({ ...message, reason });
    faults.note('message dead-lettered');
    trace(name, () => `dead-lettered ${message.body}: ${reason}`);
  };

  const visible = (): Kept[] => {
    if (time.now() < stuckUntil) return [];
    const now = time.now();
    const all = [...kept.values()].filter((message) => message.visibleAt <= now);
    if (!fifo) return all;
    const busy = new Set([...kept.values()].filter(({ inFlight }) => inFlight).map(({ group }) => group));
    return all.filter(({ group }) => !busy.has(group)).sort((a, b) => a.order - b.order);
  };

  return {
    name,
    fifo,
    send,
    dead,
    bury,
    /** Called whenever a message may have come into sight. */
    onVisible(wake: () => void) {
      awake = wake;
    },

    /** Called whenever a message is taken. */
    onTaken(watcher: (body: string) => void) {
      watch = watcher;
    },

    /** Takes up to `most` messages out of sight. Those received too often join the dead letters instead. */
    receive(most: number): Received[] {
      const found = visible();
      const mixed = !fifo && found.length > 1 && faults.strikes('messages out of order');
      const taken: Received[] = [];
      while (found.length > 0 && taken.length < most) {
        const [message] = found.splice(mixed ? chance.whole(0, found.length - 1) : 0, 1);
        if (!message) break;
        if (message.receives >= receives) {
          bury(message, 'received too often');
          continue;
        }
        message.receives += 1;
        message.visibleAt = time.now() + visibility * SECOND;
        message.inFlight = true;
        time.at(message.visibleAt, () => {
          if (message.visibleAt > time.now()) return;
          message.inFlight = false;
          awake();
        });
        taken.push({ ...message });
        watch(message.body);
      }
      return taken;
    },

    acknowledge(messageId: string): void {
      if (!fifo && faults.strikes('acknowledgement lost')) return;
      kept.delete(messageId);
    },

    /** Nobody receives anything until then. */
    stick(until: number): void {
      stuckUntil = until;
      time.at(until, () => awake());
    },
    stuck: () => time.now() < stuckUntil,

    /** Messages in whatever state. */
    size: () => kept.size,
    peek: () => [...kept.values()],
    /** An operator sends the dead letters back, and throws away what no redrive can mend. */
    redrive(keep: (message: Received) => boolean): void {
      for (const message of dead.splice(0)) if (keep(message)) put({ ...message }, 0);
    },
  };
}
export type SimQueue = ReturnType<typeof simQueue>;
