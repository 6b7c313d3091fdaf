import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';

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
const LARGEST = 256 * 1024;

/** Puts messages into one queue; resolves to the positions of those that SQS did not take. */
export const queueSender =
  (client: SQSClient, QueueUrl: string) =>
  async (messages: readonly Outgoing[]): Promise<number[]> => {
    const failed: number[] = [];
    for (let start = 0; start < messages.length; start += BATCH) {
      const Entries = messages.slice(start, start + BATCH).map((message, at) => entryOf(message, start + at));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      failed.push(...Failed.map(({ Id }) => Number(Id)));
    }
    return failed;
  };
export type QueueSender = ReturnType<typeof queueSender>;

function entryOf({ body, delay = 0, group, deduplication }: Outgoing, position: number): SendMessageBatchRequestEntry {
  const MessageBody = JSON.stringify(body);
  if (Buffer.byteLength(MessageBody) > LARGEST) throw new Error('A message has 256 KB at most');
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
    if (failed.length > 0) throw new Error(`The queue did not take ${failed.length} of ${messages.length} messages`);
  };
