import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetterQueues } from './queues.ts';

/** Long enough to deal with ten messages, short enough that an interrupted run leaves nothing out of sight for long. */
const TAKEN_FOR = 60;

/** How many there are, those out of sight for the moment included. */
export async function count(sqs: SQSClient, { deadLetters }: DeadLetterQueues): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: deadLetters,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, each) => sum + Number(each), 0);
}

/** Ten at most, each as lines to read: they name ids and nobody. They stay where they are, in sight. */
export async function look(sqs: SQSClient, { deadLetters }: DeadLetterQueues): Promise<string[]> {
  const seen = await take(sqs, deadLetters);
  await Promise.all(seen.map((message) => giveBack(sqs, deadLetters, message)));
  return seen.map(({ MessageId, Attributes, MessageAttributes = {}, Body }) => {
    const sentAt = new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString();
    const beside = Object.entries(MessageAttributes).map(([name, { StringValue }]) => `\n  ${name}: ${StringValue}`);
    return `${sentAt}  ${MessageId}${beside.join('')}\n  ${Body}`;
  });
}

/**
 * Puts all that can be read back into the queue it came from, one after the other; says how many, and how many stayed. SQS's
 * own redrive would not: those that can never be read would fall back at once. Ended half-way, a message may be in both
 * queues: whoever takes it does its work once.
 */
export async function redrive(sqs: SQSClient, { deadLetters, source }: Required<DeadLetterQueues>) {
  return each(sqs, deadLetters, async (message) => {
    if (isUnreadable(message)) return false;
    const { MessageGroupId, MessageDeduplicationId } = message.Attributes ?? {};
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: source,
        MessageBody: message.Body ?? '',
        ...(MessageGroupId && { MessageGroupId }),
        // Another one than it had: within five minutes the queue would take it for a repetition of itself.
        ...(MessageDeduplicationId && { MessageDeduplicationId: `${message.MessageId}` }),
      }),
    );
    return true;
  });
}

/** Deletes those that can never be read; says how many, and how many stayed. */
export const discard = (sqs: SQSClient, { deadLetters }: DeadLetterQueues) =>
  each(sqs, deadLetters, async (message) => isUnreadable(message));

/** Deletes all of them, within a minute. */
export const purge = async (sqs: SQSClient, { deadLetters }: DeadLetterQueues): Promise<void> => {
  await sqs.send(new PurgeQueueCommand({ QueueUrl: deadLetters }));
};

/** Goes through all that is there, once, and deletes what `isDone` says is; the rest is in sight again afterwards. */
async function each(sqs: SQSClient, QueueUrl: string, isDone: (message: Message) => Promise<boolean>) {
  const left = new Map<string, Message>();
  let done = 0;
  for (let batch = await take(sqs, QueueUrl); batch.length > 0; batch = await take(sqs, QueueUrl)) {
    // Whoever comes by again has been looked at: the queue has been through.
    if (batch.every(({ MessageId }) => left.has(`${MessageId}`))) break;
    for (const message of batch) {
      if (await isDone(message)) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
        done += 1;
      } else left.set(`${message.MessageId}`, message);
    }
  }
  await Promise.all([...left.values()].map((message) => giveBack(sqs, QueueUrl, message)));
  return { done, left: left.size };
}

async function take(sqs: SQSClient, QueueUrl: string): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: TAKEN_FOR,
      // Short polls look at some of SQS's servers only, and may find nothing where there is something.
      WaitTimeSeconds: 2,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

const giveBack = (sqs: SQSClient, QueueUrl: string, { ReceiptHandle }: Message) =>
  sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));

/** Whoever took it wrote the reason beside it, because it does not parse. */
const isUnreadable = ({ MessageAttributes }: Message): boolean => MessageAttributes?.['reason'] !== undefined;
