import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { longestOf, NO_CHAIN } from './chain.ts';
import type { Lambda, Outcome } from './lambda.ts';
import type { Setting } from './setting.ts';
import type { Received, SimQueue } from './sim-queue.ts';

interface Source {
  readonly batch: number;
  /** Runs at once. */
  readonly concurrency: number;
  /** Seconds for which a batch that is not full waits for more. */
  readonly gather?: number;
}

/** Hands a queue's messages to a function: so many at once, in batches; deletes what was worked off, and nothing else. */
export function feed(
  queue: SimQueue,
  fn: Lambda<SQSEvent, SQSBatchResponse>,
  { batch, concurrency, gather = 0 }: Source,
  { time, chance, trace }: Setting,
) {
  let running = 0;
  let polling = false;
  let gathered: Received[] | undefined;

  const poll = () => {
    polling = false;
    if (gathered) {
      gathered.push(...queue.receive(batch - gathered.length));
      if (gathered.length === batch) close();
    }
    while (running < concurrency && !gathered) {
      const received = queue.receive(batch);
      if (received.length === 0) return;
      if (received.length === batch || gather === 0) start(received);
      else open(received);
    }
  };

  const open = (received: Received[]) => {
    gathered = received;
    time.after(gather * 1000, () => {
      if (gathered === received) close();
      wake();
    });
  };
  const close = () => {
    const messages = gathered ?? [];
    gathered = undefined;
    start(messages);
  };

  const start = (received: readonly Received[]) => {
    const messages = received.filter((message) => !fn.isLoop(message.chain ?? NO_CHAIN));
    for (const message of received) if (!messages.includes(message)) queue.bury(message, 'a loop of its function');
    if (messages.length === 0) return;
    running++;
    trace(fn.name, () => `takes ${messages.map(({ messageId, body }) => `${messageId} ${body}`).join(', ')}`);
    const ended = (outcome: Outcome<SQSBatchResponse>) => {
      running--;
      acknowledge(messages, outcome);
      wake();
    };
    fn.invoke({ Records: messages.map(recordOf) }, ended, longestOf(messages.map(({ chain = NO_CHAIN }) => chain)));
  };

  const acknowledge = (messages: readonly Received[], outcome: Outcome<SQSBatchResponse>) => {
    if (outcome === 'died') return;
    if ('threw' in outcome) return trace(fn.name, () => `throws ${String(outcome.threw)}`);
    const failed = new Set(outcome.returned.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    if (failed.size > 0) trace(fn.name, () => `gives back ${[...failed].join(', ')}`);
    for (const { messageId } of messages) if (!failed.has(messageId)) queue.acknowledge(messageId);
  };

  const wake = () => {
    if (polling) return;
    polling = true;
    time.after(chance.between(1, 20), poll);
  };
  queue.onVisible(wake);
}

const recordOf = ({ messageId, body, group, receives }: Received): SQSRecord =>
  ({
    messageId,
    body,
    receiptHandle: messageId,
    attributes: { ApproximateReceiveCount: String(receives), ...(group && { MessageGroupId: group }) },
  }) as SQSRecord;
