import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import { PartlyDone } from '#shared/domain/errors.ts';

/** A message to put into a queue. */
export interface Outgoing {
  readonly body: unknown;
  /** Whole seconds, 900 at most. */
  readonly delay?: number;
  /** FIFO queues only. */
  readonly group?: string;
  readonly deduplication?: string;
}

const BATCH = 10;
const LONGEST_DELAY = 900;
/**
 * Bytes of one message, and of all those of one request together: SQS, API reference, SendMessageBatch (November 2026).
 * Until August 2025 it was a quarter of that.
 */
const LARGEST = 1024 * 1024;

/**
 * Puts messages into one queue; resolves to the positions of those that SQS did not take. Taken is what it says it took:
 * one of which the answer says nothing may be lost, and is sent again.
 */
export const queueSender =
  (client: SQSClient, QueueUrl: string) =>
  async (messages: readonly Outgoing[]): Promise<number[]> => {
    const failed: number[] = [];
    for (const Entries of batchesOf(messages.map(entryOf))) {
      const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      const taken = new Set(Successful.map(({ Id }) => Id));
      failed.push(...Entries.filter(({ Id }) => !taken.has(Id)).map(({ Id }) => Number(Id)));
    }
    return failed;
  };
export type QueueSender = ReturnType<typeof queueSender>;

type Entry = SendMessageBatchRequestEntry & { readonly MessageBody: string };

/** In their order, as many to a request as it takes. */
function batchesOf(entries: readonly Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = Buffer.byteLength(entry.MessageBody);
    const last = batches.at(-1);
    if (last && last.length < BATCH && bytes <= room) last.push(entry);
    else {
      batches.push([entry]);
      room = LARGEST;
    }
    room -= bytes;
  }
  return batches;
}

function entryOf({ body, delay = 0, group, deduplication }: Outgoing, position: number): Entry {
  const MessageBody = JSON.stringify(body);
  if (Buffer.byteLength(MessageBody) > LARGEST) throw new Error('A message has 1 MiB at most');
  if (!Number.isInteger(delay) || delay < 0 || delay > LONGEST_DELAY)
    throw new Error(`Not a delay SQS takes: ${delay}`);
  return {
    Id: String(position),
    MessageBody,
    ...(delay > 0 && { DelaySeconds: delay }),
    ...(group && { MessageGroupId: group }),
    ...(deduplication && { MessageDeduplicationId: deduplication }),
  };
}

/** The same, but throws when the queue did not take every message: the message being worked on comes back. */
export const allOrThrow =
  (send: QueueSender) =>
  async (messages: readonly Outgoing[]): Promise<void> => {
    const failed = await send(messages);
    if (failed.length > 0)
      throw new PartlyDone(`The queue did not take ${failed.length} of ${messages.length} messages`);
  };
