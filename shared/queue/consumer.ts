import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import type { Logger } from '#shared/logger.ts';
import { type Invocation, timeLeft, within } from '#shared/patience.ts';

export interface QueueDeps {
  readonly logger: Logger;
  /** Where a message goes that no retry can mend. */
  readonly bury: (record: SQSRecord, reason: string) => Promise<void>;
}

/**
 * A queue of one kind of message. One that does not parse is buried with its reason at once; one that throws goes back
 * alone, and so does what is not done while there is time to say so. In a FIFO queue those behind it in its group go back
 * too, so that nobody overtakes.
 */
export function consumer<S extends z.ZodType>(
  { logger, bury }: QueueDeps,
  message: S,
  run: (message: z.infer<S>, record: SQSRecord) => Promise<void>,
) {
  return async ({ Records }: SQSEvent, invocation?: Invocation): Promise<SQSBatchResponse> => {
    const failed: SQSRecord[] = [];
    for (const record of Records) {
      const { MessageGroupId } = record.attributes;
      const behind = failed.some(({ attributes }) => MessageGroupId && attributes.MessageGroupId === MessageGroupId);
      if (behind || !(await taken(record, invocation))) failed.push(record);
    }
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };

  async function take(record: SQSRecord): Promise<void> {
    const parsed = message.safeParse(parseJson(record.body));
    if (parsed.success) return run(parsed.data, record);
    const reason = parsed.error.issues
      .map(({ path, message: why }) => `${path.join('.') || 'body'}: ${why}`)
      .join('; ');
    logger.error('Buried a message that does not parse', { messageId: record.messageId, reason });
    return bury(record, reason);
  }

  async function taken(record: SQSRecord, invocation: Invocation | undefined): Promise<boolean> {
    const { messageId } = record;
    try {
      await within(timeLeft(invocation), () => take(record));
      return true;
    } catch (error) {
      logger.error('A message goes back to its queue', { messageId, error });
      return false;
    }
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Sends a message to the dead-letter queue with the reason beside it. */
export const burier =
  (client: SQSClient, QueueUrl: string): QueueDeps['bury'] =>
  async ({ body, messageId, attributes: { MessageGroupId } }, reason) => {
    const StringValue = reason.slice(0, 1000);
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: body,
        MessageAttributes: { reason: { DataType: 'String', StringValue } },
        ...(MessageGroupId && { MessageGroupId, MessageDeduplicationId: messageId }),
      }),
    );
  };
