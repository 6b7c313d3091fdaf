import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Outgoing } from '#shared/queue/sender.ts';
import { MOST_RUNS } from '../chain.ts';
import type { Dice } from '../dice.ts';
import type { VirtualTime } from '../virtual-time.ts';
import { type WorkerLife, workerLife } from './worker-life.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  /** How often a run of this queue's function put it, or what it was before, back into this queue. */
  readonly returns: number;
  receives: number;
}

export interface QueueSettings {
  readonly batch: number;
  /** Seconds for which a poller gathers a batch, once it has a first message; 0: not at all. */
  readonly window?: number;
  /** Invocations at once. */
  readonly workers: number;
  /** Seconds. */
  readonly visibility: number;
  readonly timeout: number;
  /** The share of invocations that die at one of their calls. */
  readonly crashes: number;
  readonly build: (life: WorkerLife) => (event: SQSEvent) => Promise<SQSBatchResponse>;
}

/** SQS hands over ten messages to a request at most. */
const ENTRIES = 10;
const COLD_START = 400;
const MOST_RECEIVES = 5;

/** What one queue came to. */
export interface QueueMeter {
  requests: number;
  /** More of them, if a poller that gathers a batch asks whenever there is something: AWS does not say. */
  atWorst: number;
  /** The most times a message came back. */
  mostReturns: number;
  /** Messages that Lambda would not have run its function for: a loop. */
  loops: number;
}

export interface Meter {
  queueRequests: number;
  invocations: number;
  lambdaSeconds: number;
  crashes: number;
  deadLetters: number;
}
export const meter = (): Meter => ({ queueRequests: 0, invocations: 0, lambdaSeconds: 0, crashes: 0, deadLetters: 0 });

/** A queue with the function that works it off, its containers kept warm; both counted as AWS bills them. */
export function benchQueue(time: VirtualTime, chance: Dice, used: Meter, settings: QueueSettings) {
  const { batch, window = 0, workers, visibility, timeout, crashes, build } = settings;
  const own: QueueMeter = { requests: 0, atWorst: 0, mostReturns: 0, loops: 0 };
  const bill = (requests: number) => {
    used.queueRequests += requests;
    own.requests += requests;
  };
  /** Of the message each process works on: what it puts back came back once more. */
  const returnsOf = new WeakMap<WorkerLife, number>();
  /** Batches that pollers gather. */
  const gathering: Message[][] = [];
  const second = 1000;
  let ready: Message[] = [];
  let head = 0;
  let hidden = 0;
  let running = 0;
  let made = 0;
  let polling = false;
  /** How many calls an invocation makes, as a moving average: when one that is to die does so. */
  let usual = 10;
  const idle: { life: WorkerLife; handle: (event: SQSEvent) => Promise<SQSBatchResponse>; died: () => void }[] = [];

  const show = (message: Message) => {
    ready.push(message);
    wake();
  };
  const put = ({ body, delay = 0 }: Outgoing, returns = 0) => {
    if (!Number.isInteger(delay) || delay < 0 || delay > 900) throw new Error(`Not a delay SQS takes: ${delay}`);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const message = { id: String(++made), body: text, returns, receives: 0 };
    own.mostReturns = Math.max(own.mostReturns, returns);
    if (delay === 0) return show(message);
    hidden++;
    time.after(delay * second, () => {
      hidden--;
      show(message);
    });
  };
  const wake = () => {
    if (polling || (running >= workers && gathering.length === 0)) return;
    polling = true;
    time.after(chance.between(5, 20), poll);
  };
  const take = (most = batch): Message[] => {
    const taken: Message[] = [];
    while (head < ready.length && taken.length < most) {
      const message = ready[head++] as Message;
      if (message.returns >= MOST_RUNS) own.loops++;
      if (message.receives >= MOST_RECEIVES || message.returns >= MOST_RUNS) used.deadLetters++;
      else taken.push(message);
      message.receives++;
    }
    if (head > 10_000) {
      ready = ready.slice(head);
      head = 0;
    }
    return taken;
  };
  const poll = () => {
    polling = false;
    for (const messages of [...gathering]) gather(messages);
    while (running + gathering.length < workers) {
      const messages = take();
      if (messages.length === 0) return;
      if (messages.length === batch || window === 0) invoke(messages);
      else begin(messages);
    }
  };
  /** A batch that is not full waits for more, as long as the window is open. */
  const begin = (messages: Message[]) => {
    gathering.push(messages);
    hidden += messages.length;
    time.after(window * second, () => gathering.includes(messages) && full(messages));
  };
  const gather = (messages: Message[]) => {
    const more = take(batch - messages.length);
    if (more.length > 0) own.atWorst++;
    hidden += more.length;
    messages.push(...more);
    if (messages.length === batch) full(messages);
  };
  const full = (messages: Message[]) => {
    gathering.splice(gathering.indexOf(messages), 1);
    hidden -= messages.length;
    invoke(messages);
  };

  const container = () => {
    const whole = { died: () => {} };
    const life = workerLife(time, chance, () => whole.died());
    return Object.assign(whole, { life, handle: build(life) });
  };

  const invoke = (messages: readonly Message[]) => {
    running++;
    hidden += messages.length;
    bill(Math.ceil(messages.length / ENTRIES));
    used.invocations++;
    const warm = idle.pop();
    const worker = warm ?? container();
    returnsOf.set(worker.life, Math.max(...messages.map(({ returns }) => returns + 1)));
    const startedAt = time.now();
    const dies = chance.happens(crashes);
    worker.life.doom(dies ? chance.whole(1, Math.max(1, Math.round(usual))) : undefined);
    let over = false;
    const end = (failed: ReadonlySet<string> | undefined) => {
      if (over) return;
      over = true;
      running--;
      used.lambdaSeconds += (time.now() - startedAt) / second;
      if (failed) {
        usual += (worker.life.calls() - usual) / 20;
        bill(Math.ceil(messages.length / ENTRIES));
        idle.push(worker);
      } else used.crashes++;
      const back = messages.filter(({ id }) => !failed || failed.has(id));
      hidden -= messages.length - back.length;
      for (const message of back) {
        time.at(startedAt + visibility * second, () => {
          hidden--;
          show(message);
        });
      }
      wake();
    };
    worker.died = () => end(undefined);
    time.after(timeout * second, () => over || worker.life.kill());
    const Records = messages.map(recordOf);
    time.after(warm ? 0 : COLD_START, () =>
      worker.handle({ Records }).then(
        ({ batchItemFailures }) => end(new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))),
        () => end(new Set(messages.map(({ id }) => id))),
      ),
    );
  };

  return {
    /** Messages arriving by a service of AWS: one request each. */
    arrive(body: string): void {
      bill(1);
      put({ body });
    },
    /** A worker's own sends, ten to a request. */
    sender:
      (life: WorkerLife) =>
      async (messages: readonly Outgoing[]): Promise<void> => {
        for (let start = 0; start < messages.length; start += ENTRIES) {
          const entries = messages.slice(start, start + ENTRIES);
          await life.call(chance.between(8, 16), () => {
            bill(1);
            for (const entry of entries) put(entry, returnsOf.get(life));
          });
        }
      },
    put: (message: Outgoing) => put(message),
    used: own,
    size: () => ready.length - head + hidden,
  };
}
export type BenchQueue = ReturnType<typeof benchQueue>;

const recordOf = ({ id, body, receives }: Message): SQSRecord =>
  ({ messageId: id, body, receiptHandle: id, attributes: { ApproximateReceiveCount: String(receives) } }) as SQSRecord;
