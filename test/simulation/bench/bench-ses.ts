import type { Mail, SendOutcome } from '#shared/mail/mailer.ts';
import type { Dice } from '../dice.ts';
import type { VirtualTime } from '../virtual-time.ts';
import type { WorkerLife } from './worker-life.ts';

export interface SesSettings {
  /** Sends per second that the account may. */
  readonly rate: number;
  /** Milliseconds until the answer, give or take a fifth. */
  readonly latency: number;
  /** The share of calls that take up to 3 s longer. */
  readonly slow: number;
  readonly receiptLoss: number;
  readonly receipt?: (body: string) => void;
}

const SECOND = 1000;

/** SES: a token bucket that holds one second's worth, an answer after a while, and receipts of which some get lost. */
export function benchSes(time: VirtualTime, chance: Dice, settings: SesSettings) {
  const { rate, latency, slow, receiptLoss, receipt } = settings;
  const calls: number[] = [];
  const accepted = new Map<string, number>();
  let bucket = { tokens: rate, at: 0 };
  let throttled = 0;
  let lastAt = 0;

  const takes = (): boolean => {
    const now = time.now();
    const tokens = Math.min(rate, bucket.tokens + ((now - bucket.at) / SECOND) * rate);
    bucket = { tokens: tokens < 1 ? tokens : tokens - 1, at: now };
    return tokens >= 1;
  };

  const report = (mail: Mail, messageId: string) => {
    let after = latency + chance.between(50, 1000);
    for (const type of ['Send', 'Delivery']) {
      const at = after;
      after += chance.between(300, 4000);
      if (chance.happens(receiptLoss)) continue;
      time.after(at, () => receipt?.(receiptOf(mail, { type, messageId, at: time.now() })));
    }
  };

  const receive = (mail: Mail): string | undefined => {
    calls.push(time.now());
    if (!takes()) {
      throttled++;
      return undefined;
    }
    const who = mail.tags.registration ?? '';
    accepted.set(who, (accepted.get(who) ?? 0) + 1);
    lastAt = time.now();
    const messageId = `m${calls.length}`;
    report(mail, messageId);
    return messageId;
  };

  return {
    accepted,
    calls,
    figures: () => ({ throttled, lastAt, peak: peakOf(calls) }),
    async send(life: WorkerLife, mail: Mail): Promise<SendOutcome> {
      const takesLonger = chance.happens(slow) ? chance.between(0, 3 * SECOND) : 0;
      const messageId = await life.call(chance.between(2, 6), () => receive(mail));
      await life.call(latency * chance.between(0.8, 1.2) + takesLonger, () => {});
      return messageId === undefined
        ? { is: 'refused', reason: 'TooManyRequestsException' }
        : { is: 'accepted', messageId };
    },
  };
}

/** The most calls in any second, wherever it begins. */
export function peakOf(calls: readonly number[]): number {
  let [from, peak] = [0, 0];
  for (let to = 0; to < calls.length; to++) {
    while ((calls[to] as number) - (calls[from] as number) >= SECOND) from++;
    peak = Math.max(peak, to - from + 1);
  }
  return peak;
}

function receiptOf({ tags }: Mail, { type, messageId, at }: { type: string; messageId: string; at: number }): string {
  const lists = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
  return JSON.stringify({ v: 1, type, time: new Date(at).toISOString(), messageId, bounceType: '', ...lists });
}
