import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Chain } from './chain.ts';
import type { Life } from './life.ts';
import { awsError, type Setting } from './setting.ts';
import type { Entry, SimQueue } from './sim-queue.ts';

type Command = { readonly input: unknown };
const MOST_ENTRIES = 10;
const LARGEST_REQUEST = 1024 * 1024;

/** The clients of SQS and EventBridge for one process: they answer as AWS does, and refuse what it refuses. */
export function clients(
  setting: Setting,
  { queues, bus }: { queues: ReadonlyMap<string, SimQueue>; bus: (fact: BusEntry) => void },
) {
  const { time, chance, faults, violated } = setting;
  const trip = () => chance.between(2, 15);

  const queueAt = (url: string | undefined): SimQueue => {
    const queue = queues.get(url ?? '');
    if (!queue) throw awsError('QueueDoesNotExist', url);
    return queue;
  };

  const sendBatch = ({ QueueUrl, Entries = [] }: SendMessageBatchCommand['input'], chain: Chain) => {
    const queue = queueAt(QueueUrl);
    const ids = new Set(Entries.map(({ Id }) => Id));
    const bytes = Entries.reduce((sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody), 0);
    if (Entries.length === 0 || Entries.length > MOST_ENTRIES || ids.size < Entries.length || bytes > LARGEST_REQUEST) {
      violated('SQS would refuse a SendMessageBatch', { entries: Entries.length, ids: ids.size, bytes });
    }
    const failed: { Id: string }[] = [];
    const taken: { Id: string }[] = [];
    const lost = faults.strikes('reply of a queue lost, SDK sends again');
    for (const entry of Entries) {
      const kept: Entry = {
        body: entry.MessageBody ?? '',
        delay: entry.DelaySeconds,
        group: entry.MessageGroupId,
        deduplication: entry.MessageDeduplicationId,
        chain,
      };
      const Id = entry.Id ?? '';
      if (faults.strikes('batch partly refused')) {
        // Whom SQS does not speak of it may have taken, or not.
        const answer = chance.pick(['refused', 'refused', 'taken untold', 'lost untold']);
        if (answer === 'refused') failed.push({ Id });
        if (answer === 'taken untold') queue.send(kept);
      } else {
        queue.send(kept);
        taken.push({ Id });
      }
      if (lost) queue.send(kept);
    }
    return { Successful: taken, Failed: failed };
  };

  const putEvents = ({ Entries = [] }: PutEventsCommand['input'], chain: Chain) => {
    if (Entries.length === 0 || Entries.length > MOST_ENTRIES) violated('EventBridge would refuse a PutEvents');
    return {
      Entries: Entries.map(({ DetailType = '', Detail = '', Source = '' }) => {
        if (faults.strikes('facts partly refused')) return chance.pick([{ ErrorCode: 'InternalFailure' }, {}]);
        bus({ name: DetailType, source: Source, detail: Detail, chain });
        return { EventId: 'taken' };
      }),
    };
  };

  const perform = (command: Command, chain: Chain): unknown => {
    if (command instanceof SendMessageBatchCommand) return sendBatch(command.input, chain);
    if (command instanceof PutEventsCommand) return putEvents(command.input, chain);
    if (command instanceof SendMessageCommand) {
      const { QueueUrl, MessageBody = '', MessageGroupId, MessageDeduplicationId, MessageAttributes } = command.input;
      const message = { body: MessageBody, group: MessageGroupId, deduplication: MessageDeduplicationId, chain };
      queueAt(QueueUrl).send({ ...message, reason: MessageAttributes?.reason?.StringValue });
      return {};
    }
    throw new Error('A command nobody simulates');
  };

  return (process: Life) => {
    const send = (command: Command): Promise<unknown> => {
      const { chain } = process;
      return process.request(command.constructor.name, ({ resolve, reject }) => {
        if (faults.strikes('sending to a queue fails'))
          return time.after(trip(), () => reject(awsError('ServiceUnavailable')));
        time.after(trip(), () => {
          try {
            const answer = perform(command, chain);
            time.after(trip(), () => resolve(answer));
          } catch (error) {
            reject(error);
          }
        });
      });
    };
    return { sqs: { send } as unknown as SQSClient, eventBridge: { send } as unknown as EventBridgeClient };
  };
}

/** A fact as it reaches the bus. */
export interface BusEntry {
  readonly name: string;
  readonly source: string;
  readonly detail: string;
  /** Of whoever put it. That AWS counts a chain beyond EventBridge is nowhere said; we are safe if it does. */
  readonly chain: Chain;
}
