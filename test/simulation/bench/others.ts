import type { Mail } from '#shared/mail/mailer.ts';
import { dice } from '../dice.ts';
import { virtualTime } from '../virtual-time.ts';
import { benchSes } from './bench-ses.ts';
import type { Spec } from './our-run.ts';
import { type Outcome, shareOf } from './outcome.ts';
import { type WorkerLife, workerLife } from './worker-life.ts';

/**
 * What others do, as small models on the same SES and the same clock: a process takes a batch, sends to its people and
 * marks them, and dies as often as ours. Each keeps the rate with a limiter of its own, but for the one whose rate is its
 * concurrency. One who dies is started again and goes on as its policy says.
 */
export const POLICIES = [
  'cursor moved when a batch is fetched',
  'mark before send',
  'send then mark',
  'resend on lease expiry',
  'concurrency as rate',
] as const;
export type Policy = (typeof POLICIES)[number];

/** People a process takes at a time; SQS and most mailers hand out tens to a thousand. */
const BATCH = 50;
const RESTART = 5000;
/** Seconds after which a batch that was not finished is somebody else's. */
const LEASE = 30_000;
const RETRIES = 5;
const START = Date.parse('2026-11-23T10:00:00Z');

export async function otherRun(spec: Spec & { readonly policy: Policy }): Promise<Outcome> {
  const began = performance.now();
  const { people, rate, latency, crashes, receiptLoss, policy } = spec;
  const time = virtualTime(START);
  const chance = dice(`other ${JSON.stringify(spec)}`);
  const ses = benchSes(time, chance.fork('ses'), { rate, latency, slow: 0.01, receiptLoss });
  const marked = new Uint8Array(people);
  const used = { writeUnits: 0, readUnits: 0, queueRequests: 0, invocations: 0, lambdaSeconds: 0 };
  const byConcurrency = policy === 'concurrency as rate';
  /** As many senders as would make the rate if SES always took its usual time. */
  const senders = byConcurrency ? Math.max(1, Math.round((rate * latency) / 1000)) : Math.max(3, Math.ceil(rate / 25));

  const batches: (readonly number[])[] = [];
  for (let from = 0; from < people; from += BATCH)
    batches.push(Array.from({ length: Math.min(BATCH, people - from) }, (_, n) => from + n));
  let crashed = 0;
  let busy = 0;
  let nextSlot = START;

  const slot = async (life: WorkerLife): Promise<void> => {
    if (byConcurrency) return;
    nextSlot = Math.max(nextSlot, time.now()) + 1000 / rate;
    await life.sleep(nextSlot - 1000 / rate - time.now());
  };
  const mark = (life: WorkerLife, person: number) =>
    life.call(chance.between(3, 8), () => {
      used.writeUnits++;
      marked[person] = 1;
    });
  const wire = async (life: WorkerLife, person: number): Promise<void> => {
    for (let attempt = 0; attempt < RETRIES; attempt++) {
      await slot(life);
      const { is } = await ses.send(life, mailTo(person));
      if (is === 'accepted') return;
      await life.sleep(chance.between(500, 1500));
    }
  };

  const deliver: Record<Policy, (life: WorkerLife, person: number) => Promise<void>> = {
    'cursor moved when a batch is fetched': wire,
    'mark before send': async (life, person) => {
      await mark(life, person);
      await wire(life, person);
    },
    'send then mark': async (life, person) => {
      await wire(life, person);
      await mark(life, person);
    },
    // A queue's own lease: what is not acknowledged is sent again, whole.
    'resend on lease expiry': wire,
    'concurrency as rate': async (life, person) => {
      await wire(life, person);
      await mark(life, person);
    },
  };

  /** What is left to do of a batch whose worker died. */
  const afterDeath = (batch: readonly number[]): readonly number[] => {
    if (policy === 'cursor moved when a batch is fetched') return [];
    if (policy === 'resend on lease expiry') return batch;
    return batch.filter((person) => marked[person] === 0);
  };

  let running = 0;
  const work = (): void => {
    // Whoever died has one successor, never two.
    const batch = running < senders ? batches.shift() : undefined;
    if (!batch) return;
    running++;
    busy++;
    const startedAt = time.now();
    let over = false;
    const end = (left: readonly number[], pause: number) => {
      if (over) return;
      over = true;
      busy--;
      running--;
      used.lambdaSeconds += (time.now() - startedAt) / 1000;
      if (left.length > 0) {
        busy++;
        time.after(pause, () => {
          busy--;
          batches.push(left);
          work();
        });
      }
      time.after(left.length > 0 || pause > 0 ? RESTART : 0, work);
    };
    const life = workerLife(time, chance, () => {
      crashed++;
      end(afterDeath(batch), policy === 'resend on lease expiry' ? LEASE : RESTART);
    });
    const calls =
      batch.length * (policy === 'mark before send' || policy === 'send then mark' || byConcurrency ? 3 : 2);
    life.doom(chance.happens(crashes) ? chance.whole(1, calls) : undefined);
    used.invocations++;
    used.queueRequests += 2;
    // A lease that runs out while its holder is slow: the batch is out twice.
    if (policy === 'resend on lease expiry')
      time.at(startedAt + LEASE, () => {
        if (over) return;
        batches.push(batch);
        work();
      });
    void run(life, batch).then(() => end([], 0));
  };
  const run = async (life: WorkerLife, batch: readonly number[]): Promise<void> => {
    used.readUnits += batch.length * 0.5;
    if (policy === 'cursor moved when a batch is fetched') {
      await life.call(chance.between(3, 8), () => void used.writeUnits++);
    }
    if (byConcurrency) for (const person of batch) await deliver[policy](life, person);
    else await Promise.all(batch.map((person) => deliver[policy](life, person)));
  };

  for (let n = 0; n < senders; n++) work();
  while (busy > 0 || batches.length > 0) await time.pass(time.now() + 10_000);

  let [duplicates, lost] = [0, 0];
  for (let person = 0; person < people; person++) {
    const sends = ses.accepted.get(String(person)) ?? 0;
    if (sends === 0) lost++;
    else duplicates += sends - 1;
  }
  const { throttled, lastAt, peak } = ses.figures();
  return {
    ...spec,
    share: shareOf(ses.calls, rate),
    doubts: 0,
    peak,
    throttled: throttled / ses.calls.length,
    last: (lastAt - START) / 1000,
    duplicates,
    lost,
    held: 0,
    crashed,
    usage: { mails: ses.accepted.size + duplicates, ...used },
    atWorst: used.queueRequests,
    took: (performance.now() - began) / 1000,
  };
}

const mailTo = (person: number): Mail => ({
  from: '',
  to: '',
  replyTo: '',
  subject: '',
  html: '',
  text: '',
  headers: {},
  tags: { registration: String(person) },
  configurationSet: '',
});
